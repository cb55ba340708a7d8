"""Takes from lists of posts what they say of each: it is the beginning of the post, and says nothing of the list.

A home page of a blog, its tags, its years and its authors all begin with the same posts, whose text would else be the
site's, for it stands on so many pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from msgspec.structs import replace

from llmstxt_sched.documents.model import LABEL_SEPARATOR, Extract, Page

# So many characters are enough to know a text that a list has cut short; fewer than the second number tell nothing.
_SAME_CHARS, _LEAST_CHARS = 36, 15
# A beginning that more pages share comes from the site's template, and no list quotes them for it.
_MAX_ALIKE = 20
_CUT = ("\u2026", "...")

# A list of posts quotes so many.
_LEAST_QUOTES = 3

# The titles of pages by what the pages begin with.
_Titles = dict[str, set[str]]


def without_quotes(pages: Sequence[Page], titles: Sequence[str], secondary: Set[int]) -> list[Page]:
    """`pages`, of which those that are `secondary`, given by their indexes, or begin as several others do, list the
    titles of those instead of saying what they begin with.
    """
    primary = [at for at in range(len(pages)) if at not in secondary]
    begun = _begun(pages, titles, primary)
    lists = {at for at in primary if _is_list(pages[at].extract, titles[at], begun)}
    posts = _begun(pages, titles, [at for at in primary if at not in lists])
    return [
        _without(page, title, posts) if at in lists or at in secondary else page
        for at, (page, title) in enumerate(zip(pages, titles, strict=True))
    ]


def _begun(pages: Sequence[Page], titles: Sequence[str], wanted: Iterable[int]) -> _Titles:
    begun: _Titles = {}
    for at in wanted:
        lead = pages[at].extract.lead
        for key in (lead, lead[:_SAME_CHARS]) if len(lead) >= _LEAST_CHARS else ():
            alike = begun.setdefault(key, set())
            if len(alike) < _MAX_ALIKE:
                alike.add(titles[at])
    return begun


def _is_list(extract: Extract, title: str, begun: _Titles) -> bool:
    """Whether a page begins with nothing of its own, but as several others do; an introduction begins as one."""
    said = list(dict.fromkeys(filter(None, (extract.lead, *extract.more_leads))))
    parts = [text for text in dict.fromkeys(extract.part_leads) if text not in said]
    quoted = len(said) + len(parts) - len(_own(parts, title, begun))
    return quoted >= _LEAST_QUOTES and not _own(said, title, begun)


def _without(page: Page, title: str, begun: _Titles) -> Page:
    said, parts = [page.extract.lead, *page.extract.more_leads], page.extract.part_leads
    own, own_parts = _own(said, title, begun), _own(parts, title, begun)
    alike = [begun.get(_key(text), set()) for text in (*said, *parts)]
    listed = dict.fromkeys(one for found in alike if len(found) < _MAX_ALIKE for one in sorted(found - {title}))
    extract = replace(
        page.extract,
        lead=next(iter(own), ""),
        more_leads=tuple(own[1:]),
        part_leads=tuple(own_parts),
        outline=page.extract.outline or LABEL_SEPARATOR.join(listed),
    )
    return replace(page, extract=extract)


def _own(texts: Iterable[str], title: str, begun: _Titles) -> list[str]:
    """Those of `texts` with which no page of another title begins."""
    return [text for text in texts if begun.get(_key(text), set()) <= {title}]


def _key(text: str) -> str:
    return text[:_SAME_CHARS] if text.rstrip("[]() ").endswith(_CUT) else text
