"""Finds the further pages of lists (`?page=3`, `/page-4.html`, `/blog/2/`): their entries are pages of their own.

A number alone tells nothing, for it may choose a chapter, and one in a title may be a part of a name ("HTTP/2").  The
pages of a list have one title, that of the list, or say which page they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import Page

_IN_QUERY = re.compile(
    r"(?:page|paged|pg|p|offset|start|skip|from|limitstart|pagen_\d+|[cw]page|page[-_]?(?:no|nr|num|number|index))=\d+",
    re.IGNORECASE,
)
_IN_PATH = re.compile(
    r"(?:/(?:index[-_]?|p(?:age)?[-_/]?)?|[-_]page[-_]?)\d{1,4}(?:/|\.html?|/index\.html?)?$", re.IGNORECASE
)
_INDEX = re.compile(r"(?:/index)?(?:\.html?|\.php)?$|/$", re.IGNORECASE)
# What a title says of which page of the list it is.
_WORD = r"page|seite|página|pagina|strona|stránka|sida|side|oldal|sayfa|страница|стр\.?|trang|ページ|페이지"
_WHICH = re.compile(
    rf"(?:\b(?:{_WORD})\W*\d+(?:\s*(?:of|von|de|sur|di|из|/)\s*\d+)?|\d+\s*(?:ページ目?|페이지)|第\s*\d+\s*(?:页|頁|ページ))",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"\(\d{1,4}\)")
# A title on more than this share of the pages is the site's.
_MAX_SHARE = 0.5


def further_pages(pages: Sequence[Page], titles: Sequence[str]) -> set[int]:
    """The indexes of the pages that go on with a list: they have its title, or say which page of it they are."""
    most = max(1, len(pages) * _MAX_SHARE)
    often = {title for title, count in Counter(titles).items() if count > most}
    lists = {(_address(page.url), _name(title)) for page, title in zip(pages, titles, strict=True)}
    found: set[int] = set()
    counted: dict[tuple[str, str], list[int]] = {}
    for at, (page, title) in enumerate(zip(pages, titles, strict=True)):
        above = _list_of(page.url) if title not in often else None
        if above is None:
            continue
        if not lists.isdisjoint((above, name) for name in (_name(title), _name(_IN_BRACKETS.sub("", title))) if name):
            found.add(at)
        elif _WHICH.search(title):
            counted.setdefault((above, _name(title)), []).append(at)
    return found | {at for members in counted.values() if len(members) > 1 for at in members}


def _name(title: str) -> str:
    return _NO_LETTER.sub("", _WHICH.sub("", title.casefold()))


def _list_of(url: str) -> str | None:
    """The address of the list of which `url` may be a further page."""
    address = urlsplit(url)
    pairs = address.query.split("&") if address.query else []
    kept = [pair for pair in pairs if not _IN_QUERY.fullmatch(pair)]
    if len(kept) < len(pairs):
        return _address(address._replace(query="&".join(kept)).geturl())
    number = _IN_PATH.search(address.path)
    return _address(address._replace(path=address.path[: number.start()]).geturl()) if number else None


def _address(url: str) -> str:
    """`url` in one of the spellings that a folder's index page has."""
    address = urlsplit(url)
    path = _INDEX.sub("", address.path, count=1)
    return f"{address.netloc}{path}?{address.query}".lower()
