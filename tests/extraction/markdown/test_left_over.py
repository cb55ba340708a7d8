from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main


@pytest.mark.parametrize("around", ["<p><strong>Version:</strong> {}</p>", "<label>Version: {}</label>"])
def test_what_stands_before_a_choice_goes_with_it(around: str) -> None:
    choice = "<select><option>1.0</option><option>2.0</option></select>"
    assert of_main(f"<h1>T</h1>{around.format(choice)}<p>{PROSE}</p>") == f"# T\n\n{PROSE}"
    assert "Version:" in of_main(f"<h1>T</h1>{around.format('<b>1.0</b>')}<p>{PROSE}</p>")
    assert of_main(f"<h1>T</h1><p>{PROSE} It offers: {choice}</p>").endswith("It offers:")


@pytest.mark.parametrize("around", ["[{}].", "({})", "{} \u00b7"])
def test_what_stands_around_a_dropped_link_goes_with_it(around: str) -> None:
    link = around.format("<a href='#top'>Back to top</a>")
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><p>{link}</p>") == f"# T\n\n{PROSE}"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><p>{around.format('')}</p>") != f"# T\n\n{PROSE}"


def test_a_separator_before_a_dropped_link_goes_with_it() -> None:
    link = "<a class=src href=/src/mill.rs>Source</a>"
    assert of_main(f"<h1>T</h1><p>{PROSE} \u00b7 {link}</p>") == f"# T\n\n{PROSE}"
    assert of_main(f"<h1>T</h1><p>{PROSE} \u00b7 </p>") == f"# T\n\n{PROSE} \u00b7"


def test_other_lines_of_a_text_stay_where_a_link_is_dropped() -> None:
    assert PROSE in of_main(f"<h1>T</h1><p>[<a href='#top'>Back to top</a>].<br>{PROSE}</p><p>More.</p>")
