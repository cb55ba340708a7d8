from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown

NAV = "<a href=/>JUNK</a> | <a href=a.htm>JUNK</a> | <a href=b.htm>JUNK</a>"
SIDE = "<a href=/>JUNK</a><br><a href=a.htm>JUNK</a><br><a href=b.htm>JUNK</a>"
TEXT = f"<h1>Wheel</h1><p>{PROSE}</p><p>{PROSE}</p>"
FEET = [
    "Copyright 1999 JUNK",
    "<font size=1>&copy; The JUNK Mill. All rights reserved.</font>",
    "Last updated 3 May 1999. Mail <a href=mailto:w@mill.example>JUNK</a>. You are visitor 12345.",
    "Maintained by <a href=mailto:a@mill.example>JUNK</a>",
    "Best viewed with JUNK 4.",
]
PAGES = [
    f"<table><tr><td colspan=2><a href=/>JUNK</a><tr><td>{SIDE}<td>{TEXT}<tr><td colspan=2>{FEET[0]}</table>",
    f"<center><table><tr><td>The Old JUNK<tr><td>[ {NAV} ]<tr><td>{TEXT}</table></center>",
    f"<table><tr><td><table><tr><td>JUNK<tr><td>{NAV}</table><tr><td><table><tr><td>{SIDE}<td>{TEXT}</table></table>",
    f"<table><tr><td>JUNK<td>{NAV}</table><table><tr><td>{TEXT}</table><table><tr><td>{FEET[0]}<td>{NAV}</table>",
]
KEPT = {
    "a label beside the text": f"<table><tr><td>Model<td>A7<tr><td>Kept<td>{TEXT}</table>",
    "a column behind it": f"<table><tr><td>{TEXT}<td><b>News</b><br>Kept.</table>",
    "a row behind it": f"<table><tr><td>{TEXT}<tr><td>Kept, for the wheel was updated in 1999.</table>",
    "a sentence above it": f"<table><tr><td>Kept: {PROSE} {PROSE}<tr><td>{TEXT}{TEXT.replace('h1', 'h2')}</table>",
    "a title that is no heading": f"<table><tr><td><b>Kept</b><tr><td>{PROSE}<br><br>{PROSE}<br><br>{PROSE}</table>",
    "a version above the title": f"<table><tr><td>Kept 2.1<tr><td>{TEXT}</table>",
    "a section that is a table": f"{TEXT}<h2>Contact</h2><table><tr><td>Contact the webmaster of Kept.</table>",
    "when data changed": f"{TEXT}<table><tr><td>Updated with 12 cogs<td><a href=/k>Kept</a></table>",
    "what stands beside the table": f"<p>Kept.</p><table><tr><td>{TEXT}</table>",
    "data": f"<h1>Wheel</h1><table><tr><td>Kept<td>{PROSE}<tr><td>Copyright<td>{PROSE}</table>",
}


@pytest.mark.parametrize("page", PAGES)
def test_the_cells_around_that_of_the_text_are_the_sites(page: str) -> None:
    assert markdown(page) == f"# Wheel\n\n{PROSE}\n\n{PROSE}\n"


@pytest.mark.parametrize("foot", FEET)
def test_a_cell_below_the_text_that_says_whose_the_page_is_is_left_out(foot: str) -> None:
    assert "JUNK" not in markdown(f"<table><tr><td>{TEXT}<tr><td><hr>{foot}</table>")


@pytest.mark.parametrize("case", KEPT)
def test_cells_that_say_something_of_the_page_stay(case: str) -> None:
    written = markdown(KEPT[case])
    assert "Kept" in written
    assert PROSE in written


def test_the_text_of_a_page_without_a_heading_is_that_of_its_largest_cell() -> None:
    text = f"<b>Wheel</b><br><br>{PROSE}<br><br>{PROSE} {PROSE}"
    page = f"<table><tr><td>The Old JUNK<tr><td>{NAV}<tr><td>{text}<tr><td>{FEET[1]}</table>"
    assert markdown(page).split() == f"**Wheel** {PROSE} {PROSE} {PROSE}".split()


def test_a_large_table_of_data_is_not_looked_at_cell_by_cell_for_each_title() -> None:
    rows = "".join(f"<tr><td>{n}<td><h2>Wheel {n}</h2>{PROSE}" for n in range(300))
    assert markdown(f"<table>{rows}</table>").count(PROSE) == 300


BAR = (
    "<table class=bar><tr><td><b>[<a href=/a>Overview</a>][<a href=/b>Types</a>][Classes][<a href=/c>Index</a>]</b>{}"
    "<td>Reference for unit 'Wheels' (<a href=/>#mill</a>){}</table>"
)


def test_a_row_of_links_and_names_above_the_title_is_the_sites() -> None:
    assert markdown(f"{BAR.format('', '')}<h1>Wheel</h1><p>{PROSE}</p>") == f"# Wheel\n\n{PROSE}\n"
    for kept in (BAR.format(PROSE, ""), BAR.format("", f"<tr><td>{PROSE}"), BAR.format("", "<tr><td>A<td>B")):
        assert "unit 'Wheels'" in markdown(f"{kept}<h1>Wheel</h1><p>{PROSE}</p>")
    assert "unit 'Wheels'" in markdown(f"<h1>Wheel</h1>{BAR.format('', '')}<p>{PROSE}</p>")
