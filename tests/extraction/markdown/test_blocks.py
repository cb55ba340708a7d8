from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

BLOCKS = {
    "a list in an item": ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
    "a list beside its item": ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"),
    "an item of two paragraphs": ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c"),
    "a quotation's footer": (
        "<blockquote><p>No wheel.</p><footer>— A. Miller</footer></blockquote>",
        "> No wheel.\n>\n> — A. Miller",
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


def test_a_synopsis_of_mandoc_is_no_table_and_its_head_no_content() -> None:
    head = "<div class=head role=doc-pageheader><span>LS(1)</span> <span>General Commands Manual</span></div>"
    synopsis = "<table class=Nm><tr><td><code class=Nm>ls</code></td><td>[<code class=Fl>-a</code>]</td></tr></table>"
    page = f"{head}<div class=manual-text><h2>SYNOPSIS</h2>{synopsis}<p class=Pp>{PROSE}</p></div>"
    assert markdown(page) == f"## SYNOPSIS\n\n`ls` [`-a`]\n\n{PROSE}\n"


@pytest.mark.slow
def test_drawings_in_one_another_are_read_in_linear_time() -> None:
    def read(start: str, image: str, end: str) -> Callable[[int], str]:
        return lambda depth: of_main(start * depth + "<br>" * 40 * depth + image + end * depth)

    assert_linear(read("<div role=img>", "<img src=/a.png>", "</div>"), 480)
    assert_linear(read("<noscript>", "<img src=/a.png alt=A>", "</noscript>"), 480)


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


@pytest.mark.slow
def test_an_item_that_no_list_is_around_is_one() -> None:
    assert of_main("<p>x</p><div><li>One</li> <li>Two <b>of</b> them<li>Three</div><p>y</p>") == (
        "x\n\n- One\n- Two **of** them\n- Three\n\ny"
    )
    assert of_main("<ul><p><li>One</li></p></ul>") == "- One"
    assert_linear(lambda items: of_main("<li>x</li>" * items), 10_000)


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


@pytest.mark.slow
def test_many_styles_that_keep_lines_in_each_other_are_read_in_linear_time() -> None:
    def read(parts: int) -> None:
        inner = "x\n" * 10 * parts + "<span style='white-space:pre'>y\nz</span>" * parts
        markdown("<div style='white-space:pre'>" * (parts // 25) + inner)

    assert_linear(read, 5_000)


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
        ("<ul><li>Run it<li>Last updated</ul><p>2024-01-02</p>", "- Run it\n- Last updated\n\n2024-01-02"),
    ],
)
def test_what_is_more_than_a_label_and_the_date_of_an_update_stays(html: str, text: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\n{text}"


def test_the_dates_of_a_history_stay_and_one_among_facts_goes() -> None:
    drafts = "<li>Draft: 2004-09-08</li><li>Revised: <a href=/2>2004-09-22</a></li><li>Revised: 2004-11-08</li>"
    written = "- Draft: 2004-09-08\n- Revised: [2004-09-22](https://docs.example/2)\n- Revised: 2004-11-08"
    assert of_main(f"<p>{PROSE}</p><ul>{drafts}</ul>") == f"{PROSE}\n\n{written}"
    changes = "<li><p>Updated 2024-05-01</p><p>A new gear.</p><li>Updated 2024-06-01<ul><li>Oil.</ul>"
    written = "- Updated 2024-05-01\n\n  A new gear.\n\n- Updated 2024-06-01\n  - Oil."
    assert of_main(f"<p>{PROSE}</p><ul>{changes}</ul>") == f"{PROSE}\n\n{written}"
    facts = "<li>Kind: mill</li><li>Revised: 2004-11-08</li>"
    assert of_main(f"<p>{PROSE}</p><ul>{facts}</ul>") == f"{PROSE}\n\n- Kind: mill"


def test_the_signature_that_is_an_item_is_code() -> None:
    typedoc = "<li class=tsd-signature>turn<span>(</span>by<span>: </span>number<span>)</span><span>: </span>void</li>"
    assert of_main(f"<ul>{typedoc}<li><p>Turns it.</p></li></ul>") == "- `turn(by: number): void`\n- Turns it."


@pytest.mark.slow
def test_a_long_history_whose_dates_have_lists_below_them_takes_linear_time() -> None:
    entry = "<li>Updated 2024-05-06<ul><li>x</ul>"
    assert_linear(lambda entries: of_main(f"<p>{PROSE}</p><ul>{entry * entries}</ul>"), 4_000)


def test_a_block_between_the_items_of_a_list_goes_on_the_one_before_it() -> None:
    steps = "<ol><li>Do this:</li><pre>turn</pre><li>Then</li><p>Wait.</p><p>Look.</p><li>Stop</li></ol>"
    assert of_main(steps) == "1. Do this:\n\n   ```\n   turn\n   ```\n2. Then\n\n   Wait.\n\n   Look.\n3. Stop"
    assert of_main("<ul><li>Do:</li><pre>turn</pre><li>Then</li></ul>") == "- Do:\n\n  ```\n  turn\n  ```\n- Then"
    shown = "<ol><li>Turn</li><img src=/a.png alt=Mill> at once<li>Stop</li></ol>"
    assert of_main(shown) == "1. Turn\n\n   ![Mill](https://docs.example/a.png) at once\n\n2. Stop"
    # What is around an item is one, and a heading is about the next ones.
    assert of_main("<ul><li>A</li><a href=/b><li>B</li></a></ul>") == "- A\n- [B](https://docs.example/b)"
    assert of_main("<ul><li>A</li><h4>More</h4><li>B</li></ul>") == "- A\n- #### More\n- B"
    assert of_main("<ul><p>A</p><p>B</p></ul>") == "- A\n- B"
