"""Builds a site's index from its pages: names, titles, notes and sections.  The same pages lead to the same index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import Entry, Index, Page, Section
from llmstxt_sched.documents.sections import group
from llmstxt_sched.documents.text import note_line, one_line, safe_url, title_line
from llmstxt_sched.documents.titles import Affix, page_titles

_NOTE_CHARS = 200
_INDEX_FILE = re.compile(r"(?:index|default)\.\w{2,5}$", re.IGNORECASE)


def select(pages: Sequence[Page], start_url: str) -> Index:
    """Build the index of `pages`, which are in crawl order, for the site that begins at `start_url`."""
    affix = Affix([page.extract.title for page in pages])
    titles = page_titles(pages, affix)
    notes = _notes(pages, titles)
    home = _home(pages, start_url)
    host = urlsplit(start_url).netloc
    return Index(
        name=_site_name(pages, affix, titles[home] if home is not None else "") or host,
        summary=notes[home] if home is not None else "",
        details=(f"Every link leads to a page of {host}; the line beside it says what the page holds.",),
        sections=tuple(
            Section(name, tuple(Entry(safe_url(pages[at].url), titles[at], notes[at]) for at in positions))
            for name, positions in group(pages, titles, start_url)
        ),
    )


def _home(pages: Sequence[Page], start_url: str) -> int | None:
    wanted = _INDEX_FILE.sub("", start_url)
    for at, page in enumerate(pages):
        if page.url == start_url or _INDEX_FILE.sub("", page.url) == wanted:
            return at
    return 0 if pages else None


def _site_name(pages: Sequence[Page], affix: Affix, home_title: str) -> str:
    named = Counter(page.extract.site_name for page in pages if page.extract.site_name)
    if named:
        name, count = named.most_common(1)[0]
        if count * 2 >= len(pages):
            return title_line(name)
    return title_line(affix.name) or title_line(home_title)


def _notes(pages: Sequence[Page], titles: Sequence[str]) -> list[str]:
    """A note for each page: the first of its descriptions that is not shared by more than a tenth of the pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update(set(_texts(page)))
    max_uses = max(1, len(pages) / 10)
    return [_note(page, title, counts, max_uses) for page, title in zip(pages, titles, strict=True)]


def _texts(page: Page) -> list[str]:
    extract = page.extract
    return [text for text in (extract.description, extract.og_description, extract.lead) if text]


def _note(page: Page, title: str, counts: Counter[str], max_uses: float) -> str:
    for text in _texts(page):
        note = note_line(one_line(text, _NOTE_CHARS))
        if note and counts[text] <= max_uses and note.casefold() != title.casefold():
            return note
    return ""
