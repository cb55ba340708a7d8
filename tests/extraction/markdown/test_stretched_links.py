from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

LINK = "<a class='{}' href=/mill>{}</a>"


def _page(card: str) -> str:
    return of_main(f"<h1>T</h1><p>{PROSE}</p><div class=sd-card><div class=body>{card}</div></div>")


@pytest.mark.parametrize(
    "link",
    [
        LINK.format("sd-stretched-link reference", ""),
        LINK.format("stretched-link", "<span></span>"),
        LINK.format("sd-stretched-link sd-hide-link-text", "<span>https://docs.example/mill</span>"),
    ],
)
def test_a_link_without_words_that_covers_a_card_is_put_around_its_first_text(link: str) -> None:
    written = _page(f"<div class=sd-card-title>The <em>mill</em></div><p>It grinds.</p>{link}")
    assert written.endswith("\n\n[The *mill*](https://docs.example/mill)\n\nIt grinds.")


def test_a_link_with_words_and_one_in_no_card_stay_where_they_are() -> None:
    named = LINK.format("stretched-link", "Read on")
    assert _page(f"<p>Mill</p>{named}").endswith("Mill\n\n[Read on](https://docs.example/mill)")
    empty = LINK.format("stretched-link", "")
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><p>Mill</p>{empty}").endswith("\n\nMill")
    own = "<p>See <a href=/stone>stones</a></p>"
    assert _page(f"{own}{empty}").endswith("See [stones](https://docs.example/stone)")
    assert _page(empty) == of_main(f"<h1>T</h1><p>{PROSE}</p>")


@pytest.mark.parametrize(
    "label", ["<p class=eyebrow>GUIDE</p>", "<div><u>GUIDE</u></div>", "<span class=tag>GUIDE</span>"]
)
def test_the_link_of_a_card_is_put_around_its_title_and_not_around_a_label_above(label: str) -> None:
    title = "<h3>Install</h3><p>How to.</p>"
    written = "GUIDE\n\n### [Install](https://docs.example/mill)\n\nHow to."
    assert of_main(f"<h1>T</h1><a class=card href=/mill>{label}{title}</a>").endswith(written)
    assert _page(f"{label}{title}{LINK.format('stretched-link', '')}").endswith(written)


def test_a_link_around_a_text_with_a_heading_below_it_is_the_texts() -> None:
    for above in (f"<p>{PROSE}</p>", "<p>A</p><p>B</p>"):
        page = of_main(f"<h1>T</h1><a href=/mill>{above}<h3>Install</h3></a>")
        assert "](https://docs.example/mill)\n\n" in page
        assert page.endswith("### Install")
