from __future__ import annotations

import pytest
from tests.extraction.reading import markdown, of_main
from tests.support.growth import assert_linear

HEAD = "<thead><tr><th>Name</th><th>Type</th><th>Description</th></tr></thead>"
INNER = "<table><tr><th>Name</th><th>Type</th></tr><tr><td>client</td><td>Client</td></tr></table>"


def test_a_table_in_a_cell_follows_the_row_and_the_others_begin_with_the_head_again() -> None:
    # JSDoc's of a parameter that is an object.
    rows = (
        f"<tr><td>options</td><td>object</td><td><p>What to use:</p><h6>Properties</h6>{INNER}</td></tr>"
        "<tr><td>callback</td><td>function</td><td>What is called.</td></tr>"
    )
    assert of_main(f"<table>{HEAD}<tbody>{rows}</tbody></table>").split("\n") == [
        "| Name | Type | Description |",
        "| --- | --- | --- |",
        "| options | object | What to use: |",
        "",
        "###### Properties",
        "",
        "| Name | Type |",
        "| --- | --- |",
        "| client | Client |",
        "",
        "| Name | Type | Description |",
        "| --- | --- | --- |",
        "| callback | function | What is called. |",
    ]


def test_a_row_of_one_cell_with_a_table_stands_between_the_others() -> None:
    row = f"<tr><td colspan=3><details><summary>Variables</summary>{INNER}</details></td></tr>"
    written = of_main(f"<table>{HEAD}<tr><td>a</td><td>b</td><td>c</td></tr>{row}</table>").split("\n")
    assert written[2:5] == ["| a | b | c |", "", "Variables"]
    assert written[-1] == "| client | Client |"


def test_tables_in_tables_in_tables_are_written_as_deep_as_they_go() -> None:
    table = INNER
    for at in range(3):
        row = f"<tr><td>level {at}</td><td><p>An object.</p>{table}</td></tr>"
        table = f"<table><tr><th>Name</th><th>Type</th></tr>{row}</table>"
    written = of_main(table).split("\n")
    assert [line for line in written if "level" in line] == [f"| level {at} | An object. |" for at in (2, 1, 0)]
    assert written.count("| Name | Type |") == 4


def test_a_table_around_others_that_lays_out_a_page_is_passed_through() -> None:
    page = f"<table><tr><td>Left</td><td>{INNER}</td></tr><tr><td>Right</td><td>Text</td></tr></table>"
    assert of_main(page).startswith("Left\n\n| Name | Type |\n")
    head = "<tr><th><h2>Site</h2></th><th>Menu</th></tr>"
    assert of_main(f"<table>{head}<tr><td>Left</td><td>{INNER}</td></tr></table>").startswith("## Site\n\nMenu\n\nLeft")


@pytest.mark.slow
def test_many_tables_in_cells_take_linear_time() -> None:
    row = f"<tr><td>options</td><td>object</td><td>What: {INNER}</td></tr>"

    def beside(tables: int) -> None:
        assert markdown(f"<main><table>{HEAD}{row * tables}</table></main>").count("| client |") == tables

    def inside(tables: int) -> None:
        deep = INNER
        for _ in range(tables):
            deep = f"<table><tr><th>A</th><th>B</th></tr><tr><td>a</td><td>{deep}</td></tr></table>"
        assert markdown(f"<main>{deep}</main>").count("| a |") == tables

    assert_linear(beside, 1_000)
    assert_linear(inside, 80)
