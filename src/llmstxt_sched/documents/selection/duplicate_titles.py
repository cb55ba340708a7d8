"""Tells pages of one title apart, so that no two entries of an index are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import SECTION_SEPARATOR, Page
from llmstxt_sched.documents.selection.titles import title_from_segment
from llmstxt_sched.documents.text import TITLE_CHARS, one_line, title_line

# In characters: what is added to a title is no longer.
_MAX_MARK = 80

# A section of the index: its name and its pages, by their indexes.
_Group = tuple[str, list[int]]


def tell_apart(
    pages: Sequence[Page], titles: Sequence[str], notes: Sequence[str], groups: Sequence[_Group]
) -> list[str]:
    """`titles`, with an addition to those that two pages of one section have, or two pages with one note.

    The addition, in parentheses, is the innermost label of the page's place in the site's navigation, else the part of
    its path that differs, else a number.
    """
    section_of = {at: name for name, members in groups for at in members}
    in_section = Counter((titles[at], section_of[at]) for at in section_of)
    with_note = Counter((titles[at], notes[at]) for at in section_of)
    namesakes: dict[str, list[int]] = {}
    for at in sorted(section_of):
        if in_section[titles[at], section_of[at]] > 1 or with_note[titles[at], notes[at]] > 1:
            namesakes.setdefault(titles[at], []).append(at)
    told = list(titles)
    for title, members in namesakes.items():
        for at, mark in zip(members, _marks(pages, title, members), strict=True):
            told[at] = _marked(title, mark)
    return _numbered(told, notes, sorted(section_of))


def _marks(pages: Sequence[Page], title: str, members: list[int]) -> list[str]:
    kinds: tuple[Callable[[], list[str]], ...] = (
        lambda: [_label(pages[at], title) for at in members],
        lambda: _different_parts([pages[at].url for at in members]),
    )
    for kind in kinds:
        # An addition that repeats the title tells nothing.
        marks = ["" if _is_same(mark, title) else one_line(mark, _MAX_MARK) for mark in kind()]
        # One of the namesakes may do without an addition.
        if len(set(marks)) == len(members):
            return marks
    return [f"{number}" if number > 1 else "" for number in range(1, len(members) + 1)]


def _label(page: Page, title: str) -> str:
    """The innermost label of the page's place in the navigation that is not its title."""
    labels = [title_line(label) for label in page.extract.section.split(SECTION_SEPARATOR)]
    return next((label for label in reversed(labels) if label and not _is_same(label, title)), "")


def _is_same(mark: str, title: str) -> bool:
    return mark.casefold() == title.casefold()


def _different_parts(urls: list[str]) -> list[str]:
    """What is left of each path and query without the segments that all begin and end with."""
    parts = [list(_parts(url)) for url in urls]
    shortest = min(map(len, parts))
    first = next((at for at in range(shortest) if len({each[at] for each in parts}) > 1), shortest)
    rest = [each[first:] for each in parts]
    shortest = min(map(len, rest))
    last = next((at for at in range(shortest) if len({each[-1 - at] for each in rest}) > 1), shortest)
    return [" / ".join(each[: len(each) - last]) for each in rest]


def _parts(url: str) -> Iterator[str]:
    address = urlsplit(url)
    yield from (title_from_segment(segment) for segment in address.path.split("/") if segment)
    if address.query:
        yield address.query


def _marked(title: str, mark: str) -> str:
    mark = title_line(mark)
    return f"{one_line(title, TITLE_CHARS - len(mark) - 3)} ({mark})" if mark else title


def _numbered(titles: list[str], notes: Sequence[str], order: list[int]) -> list[str]:
    """`titles` with a number where a site has made even these alike."""
    seen: set[tuple[str, str]] = set()
    for at in order:
        title = next(
            each
            for number in count(1)
            if ((each := _marked(titles[at], f"{number}" if number > 1 else "")), notes[at]) not in seen
        )
        titles[at] = title
        seen.add((title, notes[at]))
    return titles
