from __future__ import annotations

from tests.extraction.reading import of_main


def test_deep_lists_are_written_in_full() -> None:
    text = of_main("<ul><li>x" * 200 + "</ul>" * 200)
    assert text.count("- x") == 200


def test_quotations_in_very_many_others_are_read() -> None:
    written = of_main(f"<p>x</p>{'<blockquote>' * 480}deep{'</blockquote>' * 480}<p>y</p>")
    assert written.startswith("x\n\n> > > ")
    assert written.endswith("> deep\n\ny")
