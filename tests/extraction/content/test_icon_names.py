from __future__ import annotations

import pytest
from tests.extraction.reading import of_main


@pytest.mark.parametrize("name", ["material-icons", "material-symbols-outlined", "mat-icon notranslate material-icons"])
def test_the_name_that_a_font_draws_an_icon_for_is_left_out(name: str) -> None:
    assert of_main(f"<p><i class='{name}'>phone_in_talk</i> Call us</p>") == "Call us"


def test_what_is_no_name_of_an_icon_stays() -> None:
    assert of_main("<p><i class=material-icons>Call us</i> at noon</p>") == "*Call us* at noon"
    assert of_main("<p><i class=icons>phone</i> at noon</p>") == "*phone* at noon"
