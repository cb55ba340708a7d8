from __future__ import annotations

import html
import time

import pytest
from tests.extraction.reading import PROSE, of_main


def test_a_popover_that_its_style_shows_is_seen() -> None:
    assert "Defined." in of_main(f"<p>{PROSE}</p><div popover style='display:block'>Defined.</div>")
    for style in ("--display:1", "display:bogus"):
        assert of_main(f"<p>{PROSE}</p><div popover style='{style}'>HIDDEN</div>") == PROSE


@pytest.mark.slow
def test_a_long_value_takes_no_time() -> None:
    begin = time.process_time()
    for part in (" ", '"', "(", "'", "!"):
        of_main(f'<p style="display:none{html.escape(part) * 200_000}x;display:block">HIDDEN</p><p>{PROSE}</p>')
    assert time.process_time() - begin < 3


def test_a_declaration_that_no_browser_understands_shows_nothing() -> None:
    for style in ("display:none;display:table-bogus", "opacity:0;opacity:0.5%"):
        assert of_main(f"<p>{PROSE}</p><div style='{style}'>HIDDEN</div>") == PROSE
    assert "Seen" in of_main(f"<p>{PROSE}</p><div style='display:none;display:table-cell'>Seen</div>")
