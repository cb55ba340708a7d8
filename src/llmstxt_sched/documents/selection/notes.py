"""Chooses the note of each page: the line that tells an agent when to open it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.documents.selection.placeholder_descriptions import is_filler, says_too_little
from llmstxt_sched.documents.text import letters_of, note_line, one_line

_NOTE_CHARS = 200
# A text on more than this share of the pages is the site's, not the page's.
_MAX_SHARE = 0.1
# So many pages may begin alike if they are no more than half of the site, as a class's and the one that lists it.
_FEW = 3
# What generators write where there is no description.
_UNSAID = re.compile(r"(?:no description(?: available| provided)?|(?:not yet |un)documented)\W*", re.IGNORECASE)
# Texts of samples and scripts that were left in, also in the page itself.
_SAMPLE = re.compile(
    r"5 minutes to learn the most important docusaurus concepts\b|eureka is an? elegant and powerful theme for hugo\b|"
    r"no (?:description|documentation|summary)(?: (?:is|was))? (?:available|provided|given|found|set|yet)\W*$|"
    r"scroll down for (?:code samples|example (?:requests|headers|responses))\b|"
    r"failed to get your location\b|please (?:activate|enable) javascript\b|"
    r"(?:please )?(?:choose|select|pick) (?:a|your|the|one of the)(?: preferred)? "
    r"(?:languages?|versions?|region|country)"
    r"(?:\s?[:/|\u00b7\u2013\u2014-].{0,30}|"
    r" (?:below|here|first|from the list|(?:and|or) \w+|to (?:continue|proceed|start)))?\W*$|"
    r"(?:bitte )?wählen sie (?:eine|ihre|die) sprache\b.{0,30}$|choisissez (?:une|votre|la) langue\b.{0,30}$",
    re.IGNORECASE,
)
# A description that begins with the title because it is a sentence about it.
_GOES_ON = re.compile(r"\s+(?:is|are|was|were|has|can|does|lets|helps|makes|gives|adds|offers|allows|provides)\b")
# Between a title and what is said of it.
_AFTER_TITLE = re.compile(
    r"\s*(?:[:\u2013\u2014#|\uff1a\uff5c]|\s-)\s*(?=\S.{20}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af].{10})"
)
# A small letter after a heading may begin an ending ("Custom elements"), but none of a word with such a sign in it.
_CODE = re.compile(r"\w+[.(=_:]\w")
_ADDRESS = re.compile(r"\W*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
# So many letters of the lead are enough to know it again.
_SAME_LETTERS = 24
# A page's texts are compared several times one after the other.
_letters_of = lru_cache(maxsize=256)(letters_of)


class _Standing(NamedTuple):
    """On how many pages each text stands, and on how many, in all and of one title, it is said of more than a part.

    One of more than `most` pages is the site's; so many as `few` may begin alike.
    """

    on: Counter[str]
    of: Counter[str]
    of_title: Counter[tuple[str, str]]
    most: float
    few: int


def page_notes(pages: Sequence[Page], titles: Sequence[str]) -> list[str]:
    """A note for each page, at most 200 characters; '' where there is none.

    The page's descriptions come first, then its leads, then those of its parts, then a description that only repeats
    what the page begins with, then what it lists.  A text that stands on more than a tenth of the pages is passed over,
    also if only the title differs in it.  One that is said of other pages as well comes after one that is not, but that
    of a few pages before what is said of a part.
    """
    on, of, of_title = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for page, title in zip(pages, titles, strict=True):
        texts = {*_texts(page.extract), *page.extract.part_leads, page.extract.outline}
        on.update({text for each in texts for text in (each, _template(each, title))})
        of.update(set(_texts(page.extract)))
        of_title.update({(title, text) for text in _texts(page.extract)})
    standing = _Standing(on, of, of_title, max(1, len(pages) * _MAX_SHARE), max(1, min(_FEW, len(pages) // 2)))
    return [_note(page.extract, title, standing) for page, title in zip(pages, titles, strict=True)]


def summary(home: Extract, title: str) -> str:
    """What the site is, from its home page: its description, which may be that of every page, else its lead.

    Where there is neither, what a generator wrote is better than what the page lists, and that than nothing.
    """
    filler = "" if says_too_little(home.description) or _ADDRESS.fullmatch(home.description) else home.description
    said, others = _candidates(home, title)
    return _cut(next(iter([*said, *others]), filler or home.outline), title)


def _cut(text: str, title: str) -> str:
    """`text` as a note, without the title that it may begin with ("Client — sends requests")."""
    rest = text[len(title) :] if title and text.casefold().startswith(title.casefold()) else ""
    said = _AFTER_TITLE.match(rest)
    return note_line(one_line(rest[said.end() :] if said else text, _NOTE_CHARS))


def _texts(extract: Extract) -> list[str]:
    return [text for text in (extract.description, extract.og_description, *_leads(extract)) if text]


def _leads(extract: Extract) -> tuple[str, ...]:
    return extract.lead, *extract.more_leads


def _note(extract: Extract, title: str, standing: _Standing) -> str:
    said, others = _candidates(extract, title)
    said = [text for text in said if _is_of_page(text, extract, title, standing)]
    others = [text for text in (*others, extract.outline) if _is_of_page(text, extract, title, standing)]
    own = [text for text in said if standing.of[text] == 1]
    of_few = [text for text in said if standing.of[text] <= standing.few and standing.of_title[title, text] == 1]
    own_others = [text for text in others if standing.on[text] == 1]
    return _cut(next(iter([*own, *of_few, *own_others, *said, *others]), ""), title)


def _is_of_page(text: str, extract: Extract, title: str, standing: _Standing) -> bool:
    """Whether a text is no more the site's than the page's."""
    if text in _leads(extract):
        return standing.on[text] <= max(standing.most, standing.few)
    is_written = text in (extract.description, extract.og_description)
    return max(standing.on[text], standing.on[_template(text, title)] if is_written else 0) <= standing.most


def _candidates(extract: Extract, title: str) -> tuple[list[str], list[str]]:
    """The texts that may be the note, the best first, and those that come after them."""
    names = {_letters_of(name) for name in (title, extract.title, extract.h1, extract.site_name)}
    said = [text for text in _texts(extract) if _says_more(text, names) and not _is_run_together(text, extract)]
    leads = _leads(extract)
    written = [text for text in said if text not in leads and _is_written(text)]
    repeated = [text for text in written if says_too_little(text) or _repeats_page(text, title, extract.lead)]
    of_page = [text for text in written if text not in repeated] + [text for text in said if text in leads]
    return of_page, [*(text for text in extract.part_leads if _says_more(text, names)), *repeated]


def _says_more(text: str, names: Collection[str]) -> bool:
    is_said = not (_SAMPLE.match(text) or _UNSAID.fullmatch(text))
    return bool(note_line(text)) and _letters_of(text) not in names and is_said


def _is_written(text: str) -> bool:
    """Whether somebody wrote a text to describe the page; an address alone describes none."""
    return not (is_filler(text) or _ADDRESS.fullmatch(text))


def _is_run_together(text: str, extract: Extract) -> bool:
    """Whether a description is a page without its tags, in which a heading runs on into what stands below it."""
    heading = extract.first_heading
    if text not in (extract.description, extract.og_description) or " " not in heading:
        return False
    at = text.find(heading)
    after = text[at + len(heading) :] if at >= 0 else ""
    return after[:1].isupper() or after[:1].isdecimal() or _CODE.match(after) is not None


def _repeats_page(text: str, title: str, lead: str) -> bool:
    """Whether a description is the beginning of the page itself, folded to one line."""
    lead_letters = _letters_of(lead)[:_SAME_LETTERS]
    rest = text[len(title) :] if text.casefold().startswith(title.casefold()) else ""
    if lead_letters and any(_letters_of(each).startswith(lead_letters) for each in (text, rest)):
        return True
    return bool(title) and bool(rest) and not rest[0].isalnum() and not _GOES_ON.match(rest)


def _template(text: str, title: str) -> str:
    """`text` with a gap for the page's title; itself if it does not hold it."""
    return text.replace(title, "\0") if title else text
