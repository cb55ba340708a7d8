from __future__ import annotations

from tests.extraction.reading import PROSE, read

HERO = "<div class=hero><h1>Gates</h1><p>Opens and shuts what flows in canals.</p></div>"
CRUMBS = "<ol class=breadcrumb><li>Classes</li><li>GateService</li></ol>"


def test_the_line_below_a_title_in_its_hero_comes_before_the_first_sentence() -> None:
    extract = read(f"{HERO}<main><p>{PROSE}</p></main>").extract
    assert (extract.h1, extract.lead) == ("Gates", "Opens and shuts what flows in canals.")
    assert PROSE.startswith(extract.more_leads[0])


def test_a_description_that_was_cut_out_of_the_page_is_none_where_it_has_a_lead() -> None:
    folded, own = f"Gates {PROSE}"[:80], "All that opens and shuts in canals."
    page = "<meta name=description content='{}'><main><h1>Gates</h1>{}</main>"
    assert read(page.format(folded, f"<p>{PROSE}</p>")).extract.description == ""
    assert read(page.format(own, f"<p>{PROSE}</p>")).extract.description == own
    assert read(page.format(folded, "<ul><li>One<li>Two</ul>")).extract.description == folded


def test_the_last_breadcrumb_names_a_page_that_no_title_or_heading_does() -> None:
    page = f"<title>handbook documentation</title><main>{CRUMBS}<h3>File</h3><p>{PROSE}</p></main>"
    assert read(page).extract.h1 == "GateService"
    assert read(page.replace("handbook", "GateService")).extract.h1 != "GateService"


def test_the_heading_below_the_title_is_known_where_that_may_be_the_sites() -> None:
    page = "<title>Mill</title><body>{}<p>A mill grinds corn between two stones that turn.</p>"
    for html, first, second in (
        ("<h1>Mill</h1><hr><h2>12.6 Gears</h2>", "Mill", "12.6 Gears"),
        ("<h1>Mill</h1>", "Mill", ""),
        ("<h2>Mill</h2><h3>Gears</h3>", "Mill", "Gears"),
    ):
        extract = read(page.format(html)).extract
        assert (extract.first_heading, extract.second_heading) == (first, second)
