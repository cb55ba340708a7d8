"""Chooses the language of a start page that says none."""

from __future__ import annotations

from collections.abc import Mapping

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.editions.language_words import is_in, text_of

# The value of hreflang for a page for readers of any language.
ANY = "x-default"
# The code of ISO 639 for a language that is not known.
UNDETERMINED = "und"
_ENGLISH = "en"


def behind_choice(choice: Page, tags: Mapping[str, str]) -> str:
    """The language of a start page that leads to several, given those of the site's pages by URL: of all it is one.

    It is that of the address which the page names for any language, else that of its words, else English, which is
    known by no words, else that of the first page.
    """
    known = _distinct(tags)
    named = [tags[target] for tag, target in choice.translations if tag == ANY and tags.get(target)]
    english = [tag for tag in known if _primary(tag) == _ENGLISH]
    candidates = [*named, worded(choice, tags), *sorted(english, key=len), *known]
    return next(filter(None, candidates), "")


def worded(page: Page, tags: Mapping[str, str]) -> str:
    """The one of some languages that a page's words are in; '' if none is."""
    text = text_of(page)
    return next(iter([tag for tag in _distinct(tags) if is_in(text, _primary(tag))]), "")


def _distinct(tags: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(filter(None, tags.values())))


def _primary(tag: str) -> str:
    return tag.partition("-")[0]
