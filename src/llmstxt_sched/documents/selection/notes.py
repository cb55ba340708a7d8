"""Chooses the note of each page: the line that tells an agent when to open it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.documents.text import note_line, one_line

_NOTE_CHARS = 200
# A text on more than this share of the pages is the site's, not the page's.
_MAX_SHARE = 0.1
# What generators and templates write where nobody wrote a description.
_FILLER = re.compile(
    r"description will go into a meta tag\b|api documentation for the rust\b|declaration: (?:package|module|class)\b|"
    r"(?:(?:package|module) index|deprecated elements|help|(?:class )?tree(?:: .*)?|(?:class )?use: .*)$|"
    r"(?:documentation|reference) for \S+?\.?(?::.*)?$|(?:a|my|your) (?:vite|vue)press (?:site|blog)\b|"
    r"just another wordpress\b|"
    r"web site created using create-react-app\b|kick off your next, great\b|write an awesome description\b|"
    r"(?:generated|created|built|powered) (?:by|with|using) \S+(?: \S+){0,2}\.?$|lorem ipsum\b|"
    r"(?:your|this is the) (?:site|page)(?:'s)? description\b|"
    r"(?:todo|tbd|none|null|undefined|n/a|description|untitled|module documentation)\W*$",
    re.IGNORECASE,
)
# A description that begins with the title because it is a sentence about it.
_GOES_ON = re.compile(r"\s+(?:is|are|was|were|has|can|does|lets|helps|makes|gives|adds|offers|allows|provides)\b")
# What stands between a title and what is said of it.
_AFTER_TITLE = re.compile(r"\s*(?:[:\u2013\u2014#|]|\s-)\s*(?=\S.{20})")
_NO_WORD = re.compile(r"[\W_]+")
# Of a description.
_MIN_WORDS = 3
# So many letters of the lead are enough to know it again.
_SAME_LETTERS = 24


def page_notes(pages: Sequence[Page], titles: Sequence[str]) -> list[str]:
    """A note for each page, at most 200 characters; '' where there is none.

    The page's descriptions come first, then its leads, then a description that only repeats what the page begins with,
    then what it lists.  A text that stands on more than a tenth of the pages is passed over, also if only the
    title differs in it; one that stands on others comes after one that does not.
    """
    counts: Counter[str] = Counter()
    for page, title in zip(pages, titles, strict=True):
        counts.update(
            {text for each in [*_texts(page.extract), page.extract.outline] for text in (each, _template(each, title))}
        )
    most = max(1, len(pages) * _MAX_SHARE)
    return [_note(page.extract, title, counts, most) for page, title in zip(pages, titles, strict=True)]


def summary(home: Extract, title: str) -> str:
    """What the site is, from its home page: its description, which may be that of every page, else its lead.

    Where there is neither, what a generator wrote is better than what the page lists, and that than nothing.
    """
    filler = "" if _says_too_little(home.description) else home.description
    return _cut(next(_candidates(home, title), filler or home.outline), title)


def _cut(text: str, title: str) -> str:
    """`text` as a note, without the title that it may begin with ("Client — sends requests")."""
    rest = text[len(title) :] if title and text.casefold().startswith(title.casefold()) else ""
    said = _AFTER_TITLE.match(rest)
    return note_line(one_line(rest[said.end() :] if said else text, _NOTE_CHARS))


def _texts(extract: Extract) -> list[str]:
    return [text for text in (extract.description, extract.og_description, *_leads(extract)) if text]


def _leads(extract: Extract) -> tuple[str, ...]:
    return extract.lead, *extract.more_leads


def _note(extract: Extract, title: str, counts: Counter[str], most: float) -> str:
    fit = []
    for text in (*_candidates(extract, title), extract.outline):
        is_written = text in (extract.description, extract.og_description)
        if counts[text] <= most and not (is_written and counts[_template(text, title)] > most):
            fit.append(text)
    own = next((text for text in fit if counts[text] == 1), "")
    return _cut(own or next(iter(fit), ""), title)


def _candidates(extract: Extract, title: str) -> Iterator[str]:
    """The texts that may be the note, the best first."""
    names = {_letters(name) for name in (title, extract.title, extract.h1, extract.site_name)}
    said = [text for text in _texts(extract) if note_line(text) and _letters(text) not in names]
    leads = _leads(extract)
    written = [text for text in said if text not in leads and not _FILLER.match(text)]
    repeated = [text for text in written if _says_too_little(text) or _repeats_page(text, title, extract.lead)]
    yield from (text for text in written if text not in repeated)
    yield from (text for text in said if text in leads)
    yield from repeated


def _says_too_little(text: str) -> bool:
    """Whether a description is no more than two words ("Command line"); other scripts do not tell by spaces."""
    return text.isascii() and len(text.split()) < _MIN_WORDS


def _repeats_page(text: str, title: str, lead: str) -> bool:
    """Whether a description is the beginning of the page itself, folded to one line."""
    lead_letters = _letters(lead)[:_SAME_LETTERS]
    rest = text[len(title) :] if text.casefold().startswith(title.casefold()) else ""
    if lead_letters and any(_letters(each).startswith(lead_letters) for each in (text, rest)):
        return True
    return bool(title) and bool(rest) and not rest[0].isalnum() and not _GOES_ON.match(rest)


def _template(text: str, title: str) -> str:
    """`text` with a gap for the page's title; itself if it does not hold it."""
    return text.replace(title, "\0") if title else text


# A page's texts are compared several times one after the other.
@lru_cache(maxsize=256)
def _letters(text: str) -> str:
    return _NO_WORD.sub("", text.casefold())
