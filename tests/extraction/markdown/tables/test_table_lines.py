from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

HEAD = "<tr><th>a</th><th>b</th></tr>"
TABLES = {
    "no head": (
        "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>",
        "|  |  |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |",
    ),
    "a hidden cell over two rows": (
        "<table><tr><td rowspan=2 hidden>x</td><td>1</td></tr><tr><td>2</td></tr></table>",
        "|  |\n| --- |\n| 1 |\n| 2 |",
    ),
    "a cell over two columns": (
        f"<table>{HEAD}<tr><td colspan=2>x</td></tr></table>",
        "| a | b |\n| --- | --- |\n| x |  |",
    ),
    "a cell over two rows": (
        f"<table>{HEAD}<tr><td rowspan=2>x</td><td>1</td></tr><tr><td>2</td></tr></table>",
        "| a | b |\n| --- | --- |\n| x | 1 |\n|  | 2 |",
    ),
    "a sign that no screen reader hears": (
        "<table><tr><th>A<th>B<tr><td>a<td><span aria-hidden=true>✓</span></table>",
        "| A | B |\n| --- | --- |\n| a | ✓ |",
    ),
    "a sign beside its name": (
        "<table><tr><th>A<th>B<tr><td>a<td><i aria-hidden=true>✓</i><b class=sr-only>Yes</b></table>",
        "| A | B |\n| --- | --- |\n| a | Yes |",
    ),
    "icons": (
        (
            f"<table>{HEAD}<tr><td><svg aria-label=Yes></svg></td><td><i class=x title=No></i></td></tr>"
            "<tr><td><svg><title>Partly</title></svg></td><td><span class=sr-only>Soon</span><i></i></td></tr></table>"
        ),
        "| a | b |\n| --- | --- |\n| Yes | No |\n| Partly | Soon |",
    ),
    "terms of which nothing is said": (
        f"<table>{HEAD}<tr><td><dl><dt>ND<dd></dl></td><td><dl><dt>x<dt>y</dl></td></tr></table>",
        "| a | b |\n| --- | --- |\n| **ND** | **x**, **y** |",
    ),
    "a picture that every row has": (
        (
            "<table><tr><th></th><th>b</th></tr><tr><td><img src=/x.png></td><td>1</td></tr>"
            "<tr><td><img src=/x.png></td><td>2</td></tr></table>"
        ),
        "|  | b |\n| --- | --- |\n|  | 1 |\n|  | 2 |",
    ),
    "a picture that other rows have not": (
        (
            f"<table>{HEAD}<tr><td>1</td><td><img src=/yes.svg></td></tr><tr><td>2</td><td><img src=/yes.svg></td></tr>"
            "<tr><td>3</td><td><img src=/no.svg></td></tr></table>"
        ),
        (
            "| a | b |\n| --- | --- |\n| 1 | ![](https://docs.example/yes.svg) |\n"
            "| 2 | ![](https://docs.example/yes.svg) |\n| 3 | ![](https://docs.example/no.svg) |"
        ),
    ),
    "a picture in a column with a name": (
        f"<table>{HEAD}<tr><td>1<td><img src=/yes.svg></tr><tr><td>2<td><img src=/yes.svg></tr></table>",
        (
            "| a | b |\n| --- | --- |\n| 1 | ![](https://docs.example/yes.svg) |\n"
            "| 2 | ![](https://docs.example/yes.svg) |"
        ),
    ),
    "a picture that another column has too": (
        "<table><tr><td>1<td><img src=/x.svg><td><img src=/x.svg></tr><tr><td>2<td><img src=/x.svg><td>no</tr></table>",
        (
            "|  |  |  |\n| --- | --- | --- |\n"
            "| 1 | ![](https://docs.example/x.svg) | ![](https://docs.example/x.svg) |\n"
            "| 2 | ![](https://docs.example/x.svg) | no |"
        ),
    ),
    "a gallery": (
        "<table><tr><td><img src=/x.png></td><td><img src=/y.png></td></tr></table>",
        "|  |  |\n| --- | --- |\n| ![](https://docs.example/x.png) | ![](https://docs.example/y.png) |",
    ),
    "a picture in the only row": (
        "<table><tr><td>1</td><td><img src=/x.png></td></tr></table>",
        "|  |  |\n| --- | --- |\n| 1 | ![](https://docs.example/x.png) |",
    ),
    "a picture before the text of the only row": (
        "<table><tr><td><img src=/x.png></td><td>A note.</td></tr></table>",
        "|  |  |\n| --- | --- |\n|  | A note. |",
    ),
    "pictures of two kinds in a column without a name": (
        "<table><tr><th><th>a<tr><td><img src=/x.png><td>1<tr><td><td>2<tr><td><img src=/y.png><td>3</table>",
        "|  | a |\n| --- | --- |\n|  | 1 |\n|  | 2 |\n|  | 3 |",
    ),
    "a picture in the only row, with a caption": (
        "<table><tr><td><figure><img src=/x.png><figcaption>A gate</figcaption></figure></td><td>1</td></tr></table>",
        "|  |  |\n| --- | --- |\n| ![](https://docs.example/x.png) A gate | 1 |",
    ),
    "a numbered list": (
        f"<table>{HEAD}<tr><td><ol start=3><li>x</li><li>y</li></ol></td><td><ul><li>z</ul></td></tr></table>",
        "| a | b |\n| --- | --- |\n| 3. x 4. y | z |",
    ),
    "a cell that is no content": (
        f"<table>{HEAD}<tr><td class=sharing>x</td><td>1</td></tr><tr><td>2</td><td>3</td></tr></table>",
        "| a | b |\n| --- | --- |\n|  | 1 |\n| 2 | 3 |",
    ),
    "a column that is no content": (
        (
            "<table><tr><th>a</th><th class=sharing>x</th><th>b</th></tr>"
            "<tr><td>1</td><td class=sharing>x</td><td>2</td></tr></table>"
        ),
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
    ),
    "a caption": (
        f"<table><caption>All</caption>{HEAD}<tr><td>1</td><td>2</td></tr></table>",
        "All\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_stay_tables(name: str) -> None:
    html, text = TABLES[name]
    assert of_main(html) == text


def test_a_table_that_lays_out_the_page_is_none() -> None:
    assert of_main(f"<table><tr><td><h2>A</h2><p>{PROSE}</p></td></tr></table>") == f"## A\n\n{PROSE}"
    inner = f"<table>{HEAD}<tr><td>1</td><td>2</td></tr></table>"
    assert of_main(f"<table><tr><td>x</td><td>{inner}</td></tr></table>") == "x\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"


@pytest.mark.parametrize("role", ["presentation", "none"])
def test_a_grid_of_facts_is_one_of_data_whatever_it_says_of_itself(role: str) -> None:
    facts = "<tr><td><p><b>stone</b></p></td><td><p><b>days</b></p></td></tr><tr><td>burr</td><td>3</td></tr>"
    grid = "|  |  |\n| --- | --- |\n| **stone** | **days** |\n| burr | 3 |"
    assert of_main(f"<table role={role}>{facts}</table>") == grid
    assert of_main(f"<table role={role}>{HEAD}<tr><td>1</td><td></td></tr></table>").startswith("| a | b |\n| --- ")
    assert of_main(f"<table role={role}><tr><td>x</td><td>y</td></tr></table>") == "x\n\ny"
    assert of_main(f"<table role={role}><tr><td>x</td><td></td></tr>{facts}</table>").startswith("x\n\n")
    assert of_main(f"<table role={role}><tr><th><h2>A</h2></th><td>y</td></tr></table>") == "## A\n\ny"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<pre>a {\n  b\n}</pre>", "```\na {\n  b\n}\n```"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<h3>a</h3>b", "### a\n\nb"),
    ],
)
def test_a_table_that_says_it_lays_out_blocks_does(cell: str, text: str) -> None:
    rows = f"<tr><td>{cell}</td><td>x</td></tr><tr><td>c</td><td>y</td></tr>"
    assert of_main(f"<table role=presentation>{rows}</table>") == f"{text}\n\nx\n\nc\n\ny"


def test_lists_deep_in_a_cell_are_read() -> None:
    deep = "<ol>" * 200 + "<li>x</li>" + "</ol>" * 200
    assert "1. x" in of_main(f"<table>{HEAD}<tr><td>{deep}</td><td>1</td></tr></table>")


def test_a_picture_that_is_all_of_a_cell_stays_whatever_it_says_of_itself() -> None:
    table = f"<table>{HEAD}<tr><td>x</td><td>{{}}</td></tr></table>"
    for cell in ("<img src=/yes.png>", "<a href=/yes.png><img src=/yes.png></a>"):
        assert "| x | ![](https://docs.example/yes.png) |" in of_main(table.format(cell))
    for cell in ("<img src=/yes.png alt=''>", "<img src=/dot.gif width=1>", "<img src='data:,'>"):
        assert "| x |  |" in of_main(table.format(cell))


def test_a_description_list_in_a_cell_keeps_its_terms_apart() -> None:
    said = "<dl><dt>fast<dt><b>quick</b><dd>Rough. <dt><code>-x</code>:<dd><p>Exact</p></dl>"
    text = of_main(f"<table>{HEAD}<tr><td>mode</td><td>{said}</td></tr></table>")
    assert text.endswith("| mode | **fast**, **quick**: Rough. **`-x`:** Exact |")


def test_spans_cannot_make_a_small_page_large() -> None:
    assert len(of_main(f"<table>{HEAD}<tr><td colspan=99999 rowspan=99999>x</td></tr></table>")) < 2000


def test_a_figure_is_no_table_for_its_caption() -> None:
    figure = "<table><caption><b>Figure 1:</b> A mill</caption><tr><td><img src=/m.png alt=Sails></table>"
    assert of_main(figure) == "**Figure 1:** A mill\n\n![Sails](https://docs.example/m.png)"


def test_code_of_several_lines_keeps_them_in_a_table_of_one_column() -> None:
    code = "grind {\n    corn\n}"
    table = "<table><tr><td>grind</td></tr><tr><td>It grinds:<pre>{}</pre></td></tr></table>"
    assert of_main(table.format(code)) == f"grind\n\nIt grinds:\n\n```\n{code}\n```"
    assert of_main(table.format("grind corn")) == "|  |\n| --- |\n| grind |\n| It grinds: `grind corn` |"


def test_a_table_of_one_column_in_which_a_cell_has_several_blocks_lays_them_out() -> None:
    # Compodoc's of a method.
    rows = "<tr><td><b>grind</b></td></tr><tr><td><div>Grinds <b>corn</b>.</div><div>Returns: flour</div></td></tr>"
    assert of_main(f"<table>{rows}</table>") == "**grind**\n\nGrinds **corn**.\n\nReturns: flour"
    brief = rows.replace("<div>Returns: flour</div>", "")
    assert of_main(f"<table>{brief}</table>") == "|  |\n| --- |\n| **grind** |\n| Grinds **corn**. |"


def test_the_foot_of_a_table_is_last_wherever_it_is_written() -> None:
    rows = "<thead><tr><th>a</thead><tfoot><tr><td>sum</tfoot><tbody><tr><td>one</tbody>"
    assert of_main(f"<table>{rows}</table>") == "| a |\n| --- |\n| one |\n| sum |"


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ("<td></td><td><math display=block alttext='m=2'></math></td><td>(1)</td>", r"$$m=2 \tag{1}$$"),
        ("<td><span class=math>\\(m=2\\)</span></td><td>(A.1)</td>", r"$$m=2 \tag{A.1}$$"),
        ("<td><span class=math>\\(m=2\\)</span></td><td>1</td>", "|  |  |\n| --- | --- |\n| $m=2$ | 1 |"),
        ("<td>m</td><td>(1)</td>", "|  |  |\n| --- | --- |\n| m | (1) |"),
    ],
)
def test_a_table_of_a_formula_and_its_number_is_a_formula(cells: str, text: str) -> None:
    assert of_main(f"<table><tr>{cells}</tr></table>") == text


def test_a_column_without_any_piece_of_a_board_stays() -> None:
    board = "<table><tr><td>X<td><td>O<tr><td>O<td><td>X<tr><td>X<td><td></table>"
    assert of_main(f"<p>{PROSE}</p>{board}").endswith("| X |  | O |\n| O |  | X |\n| X |  |  |")


def test_a_column_without_any_text_is_left_out() -> None:
    rows = [("&nbsp;", "a", "", ":", "text"), ("", "b", " ", "", "word")]
    written = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    assert of_main(f"<table>{written}</table>") == "|  |  |  |\n| --- | --- | --- |\n| a | : | text |\n| b |  | word |"
    # A name says that something is meant, and of one column alone nothing would be a table.
    named = "<tr><th>a</th><th>b</th><th></th></tr><tr><td>1</td><td></td><td></td></tr>"
    assert of_main(f"<table>{named}</table>") == "| a | b |\n| --- | --- |\n| 1 |  |"
    lone = "<tr><th>a</th><th></th></tr><tr><td>1</td><td></td></tr>"
    assert of_main(f"<table>{lone}</table>") == "| a |  |\n| --- | --- |\n| 1 |  |"


def test_a_picture_that_a_script_has_yet_to_show_says_nothing_in_a_cell() -> None:
    # What folds the rows of Sphinx' index of modules; others fade in once they are loaded.
    row = "<table><tr><th>Sign<th>Module<tr><td><img src=minus.png alt=- style='{}'><td>mill</table>"
    assert of_main(row.format("display: none")).splitlines()[-1] == "|  | mill |"
    for style in ("", "opacity:0"):
        assert of_main(row.format(style)).splitlines()[-1] == "| ![-](https://docs.example/guide/minus.png) | mill |"


def test_a_cell_is_not_named_by_a_tool_in_it() -> None:
    tool = "<div class=fsdocs-source-link title='Copy signature'><img src=/c.png></div>"
    row = f"<tr><td>x<td>{tool}<tr><td>y<td>{tool}<p>It turns.</p>"
    assert of_main(f"<table><tr><th>A<th>B{row}</table>").endswith("| x |  |\n| y | It turns. |")


def test_code_beside_which_a_table_has_only_an_icon_keeps_its_lines() -> None:
    icon = "<td><p><a href=/source><img src=/i.png alt=Source></a></p>"
    table = f"<table><tr><td><pre>if x:\n  y()</pre>{icon}</table>"
    assert of_main(table).startswith("```\nif x:\n  y()\n```\n")
    assert of_main(table.replace(icon, "<td>It turns.")).startswith("|  |  |\n")
