from __future__ import annotations

from tests.extraction.reading import PROSE, of_main

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
