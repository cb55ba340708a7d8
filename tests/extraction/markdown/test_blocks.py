from __future__ import annotations

from time import process_time

import pytest
from tests.extraction.reading import PROSE, markdown, of_main

BLOCKS = {
    "a list that starts at 4": ("<ol start=4><li>d<li value=7>g<li>h</ol>", "4. d\n7. g\n8. h"),
    "text that is in no item": ("<ol>\n a new set\n </ol>", "- a new set"),
    "text beside items": ("<ul>Bare <b>x</b><li>one</li>tail</ul>", "- Bare **x**\n\n- one\n- tail"),
    "letters for numbers": (
        "<ol type=a start=2><li>x<ol type=I><li>y<p>z</p></ol><li>w</ol>",
        "- b. x\n  - I. y\n\n    z\n\n- c. w",
    ),
    "a term that begins and ends with emphasis": (
        "<dl><dt><i>x</i> <i>a</i>.<i>b</i><dd>Def<dt><i>y</i><dd>Other</dl>",
        "- **x a.b**: Def\n- ***y***: Other",
    ),
    "a letter before a block behind an anchor": (
        "<ol type=a><li><a id=x></a><pre>x</pre></li><li><p></p><table><tr><th>a<tr><td>b</table></ol>",
        "- a.\n\n  ```\n  x\n  ```\n\n- b.\n\n  | a |\n  | --- |\n  | b |",
    ),
    "a letter before a list": ("<ol type=a><li><a id=q></a><ol type=i><li>x</ol></ol>", "- a.\n\n  - i. x"),
    "a letter before text in blocks": ("<ol type=a><li><section><div></div>x</section></ol>", "- a. x"),
    "letters of items without text": ("<ol type=a><li></li><li><div></div></li><li>x</ol>", "- c. x"),
    "a letter before a block": ("<ol type=a><li><pre>x</pre></li><li>b</ol>", "- a.\n\n  ```\n  x\n  ```\n\n- b. b"),
    "letters by a class": ("<ol class='upperalpha simple' start=26><li>x<li>y</ol>", "- Z. x\n- AA. y"),
    "letters by a style": ("<ol style='list-style-type: lower-roman' start=3><li>x<li>y</ol>", "- iii. x\n- iv. y"),
    "a list that counts down": ("<ol reversed><li>c<li>b<li>a</ol>", "3. c\n2. b\n1. a"),
    "numbers below zero": ("<ol start=-1><li>a<li>b<li>c</ol>", "- -1. a\n- 0. b\n- 1. c"),
    "a list that counts down below zero": ("<ol reversed start=0><li>a<li>b</ol>", "0. a\n- -1. b"),
    "tasks by their role": (
        "<ul><li><span role=checkbox aria-checked=true></span>a<li><span role=checkbox></span>b</ul>",
        "- [x] a\n- [ ] b",
    ),
    "tasks of asciidoctor": (
        "<ul><li><p><i class='fa fa-check-square-o'></i> a</p><li><p><i class='fa fa-square-o'></i> b</ul>",
        "- [x] a\n- [ ] b",
    ),
    "tasks of confluence": (
        "<ul class=inline-task-list><li class=checked><span>a</span><li><span>b</span></ul>",
        "- [x] a\n- [ ] b",
    ),
    "a list in an item": ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
    "a list beside its item": ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"),
    "an item of two paragraphs": ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c"),
    "numbers in a quotation": ("<blockquote><ol><li>a<li>b</ol></blockquote>", "> 1. a\n> 2. b"),
    "a quotation's footer": (
        "<blockquote><p>No wheel.</p><footer>— A. Miller</footer></blockquote>",
        "> No wheel.\n>\n> — A. Miller",
    ),
    "terms": (
        "<dl><dt>a</dt><dd>one</dd><dt>b</dt><dt>c</dt><dd><p>two</p></dd></dl>",
        "- **a**: one\n- **b**\n- **c**: two",
    ),
    "a term of several definitions": (
        "<dl><dt>Parameters:</dt><dd>a</dd><dd>b</dd></dl>",
        "- **Parameters:**\n  - a\n  - b",
    ),
    "a long definition": (
        "<dl><dt><code>-x</code></dt><dd><p>a</p><pre>b</pre></dd><dt>y</dt><dd>z</dd></dl>",
        "- `-x`\n\n  a\n\n  ```\n  b\n  ```\n\n- **y**: z",
    ),
    "terms with classifiers of docutils": (
        (
            "<dl><dt><strong>arr</strong><span class=classifier>array_like</span></dt><dd><p>a</p></dd>"
            "<dt><b>n</b> <span class=classifier>int</span><span class=classifier>optional</span></dt><dd>b</dd>"
            "<dt>m<span class=classifier-delimiter>:</span> <span class=classifier>int</span></dt><dd>c</dd>"
            "<dt><span class=classifier>bool</span></dt><dd>d</dd></dl>"
        ),
        "- **arr : array_like**: a\n- **n : int : optional**: b\n- **m: int**: c\n- **bool**: d",
    ),
    "a list without a definition that is marked": (
        "<dl>one <b>two</b></dl><dl><dt>a</dt>one <b>two</b><script>x</script><dt>b</dt><dd>three</dd> four </dl>",
        "one **two**\n\n- **a**: one **two**\n- **b**\n  - three\n  - four",
    ),
    "a signature": ("<dl><dt class='sig sig-object'>f(<em>*a</em>)</dt><dd><p>x</p></dd></dl>", "`f(*a)`\n\nx"),
    "a signature that is a block of code": (
        "<dl><dt><pre>f(a)\n  b</pre></dt><dd>x</dd></dl>",
        "```\nf(a)\n  b\n```\n\nx",
    ),
    "a list in a definition": (
        "<dl><dt>a</dt><dd><ul><li>b<li>c</ul></dd></dl>",
        "- **a**\n\n  - b\n  - c",
    ),
    "a card": ("<a href=/x><h3>Title</h3><p>Text</p></a>", "### [Title](https://docs.example/x)\n\nText"),
    "text beside blocks": ("a<div>b</div>c<p>d</p>", "a\n\nb\n\nc\n\nd"),
    "line breaks": ("<p>a<br>b<br><br>c</p>", "a\nb\nc"),
    "a rule": ("<p>a</p><hr><p>b</p><hr>", "a\n\n---\n\nb"),
    "details": ("<details><summary>More</summary>Folded.</details>", "More\n\nFolded."),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_keep_their_order_and_place(name: str) -> None:
    html, text = BLOCKS[name]
    assert of_main(html) == text


@pytest.mark.parametrize(
    "line", ["# a", "> a", "- a", "+ a", "* a", "1. a", "2) a", "~~~", "---", "===", "***", "| --- |"]
)
def test_a_text_begins_no_other_block(line: str) -> None:
    written = of_main(f"<p>{PROSE}<br>{line}</p>").split("\n")[1]
    assert written != line
    assert written.replace("\\", "") == line


def test_a_title_outside_the_main_element_comes_first() -> None:
    page = f"<body><h1>Title</h1><nav>x</nav><div class=sl-markdown-content><h2>A</h2><p>{PROSE}</p></div>"
    assert markdown(page) == f"# Title\n\n## A\n\n{PROSE}\n"


def test_a_declaration_in_the_cells_of_doxygens_tables_is_one_line() -> None:
    head = "<tr class=heading><td colspan=2><h2>Members</h2></td></tr>"
    row = "<tr class=memitem:a1><td>const int&#160;</td><td><a href=/f>f</a> (int a)</td></tr>"
    text = of_main(f"<table>{head}{row}<tr><td></td><td>Says.</td></tr></table>")
    assert text == "## Members\n\nconst int [f](https://docs.example/f) (int a)\n\nSays."


def test_asterisks_in_bold_type_are_no_thematic_break() -> None:
    assert of_main("<dl><dt>*</dt><dd><p>a</p><p>b</p></dd></dl>") == "- **\\***\n\n  a\n\n  b"


def test_a_synopsis_of_mandoc_is_no_table_and_its_head_no_content() -> None:
    head = "<div class=head role=doc-pageheader><span>LS(1)</span> <span>General Commands Manual</span></div>"
    synopsis = "<table class=Nm><tr><td><code class=Nm>ls</code></td><td>[<code class=Fl>-a</code>]</td></tr></table>"
    page = f"{head}<div class=manual-text><h2>SYNOPSIS</h2>{synopsis}<p class=Pp>{PROSE}</p></div>"
    assert markdown(page) == f"## SYNOPSIS\n\n`ls` [`-a`]\n\n{PROSE}\n"


@pytest.mark.slow
def test_drawings_in_one_another_are_read_in_linear_time() -> None:
    of_main(("<div role=img>" * 480 + "<br>" * 20_000 + "<img src=/a.png>" + "</div>" * 480) * 5)
    of_main(("<noscript>" * 480 + "<br>" * 20_000 + "<img src=/a.png alt=A>" + "</noscript>" * 480) * 5)


def test_a_table_with_the_class_of_a_synopsis_stays_one() -> None:
    table = "<table class=nm><tr><th>Value<th>Unit<tr><td>1<td>2</table>"
    assert "| 1 | 2 |" in of_main(f"<p>{PROSE}</p>{table}")


def test_two_rules_with_nothing_between_are_one() -> None:
    rules = "<hr><nav><a href=a>A</a></nav><hr>"
    assert of_main(f"<p>{PROSE}</p>{rules}<p>More.</p><hr>") == f"{PROSE}\n\n---\n\nMore."
    assert of_main(f"<p>{PROSE}</p><blockquote>{rules}A.</blockquote><hr>B.").endswith("> ---\n>\n> A.\n\n---\n\nB.")
    assert of_main(f"<p>{PROSE}</p><pre>---</pre><hr>B.").endswith("```\n---\n```\n\n---\n\nB.")


def test_the_list_that_lays_out_a_page_of_docco_is_none() -> None:
    title = "<li id=title><div class=annotation><h1>mill.js</h1></div></li>"
    code = "<div class=content><div class=highlight><pre>grind();</pre></div></div>"
    section = f"<li id=section-1><div class=annotation><p>{PROSE}</p></div>{code}</li>"
    page = f"<body><div id=container><div id=background></div><ul class=sections>{title}{section}</ul></div>"
    assert markdown(page) == f"# mill.js\n\n{PROSE}\n\n```\ngrind();\n```\n"
    assert of_main("<h1>T</h1><ul class=sections><li>One<li>Two</ul>") == "# T\n\n- One\n- Two"


def test_a_description_list_without_terms_and_descriptions_is_a_text() -> None:
    # Nim's of what a module imports.
    links = "<a href=a.html>a</a>, <a href=b.html>b</a>"
    text = "[a](https://docs.example/guide/a.html), [b](https://docs.example/guide/b.html)"
    assert of_main(f"<h1>T</h1><dl class=item>{links}</dl>") == f"# T\n\n{text}"


def test_an_item_that_no_list_is_around_is_one() -> None:
    assert of_main("<p>x</p><div><li>One</li> <li>Two <b>of</b> them<li>Three</div><p>y</p>") == (
        "x\n\n- One\n- Two **of** them\n- Three\n\ny"
    )
    assert of_main("<ul><p><li>One</li></p></ul>") == "- One"
    begin = process_time()
    of_main("<li>x</li>" * 20_000)
    assert process_time() - begin < 5


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<del><p>Old.</p><p>Older.</p></del><p>New.</p>", "~~Old.~~\n\n~~Older.~~\n\nNew."),
        ("<s><ul><li>One<li><b>Two</b></ul></s>", "- ~~One~~\n- ~~**Two**~~"),
        ("<ul><li><strike><p>One</p></strike><li>Two</ul>", "- ~~One~~\n- Two"),
        ("<del><div><del><p>Old.</p></del></div></del>", "~~Old.~~"),
        ("<del><h2>Old</h2><p>Old.</p></del>", "## ~~Old~~\n\n~~Old.~~"),
        (
            "<del><table><tr><th>A<th>B<tr><td>1<td><b>2</b></table></del>",
            "| ~~A~~ | ~~B~~ |\n| --- | --- |\n| ~~1~~ | ~~**2**~~ |",
        ),
        ("<del><dl><dt>A<dd>One</dl></del>", "- **~~A~~**: ~~One~~"),
        ("<del><pre>old()</pre></del>", "```\nold()\n```"),
        ("<p>Pay <span style='text-decoration:line-through'>5</span> 6.</p>", "Pay ~~5~~ 6."),
        ("<p>Pay <font style='TEXT-DECORATION-LINE: underline line-through'>5</font> 6.</p>", "Pay ~~5~~ 6."),
        ("<p style='text-decoration:line-through'>Old <b>one</b>.</p>", "~~Old **one**.~~"),
        ("<ul><li style='text-decoration:line-through'>Done<li>Open</ul>", "- ~~Done~~\n- Open"),
        ("<ul><li style='text-decoration:line-through'><p>Done</p><li>Open</ul>", "- ~~Done~~\n- Open"),
        (
            "<table><tr><th>A<th>B<tr style='text-decoration:line-through'><td>a<td><p>b</p><tr><td>c<td>d</table>",
            "| A | B |\n| --- | --- |\n| ~~a~~ | ~~b~~ |\n| c | d |",
        ),
        ("<div style='text-decoration:line-through'><p>Old.</p><p>Older.</p></div>", "~~Old.~~\n\n~~Older.~~"),
        ("<p>Pay <span style='text-decoration:none'>5</span> 6.</p>", "Pay 5 6."),
    ],
)
def test_what_is_struck_out_is_so_in_blocks_and_by_its_style(html: str, text: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\n{text}"


def test_the_colon_behind_a_field_is_written_whether_docutils_writes_it_or_a_style_does() -> None:
    field = "<dl class='field-list simple'><dt>Parameters{}</dt><dd>{}</dd></dl>"
    for colon in ("", "<span class=colon>:</span>"):
        assert of_main(field.format(colon, "<ul><li>a</li><li>b</li></ul>")) == "- **Parameters:**\n\n  - a\n  - b"
        assert of_main(field.format(colon, "<p>a</p>")) == "- **Parameters:** a"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p style='white-space: pre-line'>\nOne,\n  two,\nthree.\n</p>", "One,\ntwo,\nthree."),
        ("<address style='white-space: pre-line'>Mill Lane 3\nAmbridge</address>", "Mill Lane 3\nAmbridge"),
        ("<dl><dt>One<dd style='white-space: pre-line'>two,\nthree.</dl>", "- **One**\n  - two,\n    three."),
        ("<div style='white-space:pre-wrap'>One <b>two\nthree</b></div>", "One **two\nthree**"),
        ("<div style='white-space:pre-wrap'>\n<p>One\ntwo</p>\n<p>three</p>\n</div>", "One\ntwo\n\nthree"),
        ("<p>One <span style='white-space:pre-wrap'>two</span>\nthree</p>", "One two three"),
        ("<p style='white-space:nowrap'>One\ntwo</p>", "One two"),
        ("<div style='white-space:pre-wrap'><pre>one\n  two</pre></div>", "```\none\n  two\n```"),
        ("<div style='white-space:pre-wrap'><p>Run <code>a\nb</code></p></div>", "Run `a b`"),
    ],
)
def test_lines_that_a_style_keeps_end_where_they_do(html: str, text: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\n{text}"


def test_many_styles_that_keep_lines_in_each_other_are_read_in_linear_time() -> None:
    begin = process_time()
    inner = "x\n" * 100_000 + "<span style='white-space:pre'>y\nz</span>" * 9999
    markdown("<div style='white-space:pre'>" * 200 + inner)
    assert process_time() - begin < 5


def test_texts_in_the_boxes_of_a_description_list_stay() -> None:
    said = "<div>Works <b>with</b>:</div>"
    groups = "<div><dt>Dart</dt> or <dd>since 1</dd></div><div><dt>Lib</dt><dd>no</dd></div>"
    dart = "- **Dart**\n  - or\n  - since 1\n- **Lib**"
    assert of_main(f"<dl>{said}{groups}</dl>") == f"Works **with**:\n\n{dart}: no"
    assert of_main(f"<dl>{groups}{said}</dl>") == f"{dart}\n  - no\n  - Works **with**:"


@pytest.mark.parametrize("around", ["<p><strong>Version:</strong> {}</p>", "<label>Version: {}</label>"])
def test_what_stands_before_a_choice_goes_with_it(around: str) -> None:
    choice = "<select><option>1.0</option><option>2.0</option></select>"
    assert of_main(f"<h1>T</h1>{around.format(choice)}<p>{PROSE}</p>") == f"# T\n\n{PROSE}"
    assert "Version:" in of_main(f"<h1>T</h1>{around.format('<b>1.0</b>')}<p>{PROSE}</p>")
    assert of_main(f"<h1>T</h1><p>{PROSE} It offers: {choice}</p>").endswith("It offers:")


@pytest.mark.parametrize(
    "date",
    [
        "<div><div>Last updated</div><div>{}</div></div>",
        "<p><b>Last modified:</b></p><p>{}</p>",
        "<dl><dt>Last updated</dt><dd>{}</dd></dl>",
        "<dl><dt>Last updated:<dd><p>{}</p></dl>",
    ],
)
def test_the_date_of_an_update_goes_with_what_names_it_in_a_block_of_its_own(date: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{date.format('Jan 2, 2024')}<p>The end.</p>") == f"{PROSE}\n\nThe end."


def test_the_date_of_an_update_may_be_all_of_a_page() -> None:
    assert of_main("<p>Last updated</p><p>2024-01-02</p>" * 2) == ""
    assert of_main("<p>Last updated</p><p>2024-01-02</p><p>2024-01-03</p>") == "2024-01-03"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Updated</p><p>2024-01-02</p>", "Updated\n\n2024-01-02"),
        ("<p>Released</p><p>2024-01-02</p>", "Released\n\n2024-01-02"),
        ("<dl><dt>Reads:<dd>1,234</dl>", "- **Reads:** 1,234"),
        (
            "<dl><dt>Last updated<dd>2024-01-02 in <a href=/b>b</a></dl>",
            "- **Last updated**: 2024-01-02 in [b](https://docs.example/b)",
        ),
        ("<ul><li>Last updated<li>2024-01-02</ul>", "- Last updated\n- 2024-01-02"),
    ],
)
def test_what_is_more_than_a_label_and_the_date_of_an_update_stays(html: str, text: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\n{text}"
