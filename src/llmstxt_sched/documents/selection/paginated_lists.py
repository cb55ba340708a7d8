"""Finds the further pages of lists (`?page=3`, `/page-4.html`, `/blog/2/`): their entries are pages of their own.

A number alone tells nothing, for it may choose a chapter or a part of an article, and one in a title may be a part of a
name ("HTTP/2").  The pages of a list have one title, that of the list, or say which page they are, and consist of links
to their entries, or have no prose of their own: what they begin with is said by the pages that they list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.documents.text import letters_of

_IN_QUERY = re.compile(
    r"(?:page|paged|pg|p|offset|start|skip|from|limitstart|pagen_\d+|[cw]page|page[-_]?(?:no|nr|num|number|index))=\d+",
    re.IGNORECASE,
)
_IN_PATH = re.compile(
    r"(?:/(?:index[-_]?|p(?:age)?[-_/]?)?|[-_]page[-_]?)(\d{1,4})(?:/|\.html?|/index\.html?)?$", re.IGNORECASE
)
_WITHOUT_WORD = re.compile(r"/(?:index[-_]?)?\d", re.IGNORECASE)
_INDEX = re.compile(r"(?:/index)?(?:\.html?|\.php)?$|/$", re.IGNORECASE)
# The part of a title that says which page of the list it is.
_WORD = r"page|seite|página|pagina|strona|stránka|sida|side|oldal|sayfa|страница|стр\.?|trang|ページ|페이지"
_WHICH = re.compile(
    rf"(?:\b(?:{_WORD})\W*\d+(?:\s*(?:of|von|de|sur|di|из|/)\s*\d+)?|\d+\s*(?:ページ目?|페이지)|第\s*\d+\s*(?:页|頁|ページ))",
    re.IGNORECASE,
)
# "Showing 21 to 40 of 99" says what the first page says.
_NO_WORD = re.compile(r"[\W\d_]+")
_IN_BRACKETS = re.compile(r"\(\d{1,4}\)")
# A title on more than this share of the pages is the site's.
_MAX_SHARE = 0.5
# A list whose pages are numbered up to so many times their number has gaps.
_TIMES_COUNTED = 3
# So many letters are enough to know a text, since a text about a page may be cut.
_SAME_LETTERS = 40


class _Further(Struct, frozen=True):
    """What the address of a further page says: that of its list, and its number if that stands there without a word."""

    above: str
    bare_number: int | None = None


def further_pages(pages: Sequence[Page], titles: Sequence[str]) -> set[int]:
    """The indexes of the pages that continue a list: they have its title, or say which page of it they are."""
    found = _named_alike(pages, titles)
    if not found:
        return set()
    folders = sorted(_folder(page.url) for page in pages)
    firsts = {further.above for further in found.values()}
    of_firsts, of_entries = set[str](), set[str]()
    for at, page in enumerate(pages):
        if at not in found:
            said = of_firsts if _address(page.url) in firsts else of_entries
            said.update(map(_letters, (*_texts(page.extract), page.extract.description)))
    lists, left = set[int](), dict[int, _Further]()
    alike = _said_alike(pages, found)
    for at, further in found.items():
        if further.bare_number is not None and _holds_one(_folder(pages[at].url), folders):
            continue
        texts = set(map(_letters, _texts(pages[at].extract)))
        if pages[at].extract.is_list or at in alike:
            lists.add(at)
        elif texts <= of_firsts | of_entries and not texts.isdisjoint(of_entries):
            left[at] = further
    return {at for at in lists if _may_count(at, found)} | _counted_on(left)


def _said_alike(pages: Sequence[Page], found: dict[int, _Further]) -> set[int]:
    """Those of the further pages of one list that are all the same: they say that there is no such page of it."""
    alike: dict[tuple[str, str], list[int]] = {}
    for at, further in found.items():
        alike.setdefault((further.above, pages[at].content_sha256), []).append(at)
    return {at for members in alike.values() if len(members) > 1 for at in members}


def _may_count(at: int, found: dict[int, _Further]) -> bool:
    """Whether a bare number is no code, such as 404, but counts the pages of a list, some of which may be missing."""
    number, above = found[at].bare_number, found[at].above
    return number is None or number <= _TIMES_COUNTED * (1 + sum(each.above == above for each in found.values()))


def _named_alike(pages: Sequence[Page], titles: Sequence[str]) -> dict[int, _Further]:
    """The pages that have the title of the list whose address they continue, or the title of another such page."""
    most = max(1, len(pages) * _MAX_SHARE)
    often = {title for title, count in Counter(titles).items() if count > most}
    lists = {(_address(page.url), _name(title)) for page, title in zip(pages, titles, strict=True)}
    found: dict[int, _Further] = {}
    counted: dict[tuple[str, str], dict[int, _Further]] = {}
    for at, (page, title) in enumerate(zip(pages, titles, strict=True)):
        further = _further(page.url) if title not in often else None
        if further is None:
            continue
        names = {_name(title), _name(_IN_BRACKETS.sub("", title))} - {""}
        if not lists.isdisjoint((further.above, name) for name in names):
            found[at] = further
        elif names and _WHICH.search(title):
            counted.setdefault((further.above, _name(title)), {})[at] = further
    for members in counted.values():
        found.update(members if len(members) > 1 else {})
    return found


def _counted_on(found: dict[int, _Further]) -> set[int]:
    """`found` without bare numbers that do not count on from 2, the second page: chapters, codes of errors."""
    numbers: dict[str, set[int]] = {}
    for further in found.values():
        if further.bare_number is not None:
            numbers.setdefault(further.above, set()).add(further.bare_number)
    in_order = {above for above, counted in numbers.items() if counted == set(range(2, len(counted) + 2))}
    return {at for at, further in found.items() if further.bare_number is None or further.above in in_order}


def _name(title: str) -> str:
    return letters_of(_WHICH.sub("", title))


def _texts(extract: Extract) -> Iterator[str]:
    yield from filter(None, (extract.lead, *extract.more_leads, *extract.part_leads))


def _letters(text: str) -> str:
    return _NO_WORD.sub("", text.casefold())[:_SAME_LETTERS]


def _further(url: str) -> _Further | None:
    """The list of which `url` may be a further page, by its address; None if it is none."""
    address = urlsplit(url)
    pairs = address.query.split("&") if address.query else []
    kept = [pair for pair in pairs if not _IN_QUERY.fullmatch(pair)]
    if len(kept) < len(pairs):
        return _Further(_address(address._replace(query="&".join(kept)).geturl()))
    number = _IN_PATH.search(address.path)
    if number is None:
        return None
    above = _address(address._replace(path=address.path[: number.start()]).geturl())
    return _Further(above, int(number[1]) if _WITHOUT_WORD.match(number[0]) else None)


def _holds_one(folder: str, folders: Sequence[str]) -> bool:
    """Whether one of some folders, in order, lies in another."""
    first = bisect_left(folders, f"{folder}/")
    return first < len(folders) and folders[first].startswith(f"{folder}/")


def _folder(url: str) -> str:
    address = urlsplit(url)
    return f"{address.netloc}{_INDEX.sub('', address.path, count=1)}"


def _address(url: str) -> str:
    """`url` in one of the spellings that a folder's index page has."""
    address = urlsplit(url)
    path = _INDEX.sub("", address.path, count=1)
    return f"{address.netloc}{path}?{address.query}".lower()
