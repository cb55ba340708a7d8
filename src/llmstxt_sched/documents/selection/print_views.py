"""Finds the pages that show another page of the site, or all of them, for printing, for phones or to answer it.

The word alone, in an address, tells nothing: a chapter may be about printing.  What the two pages say has to be alike.
It is decided here, of all pages at once, because a crawl may meet the view before the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.documents.text import letters_of
from llmstxt_sched.domain.urls import SPELLINGS

# A part of a path or of a query: "/print/a", "/a-print.html", "?view=print", "?print=1", "?tmpl=component&print=1";
# also AMP's pages for phones ("/a/amp/", "?amp=1") and WordPress' for answers to a comment ("?replytocom=7") and for
# older comments ("/comment-page-1/", "?cpage=1"), and what Sphinx, DocBook and GNU's manuals call all of a manual on
# one page ("/singlehtml/", "/html-single/").
_PRINT = re.compile(
    r"(?<=[/?&=._-])(?:print(?:able|er)?(?:[-_]?(?:view|version|friendly|page|preview|format|all))?|amp|replytocom|"
    r"c(?:omment-)?page(?=[=-]\d)|single[-_]?(?:html|page)|html[-_]?(?:single|mono|onepage)|one[-_]?page|all[-_]?in[-_]?one|monolithic|nochunks)"
    r"(?=[/&=._-]|$)",
    re.IGNORECASE,
)
# Words in the name of a view beside the name of its page.
_IN_NAME = re.compile(r"\b(?:print(?:able|er)?|friendly|version|view|preview|amp)\b", re.IGNORECASE)
# A view's address may have a number in place of its page's name.
_NUMBERED = re.compile(r"\?(?:.*&)?\w+=\d+\b")
_NO_WORD = re.compile(r"[\W_]+")
# So many pages may begin alike; a text that more begin with is the site's.
_MAX_ALIKE = 20
# So many beginnings of a page are known.
_MOST_BEGINNINGS = 3
# So many beginnings say that two pages are one; a single sentence may be the site's.
_SURE = 2
# So many letters of a text are known of the parts of a page; fewer tell nothing.
_SAME_LETTERS, _LEAST_LETTERS = 40, 20


def views_for_printing(pages: Sequence[Page], start_url: str) -> set[str]:
    """The URLs of the pages that say what another one says, and whose addresses call them a view for printing."""
    views = [page for page in pages if page.url != start_url and is_for_printing(page.url)]
    if not views:
        return set()
    shown: dict[str, list[Page]] = {}
    for page in pages:
        if not is_for_printing(page.url):
            for text in {page.content_sha256, _address(page.url), *_beginnings(page.extract)[:1]}:
                shown.setdefault(text, []).append(page)
    of_one = {view.url for view in views if any(_shows(view, page) for page in _alike(view, shown))}
    return of_one | _whole_sites(views, pages)


def _whole_sites(views: Sequence[Page], pages: Sequence[Page]) -> set[str]:
    """The views that have two other pages as parts, with their names, and with beginnings that no other page has.

    Pages below a view do not count: a part of the site with such a name tells briefly what each of its pages is about.
    """
    parts = {view.url: set(view.extract.chapters) for view in views if view.extract.chapters}
    if not parts:
        return set()
    others = [page for page in pages if page.url not in parts]
    leads = Counter(letters_of(other.extract.lead)[:_SAME_LETTERS] for other in others)
    begin = [
        (other.url, {(letters_of(name), lead) for name in (other.extract.h1, other.extract.first_heading) if name})
        for other in others
        if len(lead := letters_of(other.extract.lead)[:_SAME_LETTERS]) >= _LEAST_LETTERS and leads[lead] == 1
    ]
    return {
        url
        for url, chapters in parts.items()
        if sum(not (other.startswith(_below(url)) or chapters.isdisjoint(names)) for other, names in begin) >= _SURE
    }


def _below(url: str) -> str:
    """What the addresses of pages below one begin with."""
    return f"{SPELLINGS.sub('', url)}/"


def is_for_printing(url: str) -> bool:
    """Whether an address may be that of a view for printing."""
    return _PRINT.search(url, url.find("/", len("https://"))) is not None


def _alike(view: Page, shown: dict[str, list[Page]]) -> Iterator[Page]:
    for text in (view.content_sha256, _address(view.url), *_beginnings(view.extract)):
        yield from shown.get(text, ())[:_MAX_ALIKE]


def _shows(view: Page, page: Page) -> bool:
    """Whether a view that says what a page begins with is one of it: it has its text, or its name and its address."""
    if view.content_sha256 == page.content_sha256:
        return True
    said = _said_by_both(view.extract, page.extract)
    if not said:
        return False
    names, own = _names(page.extract), _names(view.extract) | {_name(view.extract.first_heading)} - {""}
    is_named_alike = not names.isdisjoint(own)
    if _address(view.url) == _address(page.url):
        return is_named_alike or said >= _SURE or not (names and own)
    # Many pages of a site may have one name: then the page's own has to be in the view's address.
    last = _words(page.url.rstrip("/").rpartition("/")[2])
    is_in_address = 0 < len(last) == len(last & _words(_PRINT.sub("", view.url)))
    return is_named_alike and (is_in_address or (said >= _SURE and _NUMBERED.search(view.url) is not None))


def _said_by_both(view: Extract, page: Extract) -> int:
    """How many of a page's beginnings a view has, 0 if not all.

    One is not enough where the view's heading names printing.
    """
    of_view, of_page = _beginnings(view), _beginnings(page)
    is_about_it = _IN_NAME.search(view.h1) is not None and not _IN_NAME.search(page.h1)
    # It may say where it was printed, above all if its heading says so as well.
    is_shifted = of_view[1:] == of_page[: _MOST_BEGINNINGS - 1] or not is_about_it
    least = min(len(of_view), len(of_page)) - (len(of_view) == _MOST_BEGINNINGS and is_shifted)
    said = len(set(of_view) & set(of_page))
    return said if said >= max(least, _SURE if is_about_it else 1) else 0


def _names(extract: Extract) -> set[str]:
    """What a page is called: by its heading, else by its title, which may be the site's."""
    return {_name(extract.h1 or extract.title)} - {""}


def _name(text: str) -> str:
    return letters_of(_IN_NAME.sub("", text))


def _words(address: str) -> set[str]:
    return {word for word in _NO_WORD.split(address.casefold().removesuffix(".html")) if word}


def _beginnings(extract: Extract) -> list[str]:
    """What a page begins with; before it, a view may say where and when it was printed."""
    return [text for text in (extract.lead, *extract.more_leads) if text] or list(filter(None, [extract.outline]))


def _address(url: str) -> str:
    """An address without the word and without what it is joined by."""
    return letters_of(_PRINT.sub("", url.removesuffix(".html")))
