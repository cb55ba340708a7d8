"""The data that documents are made of: what a page says about itself, and the index built from it."""

from __future__ import annotations

from msgspec import Struct

LLMS_TXT = "llms.txt"
LLMS_FULL_TXT = "llms-full.txt"
# The section that an agent can skip (llms.txt proposal, "Format").
OPTIONAL = "Optional"
# In characters, not bytes: what the fetch tools of agents and validators accept in one piece.
MAX_CHARS = 50_000
# The paragraph of an index that this service writes, by which it knows one of its own; `host` is the site's.
OWN_DETAILS = "Every link leads to a page of {host}; the line beside it says what the page holds."
# Separates the labels in `Extract.section`.
SECTION_SEPARATOR = " \u203a "
# Between the labels of the items that a page lists, where they stand in one line.
LABEL_SEPARATOR = " \u00b7 "
# Pages that are listed as what a site consists of: the URL of each, and the labels of its place (`Extract.section`).
Contents = tuple[tuple[str, str], ...]

# The letters of a page's headings, and those that the text below each begins with.
Chapters = tuple[tuple[str, str], ...]

# A page in other languages: the BCP 47 tag and the URL of each.
Translations = tuple[tuple[str, str], ...]


class Extract(Struct, frozen=True, omit_defaults=True):
    """What one page says about itself; each text is one line, with runs of white space collapsed to one space.

    `title` is that of <title>; `h1` and `first_heading` are those of the main content, `second_heading` is the one
    after the first, which may be the site's name.  `lead` is the content's first sentence of prose, and
    `more_leads` are those that its next texts begin with, `part_leads` those of its parts and lists;
    `outline` is what a page without prose lists.
    `site_name` is that of og:site_name or of JSON-LD.  `section` holds the labels of the page's place in the site's
    own navigation, or its breadcrumbs; `rank` grows from page to page of that navigation, and is 0 if unknown.
    `contents` are the pages that this one lists as the site's contents, `chapters` are its parts if its address says
    that it is for printing.
    `is_list`: its address has a number, and it consists of links to other pages and of what those say, or of pictures.
    `is_secondary`: the site's software says that it lists the posts of a category, a tag, an author or a date,
    or is none of a wiki's articles; or it says itself that it has moved, and no more, or is links without a title.
    """

    title: str = ""
    h1: str = ""
    first_heading: str = ""
    second_heading: str = ""
    site_name: str = ""
    description: str = ""
    og_description: str = ""
    lead: str = ""
    more_leads: tuple[str, ...] = ()
    part_leads: tuple[str, ...] = ()
    outline: str = ""
    section: str = ""
    contents: Contents = ()
    chapters: Chapters = ()
    is_list: bool = False
    is_secondary: bool = False
    rank: int = 0


class Page(Struct, frozen=True):
    """One page of a site, as input for the documents.

    `path` is the path of its Markdown copy below the project's address (ends in .md); `content_sha256` is the hash,
    in hex, of its normalised Markdown.  `language` is its BCP 47 tag or ''.
    """

    url: str
    path: str
    extract: Extract
    content_sha256: str
    language: str = ""
    translations: Translations = ()


class Entry(Struct, frozen=True):
    """One link of llms.txt: `- [title](url): note`."""

    url: str
    title: str
    note: str = ""


class Section(Struct, frozen=True):
    """One `##` section and its links."""

    name: str
    entries: tuple[Entry, ...]


class Index(Struct, frozen=True):
    """An llms.txt as data.  `details` are the plain paragraphs between the summary and the sections."""

    name: str
    summary: str = ""
    details: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
