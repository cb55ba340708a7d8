"""Finds the name of a site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.home_words import WORDS_OF_WHOLE
from llmstxt_sched.documents.selection.titles import Affix, parts_of_title
from llmstxt_sched.documents.text import title_line

# What generators and their templates call a site that has not been given a name.
_FILLERS = frozenset(
    [
        "gitbook",
        "honkit",
        "vitepress",
        "hexo",
        "my new hugo site",
        "your awesome title",
        "react app",
        "rust",
        "documentation by yard",
    ]
)
# Parts of a home page's title that are no name.
_NO_NAMES = WORDS_OF_WHOLE | {"welcome", "overview", "introduction"}
# Docutils calls a document without a title as its file, odoc each by its file and, in brackets, its package.
_FILE = re.compile(r"[\w.-]+\.(?:rst|txt|md|html?)|index(?: \((?:[\w.-]+\.)?index\))?", re.IGNORECASE)
# Sphinx begins each new site with "Welcome to Mill's documentation!".
_GREETING = re.compile(r"^welcome to (?:the )?(\w.*?)!?$", re.IGNORECASE)
# The version in a name, which each release would change; "Python 3" and "Mill 2.x" keep theirs.
_VERSION = re.compile(
    r"(?<=\S)(?:(?:\s*[,:\u2013\u2014-])?\s+\(?|-)(?:(?:version|release|ver\.)\s+)?v?(?:20\d\d[01]\d[0-3]\d|\d+\.\d\w*)(?:\.(?:\d\w*|x|dev\d*|post\d*))*"
    r"(?:[-+~][\w.+~-]+)?\)?(?:\s+(?:lts|\((?:stable|latest|lts)\)))?(?=[,:;]?(?:\s|$))|"
    r"(?<=\S)\s+(?:latest|stable)(?=\s+documentation$)",
    re.IGNORECASE,
)
_BRANCH = re.compile(r"\s+(?:main|master|dev|develop|nightly)(?:[-+.][\w.+-]*)?$", re.IGNORECASE)
# What stood between the name and a version, or the rest of a title.
_AROUND_NAME = " -\u2013\u2014|:,"
# Standards, whose names have a version that no release changes, and words that name nothing without a version.
_STANDARD = re.compile(
    r"\b(?:json-rpc|json feed|semver|sparql|rdf|owl|ieee|iso|rfc|licen[cs]e|specification|oauth|"
    r"openid connect|openapi|swagger|web|http|tls|ssl|css|html|xml|xpath|xslt|soap|usb|wcag|aria|open[gc]l|"
    r"vulkan|bluetooth|schema|uml|cc by(?:-\w\w)*)$",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"(?:\W|\b(?:the|version|release|documentation|docs|manual|api|reference|guide|home)\b)*", re.IGNORECASE
)


def site_name(pages: Sequence[Page], affix: Affix, home: int | None, titles: Sequence[str]) -> str:
    """The name that half of the pages give the site, or its home page alone does, as search engines ask for."""
    named = Counter(_without_version(name) for page in pages if (name := _given(page.extract.site_name, page.url)))
    if named:
        name, count = named.most_common(1)[0]
        if count * 2 >= len(pages):
            return title_line(name)
    shared = _given(affix.name, pages[0].url) if pages else ""
    if home is None:
        return title_line(_without_version(shared))
    page = pages[home]
    own = _given(page.extract.site_name, page.url)
    beside = _beside_generator(page, affix) if affix.name else _beside_slogan(page)
    greeted = titles[home] if _is_name(titles[home], pages, home) else _GREETING.sub(r"\1", titles[home])
    of_home = page.extract.title if _goes_on(affix, page.extract.title) else ""
    # Titles may begin with the way from the home page, as in "Home > Gears".
    shared = "" if affix.prefix and shared.casefold() in _NO_NAMES else shared
    greeted = "" if _FILE.fullmatch(greeted) else greeted
    # Most pages of a site of Maven are Javadoc's, which end with "(Mill API)"; the home page is "Home | Mill".
    of_home = of_home or affix.site
    # Crystal's pages are of a branch where they are of no release.
    of_release = _BRANCH.sub("", shared)
    shared = of_release if of_release.casefold() == titles[home].casefold() else shared
    names = [title_line(_without_version(each)).strip(_AROUND_NAME) for each in (own, of_home, shared, beside, greeted)]
    return next(filter(None, names), "")


def _is_name(greeting: str, pages: Sequence[Page], home: int) -> bool:
    """Whether a greeting ("Welcome to the Jungle") is what the site is called.

    Its host is named so, or the words stand in a sentence about it or, as a name does, after a preposition in a
    page's title.
    """
    if not _GREETING.fullmatch(greeting):
        return False
    page, words = pages[home], greeting.casefold().rstrip("!")
    within = re.compile(rf"\b(?:about|at|by|for|from|in|of|on|with) {re.escape(words)}\b", re.IGNORECASE)
    return (
        "".join(filter(str.isalnum, words)) in urlsplit(page.url).netloc.replace("-", "")
        or any(text.casefold().startswith(f"{words} is ") for text in (page.extract.description, page.extract.lead))
        or any(within.search(title) for each in pages for title in (each.extract.title, each.extract.h1))
    )


def _goes_on(affix: Affix, title: str) -> bool:
    """Whether the shared text is the name of a part of the site, with the home page's <title> after it."""
    is_end = affix.name.endswith(title) and not _names_nothing(title)
    return is_end and any(len(tail) > len(title) and tail.endswith(title) for tail in affix.tails)


def _names_nothing(title: str) -> bool:
    """Whether a part of a <title> says what any home page is, or nothing."""
    return title.casefold() in _NO_NAMES or _SAYS_NOTHING.fullmatch(title) is not None


def _without_version(name: str) -> str:
    """`name` without the version of a release ("Foo 3.2.1 documentation"); itself if nothing else is said in it."""
    rest = _VERSION.sub(lambda found: found[0] if _STANDARD.search(name[: found.start()]) else _end(found[0]), name)
    return name if _SAYS_NOTHING.fullmatch(rest.strip()) else rest.strip()


def _end(version: str) -> str:
    """The end of brackets in which something else stands before a version ("for Mill 1.2")."""
    return ")" if version.endswith(")") and "(" not in version else ""


def _given(name: str, url: str) -> str:
    """`name`, unless it is that of the generator, which has a site of its own as well."""
    is_filler = (
        _without_version(name).casefold() in _FILLERS and name.casefold().replace(" ", "") not in urlsplit(url).netloc
    )
    return "" if is_filler else name


def _beside_generator(page: Page, affix: Affix) -> str:
    """What stands before a generator's name in the home page's <title>, if its heading ("Crate mill") says it too."""
    title = affix.cut(page.extract.title)
    return title if title.casefold() in page.extract.h1.casefold() else ""


def _beside_slogan(page: Page) -> str:
    """The name in the <title> of a home page whose heading is a slogan that the <title> does not have; else ''."""
    title, heading = page.extract.title.casefold(), page.extract.h1.casefold()
    if not heading or heading in title or title in heading or _FILE.fullmatch(title):
        return ""
    parts = [part for part in parts_of_title(page.extract.title) if part and part.casefold() not in _NO_NAMES]
    # A name is shorter than what is said of it.
    return _given(min(parts, key=len, default=""), page.url)
