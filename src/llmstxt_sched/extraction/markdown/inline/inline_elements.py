"""Tells what an element of a line is by its classes and by what it holds: a note, an icon, a link to itself."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.visibility.unseen_styles import hides
from llmstxt_sched.extraction.dom.tree import Element

# Elements between code and the only link in it.
_MAX_AROUND_LINK: Final = 4
# In characters: some emoji are drawn of several.
_MAX_SIGN: Final = 12


def is_margin_note(node: Element) -> bool:
    """Whether a <span> is a note that a style sets in the margin."""
    return node.tag == "span" and not selectors.MARGIN_NOTES.isdisjoint(node.classes)


def note_in(script: Element) -> Element | None:
    """The note that a raised number shows where a reader points at it, as SWI-Prolog's manual has it."""
    number, *others = [child for child in script.children if not isinstance(child, str) or child.strip()] or [""]
    note = others[0] if len(others) == 1 else ""
    is_number = isinstance(number, str) and number.strip().isdecimal()
    return note if is_number and not isinstance(note, str) and note.tag == "span" else None


def only_link(node: Element) -> Element | None:
    """The link that all of the element's text stands in, if there is one; fpdoc has a <span> around it."""
    for _ in range(_MAX_AROUND_LINK):
        inner = [child for child in node.children if not isinstance(child, str) or child.strip()] or [""]
        only = inner[0] if len(inner) == 1 else ""
        if isinstance(only, str):
            return None
        if only.tag == "a" and only.get("href"):
            return only
        node = only
    return None


def is_icon_unseen(icon: Element) -> bool:
    """Whether an icon is said to be for the eyes only, or for nobody."""
    is_told = icon.get("aria-hidden").lower() == "true" or "hidden" in icon.attrs
    return is_told or hides(icon.get("style"))


def is_self_link(link: Element) -> bool:
    """Whether a link leads to where it stands, as its class says, or the place that it or what it is in has.

    So do the terms in MDN's and mdBook's description lists.
    """
    places = [link.get("id"), link.get("name"), link.parent.get("id") if link.parent is not None else ""]
    is_at_place = any(place and link.get("href") == f"#{place}" for place in places)
    return is_at_place or not selectors.SELF_LINKS.isdisjoint(link.classes)


def is_lightbox(link: Element) -> bool:
    """Whether a link to the page itself is around a picture, which a style then shows at its full size."""
    inner = [child for child in link.elements() if child.tag == "img"]
    return not link.chars and bool(inner) and not selectors.LIGHTBOX.isdisjoint(link.classes | inner[0].classes)


def is_sign(alt: str) -> bool:
    """Whether a picture is described by what it shows: an emoji, an arrow, a tick."""
    return 0 < len(alt) <= _MAX_SIGN and not alt.isascii() and not any(map(str.isalnum, alt))
