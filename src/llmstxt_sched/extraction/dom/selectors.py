"""Checks CSS selectors of a project.

A module of its own, because those who check what a project says do not read pages.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, SelectolaxError


def check_selector(selector: str) -> None:
    """Raise ValueError, with a sentence for a human reader, if `selector` is no CSS selector that is understood."""
    try:
        LexborHTMLParser("").css(selector)
    except SelectolaxError:
        raise ValueError(f"{selector!r} is no CSS selector") from None
