"""What the classes or the id of an element say of it, whatever it holds."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.remembered import remembered

# Kinds of what is no content.
BY_NAME, NAVIGATION, PAGE_TOOL = "boilerplate", "navigation", "page tool"
# The listing that a button shows, and what only paper shows.
SOURCE_LISTING: Final = "source listing"
SHOWN_IN_PRINT: Final = "shown in print"


@lru_cache(maxsize=4096)
def verdict_of_classes(names: str) -> str:
    """The kind that the classes, or an id, say: NAVIGATION holds only for what is mostly links; '' for content."""
    lowered = names.lower().split()
    if not selectors.SOURCE_LISTINGS.isdisjoint(lowered):
        return SOURCE_LISTING
    if not selectors.NOT_CONTENT.isdisjoint(lowered):
        return BY_NAME
    if any(map(is_banner, lowered)):
        return BY_NAME
    if _is_for_print(lowered):
        return SHOWN_IN_PRINT
    return NAVIGATION if any(map(_is_suspect, lowered)) else ""


# A page has few names, in many combinations.
@remembered(8192)
def _is_suspect(name: str) -> bool:
    return selectors.SUSPECT_NAMES.search(name) is not None


def _is_for_print(names: list[str]) -> bool:
    """Whether it is shown on paper but on no screen, as the classes of Tailwind and Bootstrap say."""
    if selectors.HIDDEN_NAMES.isdisjoint(names) or not any(map(selectors.SHOWN_IN_PRINT.fullmatch, names)):
        return False
    return not any(map(selectors.SHOWN_IN_WIDTH.match, names)) and not any(
        map(selectors.SHOWN_IN_STATE.fullmatch, names)
    )


@remembered(8192)
def is_banner(name: str) -> bool:
    """Whether a name is that of a banner for cookies or for chats, or of an advertisement."""
    return bool(
        selectors.COOKIE_NAMES.match(name) or selectors.AD_NAMES.match(name) or selectors.CHAT_NAMES.match(name)
    )


def verdict_of_id(name: str) -> str:
    """The same by an id alone."""
    verdict = verdict_of_classes(name)
    return verdict if verdict != NAVIGATION or selectors.SUSPECT_IDS.search(name) else ""
