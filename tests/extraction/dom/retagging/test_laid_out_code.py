from __future__ import annotations

from tests.extraction.reading import PROSE, markdown


def test_the_tables_in_which_scribble_has_code_and_signatures_are_code() -> None:
    space = "<span class=hspace>&nbsp;&nbsp;</span>"
    rows = f"<tr><td>(<b>define</b> x</td></tr><tr><td>{space}1)</td></tr><tr><td><p>#t</p></td></tr>"
    code = f"<blockquote class=SCodeFlow><table class=RktBlk><tbody>{rows}</tbody></table></blockquote>"
    signature = (
        "<table class='boxed RBoxed'><tr><td><div>procedure</div><p>(turn <a href=s>x</a>)</p></td></tr></table>"
    )
    page = f"<main><h1>T</h1><p>{PROSE}</p>{signature}{code}</main>"
    assert markdown(page) == f"# T\n\n{PROSE}\n\n```\nprocedure (turn x)\n```\n\n```\n(define x\n  1)\n#t\n```\n"


def test_a_grammar_of_scribble_is_code() -> None:
    space, inner = "<td><span class=hspace>&nbsp;</span></td>", "<tr><td>row</td></tr><tr><td>&nbsp;last</td></tr>"
    rows = [("clause", "=", "[id expr]"), ("&nbsp;", "|", f"<table class=RktBlk>{inner}</table>"), ("do", "=", "x")]
    cells = [space.join(f"<td>{cell}</td>" for cell in row) for row in rows]
    grammar = f"<table class=specgrammar><tbody>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table>"
    code = "```\nclause = [id expr]\n       | row\n          last\n    do = x\n```"
    assert markdown(f"<main><p>{PROSE}</p>{grammar}</main>") == f"{PROSE}\n\n{code}\n"
    # In a box of another table it is one as well.
    boxed = f"<table class=boxed><tr><td>syntax</td></tr><tr><td>{grammar}</td></tr></table>"
    assert markdown(f"<main><p>{PROSE}</p>{boxed}</main>") == f"{PROSE}\n\nsyntax\n\n{code}\n"


def test_the_declarations_of_cppreference_are_code() -> None:
    head = "<tr class=t-dsc-header><td><div>Defined in header <code>&lt;a&gt;</code></div></td><td></td><td></td></tr>"
    code = (
        "<span class='mw-geshi cpp source-cpp'><span class=kw1>template</span>&lt; <b>class</b> T &gt;<br>\n"
        "<b>void</b> f( T a,<br>\n&nbsp; &nbsp; &nbsp; &nbsp; T b );</span>"
    )
    first = f"<tr class=t-dcl><td><div>{code}</div></td><td>(1)</td><td><i>(since C++20)</i></td></tr>"
    second = "<tr class=t-dcl-rev-aux><td></td><td rowspan=2>(2)</td><td></td></tr>"
    second += "<tr class=t-dcl><td><div><span class='mw-geshi cpp source-c'>int n;</span></div></td><td></td></tr>"
    page = f"<main><h1>f</h1><table class=t-dcl-begin><tbody>{head}{first}{second}</tbody></table><p>{PROSE}</p></main>"
    assert markdown(page) == (
        "# f\n\nDefined in header `<a>`\n\n(1) *(since C++20)*\n\n"
        "```cpp\ntemplate< class T >\nvoid f( T a,\n        T b );\n```\n\n(2)\n\n```c\nint n;\n```\n\n"
        f"{PROSE}\n"
    )


def test_a_table_about_prototypes_is_none_of_natural_docs() -> None:
    table = "<table class=prototype><tr><th>Name<th>Year<tr><td>Mark I<td>1955</table>"
    assert "| Name | Year |" in markdown(f"<main><h1>T</h1><p>{PROSE}</p>{table}</main>")


def test_the_prototypes_of_natural_docs_are_code() -> None:
    first = "<td>int f(</td><td class=PType>const char&nbsp;</td><td>*</td><td class=PParameter>name,</td><td></td>"
    last = "<td></td><td class=PType>int&nbsp;</td><td></td><td class=PParameter>mode</td><td>)</td>"
    inner = f"<table><tr>{first}</tr><tr>{last}</tr></table>"
    old = f"<blockquote><table class=Prototype><tr><td>{inner}</td></tr></table></blockquote>"
    columns = "<tr><td>const char</td><td>*</td><td>name,</td></tr><tr><td>int</td><td></td><td>mode</td></tr>"
    cells = f"<td>int f(</td><td><table class=PParameters>{columns}</table></td><td>)</td>"
    new = f"<div class='NDPrototype WideForm'><div class=PSection><table><tr>{cells}</tr></table></div></div>"
    for prototype in (old, new):
        code = "```\nint f(const char * name,\n      int          mode)\n```"
        assert markdown(f"<main><p>{PROSE}</p>{prototype}</main>") == f"{PROSE}\n\n{code}\n"
    # Scribble calls what it sets a call with so as well.
    space, blank = "<td><span class=hspace>&nbsp;</span></td>", "<td></td>"
    rows = f"<tr><td>(send</td>{space}<td>from</td></tr><tr>{blank}{space}<td>to ...)</td>{space}<td>void?</td></tr>"
    call = "```\n(send from\n      to ...) void?\n```"
    page = f"<main><p>{PROSE}</p><table class='prototype RForeground'>{rows}</table></main>"
    assert markdown(page) == f"{PROSE}\n\n{call}\n"
    plain = "<div class=NDPrototype><div class=PSection>class <b>A</b> : public B</div></div>"
    assert markdown(f"<main><p>{PROSE}</p>{plain}</main>") == f"{PROSE}\n\n```\nclass A : public B\n```\n"
    deep = "<table class=Prototype><tr><td>" * 100 + "x" + "</table>" * 100
    assert "x" in markdown(f"<main><p>{PROSE}</p>{deep}</main>")
