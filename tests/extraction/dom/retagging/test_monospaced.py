from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown
from tests.support.growth import assert_linear


def test_what_the_styles_of_a_page_write_in_a_font_for_code_is_code_where_its_spaces_are_kept() -> None:
    style = '<style>H4.a {color: red}\n DIV.Ex {font-family: "Courier New", monospace; margin-left: 4em}</style>'
    first = (
        "<div class=Ex>I,&nbsp;J&nbsp;:&nbsp;Integer<BR>\nK&nbsp;&nbsp;&nbsp;&nbsp;:&nbsp;<B>range</B>\n&nbsp;1</div>"
    )
    text = f"<p>{PROSE}</p>{first}<div class=Ex>Next;</div><div class=Text>A&nbsp;&nbsp;b</div>"
    code = "```\nI, J : Integer\nK    : range 1\n```\n\n```\nNext;\n```"
    assert markdown(f"{style}<main>{text}</main>") == f"{PROSE}\n\n{code}\n\nA b\n"
    assert "```" not in markdown(f"<main>{text}</main>")
    prose = "<div class=Ex>\n      I, J of all\n      the numbers<BR>\n      K of <B>others</B>\n    </div>"
    assert "```" not in markdown(f"{style}<main>{text.replace(first, prose)}</main>")
    deeper = first.replace("</div>", "<BR>\n&nbsp;&nbsp;L</div>")
    assert "range 1\n  L\n```" in markdown(f"{style}<main>{text.replace(first, deeper)}</main>")
    inner = text.replace("Next;", "<p>Next;</p>")
    assert markdown(f"{style}<main>{inner}</main>") == f"{PROSE}\n\n{code}\n\nA b\n".replace("```\nNext;\n```", "Next;")
    menu = "<div class=Ex><a href=/a>A</a>&nbsp;&nbsp;<a href=/b>B</a></div>"
    assert "```" not in markdown(f"{style}<main><p>{PROSE}</p>{menu}</main>")
    lower = f"{style.replace('.Ex', '.a')}<style>.Ex {{font-family: courier}}</style>"
    assert "```" in markdown(f"{lower}<main>{text}</main>")


def test_prose_in_a_font_for_code_is_none() -> None:
    style = "<style>.t{font-family:'Courier New'}</style>"
    twice = "<p class=t>It grinds.&nbsp; It has <a href=/s>stones</a>.  And sails!&nbsp; That is all.</p>"
    assert markdown(f"{style}<main><p>{PROSE}</p>{twice}</main>").startswith(f"{PROSE}\n\nIt grinds. It has [stones](")
    indented = f"<p class=t>{PROSE} {PROSE} {PROSE}</p><p class=t>&nbsp;&nbsp;&nbsp;Then it turns.</p>"
    assert "```" not in markdown(f"{style}<main><p>{PROSE}</p>{indented}</main>")


@pytest.mark.slow
@pytest.mark.parametrize(("begin", "part"), [("", ".a{font:"), (".a{", "font:"), ("", ".a"), ("monospace", ".a {x")])
def test_a_style_with_a_font_for_code_takes_linear_time(begin: str, part: str) -> None:
    page = f"</style><main><p class=a>{PROSE}</p></main>"
    assert_linear(lambda parts: markdown(f"<style>monospace{begin}{part * parts}{page}"), 30_000)
