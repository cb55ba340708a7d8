from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown


@pytest.mark.parametrize("kind", ["title", "type"])
def test_lines_of_coqdoc_are_code_and_so_are_its_words_in_a_text(kind: str) -> None:
    keyword = f"<span class=id {kind}=keyword>{{}}</span>"
    name = f"<a href=#a><span class=id {kind}=var>{{}}</span></a>"
    lines = [
        "<span class=comment>(*&nbsp;Mills&nbsp;*)</span><br/>\n\n<br/>\n",
        f"{keyword.format('Fixpoint')} {name.format('turn')} n :=<br/>\n&nbsp;&nbsp;{name.format('n')}.<br/>\n",
    ]
    said = f"<div class=doc>To <span class=inlinecode>{name.format('turn')}</span> it.</div>"
    page = f"<main><h1 class=libtitle>T</h1><p>{PROSE}</p><div class='code tight'>{''.join(lines)}</div>{said}</main>"
    code = "```coq\n(* Mills *)\n\nFixpoint turn n :=\n  n.\n```"
    assert markdown(page) == f"# T\n\n{PROSE}\n\n{code}\n\nTo [`turn`](https://docs.example/guide/page.html#a) it.\n"


def test_a_box_that_is_called_code_is_no_code_of_coqdoc() -> None:
    page = f"<main><p>{PROSE}</p><div class=code><b title=x>One</b><br>two</div></main>"
    assert markdown(page) == f"{PROSE}\n\n**One**\ntwo\n"
    blocks = "<div class=code><p><span class=id title=keyword>Check</span></p></div>"
    assert markdown(f"<main><p>{PROSE}</p>{blocks}</main>") == f"{PROSE}\n\nCheck\n"


def test_what_is_hidden_in_code_of_coqdoc_stays_so() -> None:
    word = "<span class=id title=keyword>Check</span>"
    hidden = "<b hidden>One</b><b style=display:none>Two</b><script>three()</script><style>four{}</style>"
    boxes = f"<div class=code hidden>{word} five</div><div class=code style=display:none>{word} six</div>"
    page = f"<main><p>{PROSE}</p><div class=code>{word} n.{hidden}</div>{boxes}</main>"
    assert markdown(page) == f"{PROSE}\n\n```coq\nCheck n.\n```\n"
