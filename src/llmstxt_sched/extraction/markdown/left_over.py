"""What is left over in a text once a link or a choice in it is dropped: separators, brackets, a label."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element

# What offers a choice, and the most characters of the label before it.
CHOICE: Final = "select"
_MAX_LABEL: Final = 40
# Stands between facts; at the end of a text what followed was dropped, such as rustdoc's link to the source.
_SEPARATOR: Final = " \u00b7"
# Stands around a link, as in "[Back to contents].", and says nothing once the link is dropped.
_PUNCTUATION: Final = re.compile(r"[\s.,;:|/()\[\]\\\u00b7\u2013\u2014-]+")


def without_left_over(lines: list[str], run: list[Element | str]) -> list[str]:
    """The lines of what `run` holds, without what says nothing once a part of it is dropped."""
    if lines and lines[-1].endswith(_SEPARATOR) and _dropped_at_end(run) is not None:
        lines[-1:] = filter(None, [lines[-1].rstrip(_SEPARATOR)])
    if len(lines) != 1:
        return lines
    is_sign = not lines[0][0].isalnum() and _PUNCTUATION.fullmatch(lines[0]) is not None
    return [] if (is_sign and any(map(_is_dropped, run))) or _labels_choice(lines[0], run) else lines


def _is_dropped(part: Element | str) -> bool:
    return not isinstance(part, str) and part.dropped != ""


def _dropped_at_end(run: list[Element | str]) -> Element | None:
    """The last that a text has, but for what stands between facts, if that is no content."""
    for part in reversed(run):
        if isinstance(part, str):
            if part.strip(f"{_SEPARATOR}\n\t"):
                return None
        elif part.dropped:
            return part
        elif part.chars:
            return _dropped_at_end(part.children)
    return None


def _labels_choice(line: str, run: list[Element | str]) -> bool:
    """Whether a line says no more than what is chosen after it, such as the version of a manual."""
    if len(line) > _MAX_LABEL or not line.rstrip("*_").endswith(":"):
        return False
    last = _dropped_at_end(run)
    return last is not None and last.tag == CHOICE
