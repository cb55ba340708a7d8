from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, read

LINE = "Grinds corn of any kind in the smallest of kitchens."
HEROES = {
    "of Docusaurus": (
        "<header class='hero hero--primary heroBanner_qdFl'><div class=container><h1 class=hero__title>Mill</h1>"
        f"<p class=hero__subtitle>{LINE}</p><div class=buttons><a href=/intro>Begin</a></div></div></header>"
    ),
    "of Bulma": f"<section class=hero><div class=hero-body><h1 class=title>Mill</h1><h2>{LINE}</h2></div></section>",
    "of Bootstrap": f"<div class=jumbotron><h1>Mill</h1><p>{LINE}</p></div>",
    "of modules": f"<header class=heroHeader_1x><h1>Mill</h1><div>{LINE}</div></header>",
}
MAIN = f"<main><section><h3>Fast</h3><p>Two bags a minute.</p><h3>Small</h3><p>{PROSE}</p></section></main>"


@pytest.mark.parametrize("name", HEROES)
def test_what_a_hero_says_below_the_title_is_what_the_page_begins_with(name: str) -> None:
    page = read(f"<title>Mill</title>{HEROES[name]}{MAIN}")
    assert page.markdown.startswith(f"# Mill\n\n{LINE}\n\n### Fast\n")
    assert page.extract.lead == LINE
    assert page.markdown.count(LINE) == 1


@pytest.mark.parametrize(
    "header",
    [
        f"<header class=site-header><h1>Mill</h1><p>{LINE}</p></header>",
        f"<header class=hero><h1>Mill</h1><p><a href=/a>{LINE}</a></p></header>",
        f"<header class=hero><h1>Mill</h1><p>Short</p><p>{LINE}</p></header>",
        f"<header class=hero><h1>Mill</h1><p hidden>{LINE}</p></header>",
        f"<header class=heron><h1>Mill</h1><p>{LINE}</p></header>",
    ],
)
def test_another_head_of_the_page_is_none(header: str) -> None:
    assert LINE not in read(f"<title>Mill</title>{header}{MAIN}").markdown


def test_a_hero_in_the_main_content_is_written_once() -> None:
    page = read(f"<title>Mill</title><main>{HEROES['of Bootstrap']}{MAIN.removeprefix('<main>')}")
    assert page.markdown.count(LINE) == 1
