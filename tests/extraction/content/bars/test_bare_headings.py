from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

BARE = [
    "<div class=more><h4>Related content</h4><div class=related-cards><a href=/a>Export</a></div></div>",
    "<h2>Your answer</h2><form><p>Thanks for an answer!</p><textarea></textarea></form>",
    "<div><h2>Sign up for the journal</h2><form><input></form></div>",
    "<section><h3>Share</h3><div><div class=social-share><a href=/x>X</a></div></div></section>",
]


@pytest.mark.parametrize("end", BARE)
def test_a_heading_of_nothing_but_what_is_left_out_ends_no_page(end: str) -> None:
    assert of_main(f"<p>{PROSE}</p><h2>Mills</h2><p>{PROSE}</p>{end}").endswith(f"## Mills\n\n{PROSE}")


@pytest.mark.parametrize("end", ["", "<p hidden>Later.</p>", "<img src=/m.png alt=Mill>", "<script>x</script>"])
def test_the_heading_of_a_section_that_is_still_to_be_written_stays(end: str) -> None:
    assert "## To do" in of_main(f"<p>{PROSE}</p><h2>Mills</h2><p>{PROSE}</p><h2>To do</h2>{end}")


def test_a_heading_with_a_text_behind_what_is_left_out_stays() -> None:
    assert "## Share" in of_main(f"<p>{PROSE}</p><h2>Share</h2><div class=social-share><a href=/x>X</a></div>{PROSE}")


def test_the_title_of_a_page_stays_though_all_below_it_is_left_out() -> None:
    assert of_main("<h2>Mills</h2><div class=social-share><a href=/x>X</a></div>") == "## Mills"


@pytest.mark.parametrize(
    "end",
    [
        "<h2>To do</h2><nav><a href=/a>Next: Stones</a></nav>",
        "<h2>To do</h2><footer><a href=/a>Next</a></footer>",
        "<section><h2>To do</h2></section><div class=social-share><a href=/x>X</a></div>",
        "<dl><dt><div><h4>To do</h4><div class=social-share><a href=/x>X</a></div></div></dt></dl>",
    ],
)
def test_a_heading_before_what_every_page_ends_with_and_a_name_stay(end: str) -> None:
    assert "To do" in of_main(f"<p>{PROSE}</p><h2>Mills</h2><p>{PROSE}</p>{end}")
