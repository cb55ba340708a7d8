from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, URL, of_main

from llmstxt_sched.extraction.dom.picks import Picks
from llmstxt_sched.extraction.extract import extract


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


def test_a_sign_between_two_words_of_a_line_stays() -> None:
    menu = "<span class=menuseq><b class=menu>File</b>&nbsp;<b class=caret>›</b> <b class=menuitem>Save</b></span>"
    assert of_main(f"<p>Choose {menu}.</p>") == "Choose **File** **›** **Save**."
    assert of_main("<div><b>How often?</b><i class=caret>▾</i><div>Weekly.</div></div>") == "**How often?**\n\nWeekly."


def test_the_picture_of_a_sign_is_left_out_where_a_click_unfolds_something() -> None:
    assert of_main("<div onclick='f()'><img src=closed.png alt='-'>&nbsp;Inherited from A</div>") == "Inherited from A"
    kept = of_main("<ul><li><img src=minus.png alt='-'> takes the row away</ul>")
    assert kept == "- ![-](https://docs.example/guide/minus.png) takes the row away"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Press <span class=material-icons>add</span> to go on", "Press add to go on"),
        ("425 <span class=material-icons>favorite</span> favorites", "425 favorites"),
        ("Ovens <span class=material-icons>chevron_right</span> Stones", "Ovens Stones"),
        (
            "See <a href=/w>it</a> <span class=material-icons>open_in_new</span> first",
            "See [it](https://docs.example/w) first",
        ),
        ("Press it <span class=material-icons>add</span>", "Press it"),
    ],
)
def test_the_name_of_an_icon_that_a_sentence_has_for_a_word_stays(html: str, text: str) -> None:
    assert of_main(f"<p>{html}</p>") == text


@pytest.mark.parametrize("icon", ["<i class=material-icons>home</i>", "<span class=toggle-icon>+</span>"])
def test_an_icon_that_the_project_keeps_stays(icon: str) -> None:
    page = f"<h1>T</h1><p>{icon}</p><p>{PROSE}</p>".encode()
    said = icon.partition(">")[2].partition("<")[0]
    assert said in extract(page, URL, "text/html", Picks(keep=("h1", "p > *"))).markdown
    assert said not in extract(page, URL, "text/html", Picks(keep=("body",))).markdown
