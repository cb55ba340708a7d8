from __future__ import annotations

from tests.extraction.reading import PROSE, of_main


def _read(html: str) -> str:
    return of_main(f"<p>{PROSE}</p>{html}").removeprefix(f"{PROSE}\n\n")


def test_a_formula_with_its_number_is_no_table() -> None:
    formula = "<math class=ltx_Math alttext='x=y' display=block><mi>x</mi><mo>=</mo><mi>y</mi></math>"
    cells = f"<td class=ltx_eqn_cell></td><td>{formula}</td><td><span class=ltx_tag>(1)</span></td>"
    assert (
        _read(f"<table class='ltx_equation ltx_eqn_table'><tbody><tr>{cells}</tr></tbody></table>")
        == r"$$x=y \tag{1}$$"
    )
    assert _read("<table class=ltx_tabular><tr><th>Tick</th></tr><tr><td>1</td></tr></table>").startswith("| Tick |")


def test_a_note_stands_in_brackets_without_its_marks() -> None:
    mark = "<sup class=ltx_note_mark>1</sup>"
    content = f"<span class=ltx_note_content>{mark}<span class=ltx_tag_note>1</span>From zero.</span>"
    note = f"<span class=ltx_note>{mark}<span class=ltx_note_outer>{content}</span></span>"
    assert _read(f"<p>Count the ticks{note} of it.</p>") == "Count the ticks (From zero.) of it."


def test_a_listing_is_code() -> None:
    lines = "".join(
        f"<div class=ltx_listingline><span class='ltx_tag ltx_tag_listingline'>{at}</span><span>{line}</span></div>"
        for at, line in enumerate(["for i in x:", "  tick(i)"], 1)
    )
    data = "<div class=ltx_listing_data><a href='data:text/plain;base64,eA=='>\u2b07</a></div>"
    listing = f"<div class='ltx_listing ltx_lstlisting ltx_lst_language_Python'>{data}{lines}</div>"
    assert _read(listing) == "```Python\nfor i in x:\n  tick(i)\n```"


def test_what_a_list_draws_by_itself_is_left_out() -> None:
    def item(tag: str) -> str:
        return f"<li class=ltx_item><span class='ltx_tag ltx_tag_item'>{tag}</span><div><p>Grain</p></div></li>"

    assert _read(f"<ul>{item(chr(0x2022))}</ul>") == "- Grain"
    assert _read(f"<ol>{item('1.')}</ol>") == "1. Grain"
    assert "(a)" in _read(f"<ol>{item('(a)')}</ol>")
    assert _read(f"<ul>{item('1.')}</ul>").startswith("- 1")


def test_a_source_is_apart_from_what_refers_to_it() -> None:
    source = "<span class=ltx_tag>Moor (2020)</span><span class=ltx_bibblock>Anna Moor.</span>"
    assert _read(f"<ul><li class=ltx_bibitem>{source}</li></ul>") == "- Moor (2020) Anna Moor."
