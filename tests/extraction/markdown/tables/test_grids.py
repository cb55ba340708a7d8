from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main
from tests.support.growth import assert_linear

HEAD = (
    "<div class='table-header col-first'>Modifier and Type</div><div class='table-header col-second'>Method</div>"
    "<div class='table-header col-last'>Description</div>"
)
ROWS = (
    "<div class='col-first even-row-color'><code>void</code></div>"
    "<div class='col-second even-row-color'><code>wind(a|b)</code></div>"
    "<div class='col-last even-row-color'><div class=block>Winds it.<p>Twice.</p></div></div>"
    "<div class='col-first odd-row-color'><code>int</code></div>"
    "<div class='col-second odd-row-color'><code>turns()</code></div>"
    "<div class='col-last odd-row-color'>&nbsp;</div>"
)


def summary(columns: str, cells: str) -> str:
    text = of_main(f"<p>{PROSE}</p><div class='summary-table {columns}-column-summary'>{cells}</div>")
    return text.removeprefix(f"{PROSE}\n\n")


def test_a_table_of_javadoc_has_the_columns_that_its_class_says() -> None:
    assert summary("three", HEAD + ROWS).split("\n") == [
        "| Modifier and Type | Method | Description |",
        "| --- | --- | --- |",
        "| `void` | `wind(a\\|b)` | Winds it. Twice. |",
        "| `int` | `turns()` |  |",
    ]
    assert summary("two", "<div class=table-header>A</div><div class=table-header>B</div><div>c</div><div>d</div>") == (
        "| A | B |\n| --- | --- |\n| c | d |"
    )


def test_cells_that_fill_no_rows_are_no_table() -> None:
    assert summary("two", "<div>one</div><div>two</div><div>three</div>") == "one\n\ntwo\n\nthree"


def by_role(*rows: list[str], role: str = "table") -> str:
    """A table of <div> in which each text is "role: words"."""
    cells = [
        "".join(f"<span role={cell.partition(': ')[0]}>{cell.partition(': ')[2]}</span>" for cell in row)
        for row in rows
    ]
    grouped = "".join(f"<div role=rowgroup><div role=row><div>{row}</div></div></div>" for row in cells)
    return of_main(f"<p>{PROSE}</p><div role={role}>{grouped}</div>").removeprefix(f"{PROSE}\n\n")


def test_what_its_roles_make_a_table_is_one() -> None:
    head, first = ["columnheader: Name", "columnheader: Type"], ["rowheader: <code>a|b</code>", "cell: <p>int</p>"]
    table = "| Name | Type |\n| --- | --- |\n| `a\\|b` | int |"
    assert by_role(head, first) == by_role(head, first, role="grid") == table
    assert by_role(first) == "|  |  |\n| --- | --- |\n| `a\\|b` | int |"
    caption = "<div role=table><p role=caption>All <b>types</b></p><div role=row><div role=cell>x</div></div></div>"
    assert of_main(caption) == "All **types**\n\n|  |\n| --- |\n| x |"


def test_a_row_that_nobody_sees_is_none() -> None:
    rows = "<div role=row%s><div role=cell>%s</div></div>"
    rows = rows % ("", "a") + rows % (" style='display:none'", "HIDDEN")
    assert of_main(f"<p>{PROSE}</p><div role=table>{rows}</div>") == f"{PROSE}\n\n|  |\n| --- |\n| a |"


def test_roles_that_make_no_whole_table_make_none() -> None:
    assert "|" not in by_role(["gridcell: Red", "gridcell: Blue"], role="grid")
    assert "|" not in by_role(["columnheader: A"], ["none: x"])
    assert "|" not in by_role(["cell: A", "none: beside"])
    inner = "<div role=table><div role=row><div role=cell>x</div></div></div>"
    assert of_main(f"<div role=table>{inner}</div>") == "|  |\n| --- |\n| x |"
    assert of_main("<table role=grid><tr><th>A<tr><td>1</table>") == "| A |\n| --- |\n| 1 |"


@pytest.mark.parametrize("held", ["<ul><li>b</li><li>c</li></ul>", "<pre>b\nc</pre>", "<blockquote>b</blockquote>c"])
def test_what_a_cell_holds_makes_no_more_of_roles_than_of_tags(held: str) -> None:
    roles = by_role(["columnheader: A", "columnheader: B"], ["cell: a", f"cell: {held}"])
    tags = of_main(f"<p>{PROSE}</p><table><tr><th>A<th>B<tr><td>a<td>{held}</table>").removeprefix(f"{PROSE}\n\n")
    assert roles == tags
    assert roles.startswith("| A | B |")


def test_cells_that_make_no_table_are_kept_apart() -> None:
    cells = ["columnheader: Plan", "columnheader: Price", "cell: <table><tr><td>x<td>y</table>"]
    assert by_role(cells).startswith("Plan\n\nPrice\n\n|")
    assert by_role(["gridcell: Red", "gridcell: Blue"], role="grid") == "Red\n\nBlue"


@pytest.mark.slow
def test_tables_by_role_in_one_another_are_read_in_linear_time() -> None:
    def read(rows: int) -> None:
        depth = rows // 10
        of_main(("<div role=table>" * depth + "<div role=row><b>x</b></div>" * rows + "</div>" * depth) * 2)

    assert_linear(read, 4_800)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ("<div role=row><p role=cell>a</p><div role=cell><h3>x</h3></div></div>", "### x"),
        ("<div role=row><p role=cell>a</p><div role=cell><ul><li>b</li></ul></div></div>", "- b"),
        ("<a role=row href=/r><span role=cell>a</span></a>", "[a](https://docs.example/r)"),
        (
            "<div role=row><img alt=Sign src=/s.png><span role=cell>a</span></div>",
            "![Sign](https://docs.example/s.png)",
        ),
    ],
)
def test_what_roles_describe_is_no_table_where_one_would_lose_something(rows: str, text: str) -> None:
    written = of_main(f"<p>{PROSE}</p><div role=table>{rows}</div>")
    assert (text in written, "| --- |" in written) == (True, False)
