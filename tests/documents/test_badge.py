from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import etree

from llmstxt_sched.documents.badge import COLOURS, LABEL_COLOUR, BadgeState, render_badge

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "age", "drawn", "spoken"),
    [
        ("fresh", MINUTE / 2, "fresh · now", "fresh, checked less than a minute ago"),
        ("fresh", MINUTE, "fresh · 1 min", "fresh, checked 1 minute ago"),
        ("fresh", HOUR - MINUTE, "fresh · 59 min", "fresh, checked 59 minutes ago"),
        ("stale", 47 * HOUR, "stale · 47 h", "stale, checked 47 hours ago"),
        ("failed", 2 * DAY, "failed · 2 d", "failed, checked 2 days ago"),
        ("paused", 400 * DAY, "paused · 400 d", "paused, checked 400 days ago"),
        ("held", None, "held", "held"),
        ("new", None, "no file yet", "no file yet"),
    ],
)
def test_a_badge_says_the_status_and_the_age_to_eyes_and_ears(
    status: str, age: timedelta | None, drawn: str, spoken: str
) -> None:
    root = etree.fromstring(render_badge(BadgeState(status, age)))
    assert [text.text for text in root.iter("{*}text")] == ["llms.txt", drawn]
    assert root.find("{*}title").text == root.get("aria-label") == f"llms.txt: {spoken}"
    assert root.get("role") == "img"


def test_texts_stand_in_their_own_halves() -> None:
    root = etree.fromstring(render_badge(BadgeState("fresh", 5 * HOUR)))
    left, right = (float(rect.get("width")) for rect in root.findall("{*}g/{*}rect"))
    for text, start, width in zip(root.iter("{*}text"), (0, left), (left, right), strict=True):
        middle, length = float(text.get("x")), float(text.get("textLength"))
        assert start < middle - length / 2 < middle + length / 2 < start + width
    assert left + right == float(root.get("width"))


def test_nothing_in_it_runs_or_loads_and_needs_a_style() -> None:
    root = etree.fromstring(render_badge(BadgeState("fresh", HOUR)))
    assert {etree.QName(each).localname for each in root.iter()} == {"svg", "title", "clipPath", "rect", "g", "text"}
    names = {name for each in root.iter() for name in each.attrib}
    assert not names & {"style", "href", "class"}
    assert not any(name.startswith("on") for name in names)


@pytest.mark.parametrize("colour", [LABEL_COLOUR, *COLOURS.values()])
def test_white_is_readable_on_each_colour(colour: str) -> None:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5
