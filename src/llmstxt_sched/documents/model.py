"""What a document is made of: what a page says of itself, and the index that is written from it."""

from __future__ import annotations

from msgspec import Struct

LLMS_TXT = "llms.txt"
LLMS_FULL_TXT = "llms-full.txt"
# What agents' fetch tools and validators take in one piece; characters, not bytes.
MAX_CHARS = 50_000
# Between the labels of `Extract.section`.
SECTION_SEPARATOR = " \u203a "


class Extract(Struct, frozen=True, omit_defaults=True):
    """What one HTML page says of itself; every text is one line, its white space folded.

    `title` is that of <title>, `h1` and `first_heading` those of the main content, `lead` its first real
    sentence.  `site_name` is og:site_name or JSON-LD's.  `section` is the label of the group of the site's
    own navigation that this page stands in, or its breadcrumb.
    """

    title: str = ""
    h1: str = ""
    first_heading: str = ""
    site_name: str = ""
    description: str = ""
    og_description: str = ""
    lead: str = ""
    section: str = ""


class Page(Struct, frozen=True):
    """One page of a site as the documents see it, in the crawl's order.

    `path` is where its Markdown copy is found below the project (ends in .md); `content_sha256` is the
    hash, in hex, of its normalised Markdown.
    """

    url: str
    path: str
    extract: Extract
    content_sha256: str


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
