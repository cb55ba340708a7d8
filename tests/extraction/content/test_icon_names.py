from __future__ import annotations

import pytest
from tests.extraction.reading import of_main


@pytest.mark.parametrize("name", ["material-icons", "material-symbols-outlined", "mat-icon notranslate material-icons"])
def test_the_name_that_a_font_draws_an_icon_for_is_left_out(name: str) -> None:
    assert of_main(f"<p><i class='{name}'>phone_in_talk</i> Call us</p>") == "Call us"


def test_what_is_no_name_of_an_icon_stays() -> None:
    assert of_main("<p><i class=material-icons>Call us</i> at noon</p>") == "*Call us* at noon"
    assert of_main("<p><i class=icons>phone</i> at noon</p>") == "*phone* at noon"


def test_the_sign_beside_what_can_be_unfolded_is_left_out() -> None:
    question = "<div class=faq-question><h3>How often?</h3><span class=faq-toggle>+</span></div><p>Each third week.</p>"
    assert of_main(f"<h1>T</h1>{question}") == "# T\n\n### How often?\n\nEach third week."
    cell = "<table><tr><th>a<th>b</tr><tr><td>x<td><span class=icon>+</span></tr></table>"
    assert of_main(f"<h1>T</h1>{cell}").endswith("| x | + |")
    assert of_main("<h1>T</h1><p><code>a<span class=toggle>+</span>b</code></p>").endswith("`a+b`")
