from __future__ import annotations

import html

import pytest
from tests.extraction.reading import PROSE, of_main
from tests.support.growth import assert_linear


def test_a_popover_that_its_style_shows_is_seen() -> None:
    assert "Defined." in of_main(f"<p>{PROSE}</p><div popover style='display:block'>Defined.</div>")
    for style in ("--display:1", "display:bogus"):
        assert of_main(f"<p>{PROSE}</p><div popover style='{style}'>HIDDEN</div>") == PROSE


@pytest.mark.slow
@pytest.mark.parametrize("part", [" ", '"', "(", "'", "!"])
def test_a_long_value_takes_linear_time(part: str) -> None:
    def read(parts: int) -> None:
        of_main(f'<p style="display:none{html.escape(part) * parts}x;display:block">HIDDEN</p><p>{PROSE}</p>')

    assert_linear(read, 100_000)


def test_a_declaration_that_no_browser_understands_shows_nothing() -> None:
    for style in ("display:none;display:table-bogus", "opacity:0;opacity:0.5%"):
        assert of_main(f"<p>{PROSE}</p><div style='{style}'>HIDDEN</div>") == PROSE
    assert "Seen" in of_main(f"<p>{PROSE}</p><div style='display:none;display:table-cell'>Seen</div>")
