from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main
from tests.support.growth import assert_linear

HEAD, ROW = "<tr><th>Name</th><th>Type</th></tr>", "<tr><td>{}</td><td>{}</td></tr>"
ID, CODE = ROW.format("id", "int"), ROW.format("<pre>id</pre>", "int")
DATA = "| Name | Type |\n| --- | --- |\n| id | int |"
NO_HEAD = "|  |  |\n| --- | --- |\n"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<table class='striped highlight'><thead>{HEAD}</thead>{ID}</table>", DATA),
        (f"<div class=highlight><p>Mind:</p><table>{HEAD}{ID}</table></div>", f"Mind:\n\n{DATA}"),
        (f"<section class=sourcecode><table>{HEAD}{CODE}</table></section>", DATA.replace("id", "`id`")),
        (f"<table>{ROW.format(1, 'Open')}{ROW.format(2, 'Close')}</table>", f"{NO_HEAD}| 1 | Open |\n| 2 | Close |"),
        (f"<table>{ROW.format(1, '<pre>a</pre>') * 2}</table>", f"{NO_HEAD}| 1 | `a` |\n| 1 | `a` |"),
        (f"<table>{ROW.format(1, '<pre>a</pre>')}</table>", f"{NO_HEAD}| 1 | `a` |"),
        (f"<table>{ROW.format('8 20', '<pre>a</pre>')}</table>", f"{NO_HEAD}| 8 20 | `a` |"),
        (f"<table>{ROW.format('1 2 3', 'Steps')}</table>", f"{NO_HEAD}| 1 2 3 | Steps |"),
        (f"<table>{ROW.format('1' * 4301, '<pre>a</pre>')}</table>", f"{NO_HEAD}| {'1' * 4301} | `a` |"),
    ],
)
def test_a_table_of_data_is_no_code_whatever_it_is_called(html: str, text: str) -> None:
    assert of_main(html) == text


LINE = "<div class='line number{0} index0'>{1}</div>"
TOKENS = "<code class='js keyword'>a</code> <code class='js plain'>b</code>"


@pytest.mark.parametrize(
    "table",
    [
        "<table class=source_code><tr><td><pre>\n10\n11</pre></td><td><pre class=code>a b\nc</pre></td></tr></table>",
        "<table><tr><td>1<br>2</td><td><pre>a b\nc</pre></td></tr></table>",
        (
            "<table class=pre><tr><td class=lines><pre><span class=l>1: </span>\n<span class=l>2: </span>\n</pre></td>"
            "<td class=snippet><pre class=fssnip>a b\nc</pre></td></tr></table>"
        ),
        "<table><tr><td><pre><a href=#1>1</a>\n<a href=#2>2</a></pre></td><td><p><pre>a b\nc</pre></td></tr></table>",
        (
            f"<div class=syntaxhighlighter><table><tr><td class=gutter>{LINE.format(1, 1)}{LINE.format(2, 2)}</td>"
            f"<td><div class=container>{LINE.format(1, TOKENS)}{LINE.format(2, 'c')}</div></td></tr></table></div>"
        ),
        (
            "<table class=crayon-table><tr><td class=crayon-nums><div>1</div><div>2</div></td>"
            "<td><div class=crayon-line>a b</div><div class=crayon-line>c</div></td></tr></table>"
        ),
        (
            "<table class=highlight><tr><td class=blob-num data-line-number=1></td><td>a b</td></tr>"
            "<tr><td class=blob-num data-line-number=2></td><td>c</td></tr></table>"
        ),
        (
            "<table><tr><td class=num><span data-line-number=1></span></td><td><code>a b</code></td></tr>"
            "<tr><td class=num><span data-line-number=2></span></td><td><code>c</code></td></tr></table>"
        ),
        (
            "<table><tr><td>1</td><td><div class=line>a b</div></td></tr>"
            "<tr><td>2</td><td><div class=line>c</div></td></tr></table>"
        ),
        "<table><tr><td><pre>a b\nc</pre></td></tr></table>",
    ],
)
def test_numbers_beside_code_are_those_of_its_lines(table: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{table}") == f"{PROSE}\n\n```\na b\nc\n```"


def test_a_line_of_tokens_is_one_line() -> None:
    line = f"<table><tr><td>{LINE.format(1, 1)}</td><td><div>{LINE.format(1, TOKENS)}</div></td></tr></table>"
    assert of_main(f"<div class=syntaxhighlighter>{line}</div>") == "```\na b\n```"


def test_the_name_of_a_file_above_the_code_is_kept() -> None:
    name = "<caption>List 1</caption><tr><th colspan=2 class=filename>x.py</th></tr>"
    code = "<tr><td class=linenos><pre>1</pre></td><td><pre><code class=language-py>a</code></pre></td></tr>"
    assert of_main(f"<table class=highlighttable>{name}{code}</table>") == "List 1\n\nx.py\n\n```py\na\n```"


@pytest.mark.slow
def test_a_row_of_thousands_of_cells_in_code_is_read_in_linear_time() -> None:
    assert_linear(lambda cells: of_main(f"<pre><table><tr>{'<td>1</td>' * cells}</tr></table></pre>"), 20_000)
    assert_linear(lambda n: of_main(f"<table><tr><td>{'1 ' * n}</td><td><pre>a</pre></td></tr></table>"), 100_000)
