"""Draws a badge for a project: how its documents stand, and when they were last checked, as SVG without a script."""

from __future__ import annotations

from datetime import timedelta
from html import escape

from msgspec import Struct

from llmstxt_sched.documents.model import LLMS_TXT

# White is readable on each (WCAG 2.2, 1.4.3); they are the colours of the frontend's light theme.
LABEL_COLOUR = "#3b4450"
COLOURS = {
    "fresh": "#00695c",
    "stale": "#7a4b00",
    "failed": "#a82c07",
    "held": "#6b2fa0",
    "paused": "#4a5565",
    "new": "#4a5565",
}
# Words for states whose names do not explain themselves.
WORDS = {"new": "no file yet"}
UNITS = ((86_400, "d", "day"), (3600, "h", "hour"), (60, "min", "minute"))
# Until two days hours tell more than days, as in "26 h".
MOST_HOURS = 48
PADDING = 6
NARROW, WIDE = "fijlrt.:· ", "mwMW"
TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{spoken}">
<title>{spoken}</title>
<clipPath id="round"><rect width="{width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)">
<rect width="{left}" height="20" fill="{label_colour}"/>
<rect x="{left}" width="{right}" height="20" fill="{colour}"/>
</g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="{label_at}" y="14" textLength="{label_length}">{label}</text>
<text x="{text_at}" y="14" textLength="{text_length}">{text}</text>
</g>
</svg>
"""


class BadgeState(Struct, frozen=True):
    """How a project's documents stand, by one of COLOURS; `age` is the time since they were last checked, if ever."""

    status: str
    age: timedelta | None


def render_badge(standing: BadgeState) -> bytes:
    """The badge as SVG, with what it says for screen readers too."""
    word = WORDS.get(standing.status, standing.status)
    brief, spoken = _age(standing.age) if standing.age is not None else ("", "")
    text = f"{word} · {brief}" if brief else word
    label_length, text_length = _length(LLMS_TXT), _length(text)
    left, right = label_length + 2 * PADDING, text_length + 2 * PADDING
    return TEMPLATE.format(
        width=left + right,
        left=left,
        right=right,
        spoken=escape(f"{LLMS_TXT}: {word}{f', checked {spoken} ago' if spoken else ''}"),
        label_colour=LABEL_COLOUR,
        colour=COLOURS[standing.status],
        label=LLMS_TXT,
        label_at=left / 2,
        label_length=label_length,
        text=escape(text),
        text_at=left + right / 2,
        text_length=text_length,
    ).encode()


def _age(age: timedelta) -> tuple[str, str]:
    """An age as it is drawn, and as it is read out."""
    seconds = int(age.total_seconds())
    for unit, symbol, name in UNITS:
        number = seconds // unit
        if number and not (symbol == "d" and seconds < MOST_HOURS * 3600):
            return f"{number} {symbol}", f"{number} {name}{'' if number == 1 else 's'}"
    return "now", "less than a minute"


def _length(text: str) -> int:
    """About how many pixels a text takes; whatever font there is, it is drawn in this length."""
    return sum(4 if char in NARROW else 10 if char in WIDE else 7 for char in text)
