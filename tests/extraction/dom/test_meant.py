from __future__ import annotations

from time import process_time

from tests.extraction.reading import PROSE, markdown

from llmstxt_sched.extraction.generator_selectors import BADGES


def test_the_labels_of_doxygen_are_words_of_their_own() -> None:
    labels = '<span class="mlabels"><span class="mlabel">inline</span><span class="mlabel">static</span></span>'
    page = f"<main><h1>Gate Class{labels}</h1><p>{PROSE}</p><p><code>int n{labels}</code></p></main>"
    assert markdown(page) == f"# Gate Class inline static\n\n{PROSE}\n\n`int n inline static`\n"


def test_the_labels_of_dartdoc_are_words_of_their_own() -> None:
    labels = "<div class=features><span class=feature>final</span><span class=feature>inherited</span></div>"
    assert markdown(f"<main><h1>Gate</h1><p>{PROSE}</p>{labels}</main>").endswith("\n\nfinal inherited\n")


def test_what_a_card_of_starlight_says_of_its_link_is_apart_from_it() -> None:
    card = (
        "<span class='sl-flex stack'><a href=/g><span>Gates</span></a><span class=description>All of them</span></span>"
    )
    page = f"<main><h1>Mill</h1><p>{PROSE}</p><div class=sl-link-card>{card}</div></main>"
    assert markdown(page).endswith("\n\n[Gates](https://docs.example/g) All of them\n")


def test_cards_with_nothing_between_them_are_words_of_their_own() -> None:
    links = "<a href=/a>Gates</a><a href=/b>Valves</a>"
    page = f"<main><p>{PROSE}</p><div class='nextra-cards nx-mt-4'>{links}</div><pre><div>{links}</div></pre></main>"
    cards = "[Gates](https://docs.example/a) [Valves](https://docs.example/b)"
    assert markdown(page) == f"{PROSE}\n\n{cards}\n\n```\nGatesValves\n```\n"


def test_the_lines_of_a_title_of_vitepress_are_words_of_their_own() -> None:
    lines = '<span class="name clip">Gate</span><span class="text">Opens and shuts</span>'
    page = f'<main><h1 class="heading">{lines}</h1><p>{PROSE} <b>{lines}</b></p></main>'
    assert markdown(page) == f"# Gate Opens and shuts\n\n{PROSE} **GateOpens and shuts**\n"


def test_a_block_of_code_of_writerside_keeps_its_lines() -> None:
    code = "\nfun mill() {\n    turn&lt;T&gt;()\n}\n"
    page = f'<main><h1>Mill</h1><div class="code-block" data-lang="kotlin">{code}</div></main>'
    assert markdown(page) == "# Mill\n\n```kotlin\nfun mill() {\n    turn<T>()\n}\n```\n"
    around = f'<main><div class="code-block" data-lang="sh"><p>{PROSE}</p><pre>mill</pre></div></main>'
    assert markdown(around) == f"{PROSE}\n\n```sh\nmill\n```\n"


def test_the_name_of_a_file_beside_its_code_is_no_line_of_it() -> None:
    code = "<div><pre class=language-hcl><div>a = 1</div><div>b = 2</div></pre></div>"
    page = f"<main><p>{PROSE}</p><pre><div><div><b>main.tf</b><button>Copy</button></div>{code}</div></pre></main>"
    assert markdown(page) == f"{PROSE}\n\n**main.tf**\n\n```hcl\na = 1\nb = 2\n```\n"
    numbered = "<main><pre><pre>1\n2</pre><code>a = 1\nb = 2</code></pre></main>"
    assert "```\n" in markdown(numbered)


def test_lists_that_lay_out_a_page_of_javadoc_are_none() -> None:
    inner = f"<ul class=blockList><li class=blockList><h4>turn</h4><p>{PROSE}</p></li></ul>"
    page = (
        f"<main><ul class=blockList><li class=blockList><h3>Method Detail</h3>{inner}</li></ul><ul><li>One</ul></main>"
    )
    assert markdown(page) == f"### Method Detail\n\n#### turn\n\n{PROSE}\n\n- One\n"


def test_the_lists_of_newer_javadoc_lay_out_its_page_as_well() -> None:
    inner = f"<ul class=member-list><li><section><h3>turn</h3><p>{PROSE}</p></section></ul>"
    page = f"<main><ul class=details-list><li><section><h2>Method Details</h2>{inner}</section></ul></main>"
    assert markdown(page) == f"## Method Details\n\n### turn\n\n{PROSE}\n"


def test_a_list_that_is_called_like_one_of_javadoc_is_a_list() -> None:
    page = f"<main><h1>Team</h1><p>{PROSE}</p><ul class=member-list><li>Alice<li>Bob<ul><li>deputy</ul></ul></main>"
    assert markdown(page) == f"# Team\n\n{PROSE}\n\n- Alice\n- Bob\n  - deputy\n"


def test_the_code_of_an_example_that_can_be_run_is_code() -> None:
    code = (
        '<textarea class="Documentation-exampleCode code" spellcheck=false>package main\n\nfunc main() {}\n</textarea>'
    )
    page = f"<main><h1>T</h1><p>{PROSE}</p>{code}<textarea>Your comment</textarea></main>"
    assert markdown(page) == f"# T\n\n{PROSE}\n\n```\npackage main\n\nfunc main() {{}}\n```\n"


def test_the_tables_in_which_scribble_has_code_and_signatures_are_code() -> None:
    space = "<span class=hspace>&nbsp;&nbsp;</span>"
    rows = f"<tr><td>(<b>define</b> x</td></tr><tr><td>{space}1)</td></tr><tr><td><p>#t</p></td></tr>"
    code = f"<blockquote class=SCodeFlow><table class=RktBlk><tbody>{rows}</tbody></table></blockquote>"
    signature = (
        "<table class='boxed RBoxed'><tr><td><div>procedure</div><p>(turn <a href=s>x</a>)</p></td></tr></table>"
    )
    page = f"<main><h1>T</h1><p>{PROSE}</p>{signature}{code}</main>"
    assert markdown(page) == f"# T\n\n{PROSE}\n\n```\nprocedure (turn x)\n```\n\n```\n(define x\n  1)\n#t\n```\n"


def test_the_title_of_a_page_may_be_one_by_its_role_alone_and_beside_the_content() -> None:
    page = f"<div><div><div role=heading aria-level=1>Stones</div></div><main><p>{PROSE}</p></main></div>"
    assert markdown(f"<title>Stones - Mill</title><body>{page}") == f"# Stones\n\n{PROSE}\n"


def test_a_badge_is_no_part_of_the_word_beside_it() -> None:
    badge = "<span class='tag tag-fixed'>Fixed</span>"
    page = f"<main><h1>T</h1><ul><li>{badge}a stone<li>A stone{badge}<li>A ({badge})</ul>"
    assert markdown(f"{page}</main>") == "# T\n\n- Fixed a stone\n- A stone Fixed\n- A (Fixed)\n"
    code = "<pre>x<span class=tag>div</span>y</pre><p><code>x<span class=label>ab</span>y</code></p>"
    assert markdown(f"<main><h1>T</h1>{code}</main>") == "# T\n\n```\nxdivy\n```\n\n`xaby`\n"


def test_very_long_names_of_what_is_no_badge_take_no_time() -> None:
    begin = process_time()
    assert BADGES.fullmatch("badge-" * 8000 + "1") is None
    assert BADGES.fullmatch("page-tag-fixed")
    assert process_time() - begin < 0.5


def test_code_notes_and_formulas_of_distill_are_read_as_such() -> None:
    code = "<d-code block language=python>\n  grind(x)</d-code>"
    text = f"<p>The <d-math>y_0</d-math> of <d-code>f</d-code><d-footnote>A guess.</d-footnote></p><p>{PROSE}</p>"
    written = markdown(f"<d-article><h1>Mill</h1><p>{PROSE}</p>{text}<d-math block>x^2</d-math>{code}</d-article>")
    assert "The $y_0$ of `f` (A guess.)\n\n" in written
    assert "\n\n$$x^2$$\n\n```python\n" in written
    assert "\n  grind(x)\n```" in written


def test_words_for_screen_readers_are_apart_from_those_beside_them() -> None:
    warning = "<strong><span class=govuk-visually-hidden>Warning</span>You can be fined.</strong>"
    assert markdown(f"<main><p>{PROSE}</p><p>{warning}</p></main>").endswith("\n\n**Warning You can be fined.**\n")


def test_a_word_behind_the_name_of_a_parameter_of_jsdocs_is_no_part_of_it() -> None:
    signature = "<span class=signature>(corn, stones<span class=signature-attributes>opt</span>)</span>"
    assert markdown(f"<main><h4 class=name id=grind>grind{signature}</h4><p>{PROSE}</p>").startswith(
        "#### grind(corn, stones opt)\n"
    )
    returned = "<span class=type-signature> \u2192 {Flour}<span class=signature-attributes>nullable</span></span>"
    assert "{Flour} nullable\n" in markdown(f"<main><h4 class=name>grind{returned}</h4><p>{PROSE}</p>")


def said_by_codox(text: str) -> str:
    doc = f"<div class=doc><pre class=plaintext>{text}</pre></div>"
    return markdown(f"<main class=namespace-docs><h1>mill</h1>{doc}</main>").removeprefix("# mill\n\n")


def test_the_first_paragraph_of_what_codox_says_is_one_and_the_rest_stays_as_it_stands() -> None:
    assert said_by_codox("Grinds corn\nto flour.") == "Grinds corn to flour.\n"
    options = ":sails - how many\n         there are"
    assert said_by_codox(f"Grinds corn.\n\n{options}") == f"Grinds corn.\n\n```\n{options}\n```\n"
    for text in (f"Options are\n{options}", "(grind corn)", "Takes\n  corn"):
        assert said_by_codox(text) == f"```\n{text}\n```\n"
    code = "<div><pre class=plaintext>make harbour of it</pre></div>"
    assert markdown(f"<main><p>{PROSE}</p>{code}</main>").endswith("\n```\nmake harbour of it\n```\n")


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


def test_the_title_in_a_block_of_code_is_none_of_the_code() -> None:
    code = "<code class=language-js>import 'a.css';\nrun();</code>"
    for title in ("<legend>index.js</legend>", "<figcaption>index.js</figcaption>\n"):
        page = f"<main><p>{PROSE}</p><pre>{title}{code}</pre></main>"
        assert markdown(page) == f"{PROSE}\n\nindex.js\n\n```js\nimport 'a.css';\nrun();\n```\n"
    beside = markdown(f"<main><p>{PROSE}</p><pre><legend>index.js</legend>a\n{code}</pre></main>")
    assert "```js\nindex.js\na\nimport" in beside


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


def test_prose_in_a_font_for_code_is_none() -> None:
    style = "<style>.t{font-family:'Courier New'}</style>"
    twice = "<p class=t>It grinds.&nbsp; It has <a href=/s>stones</a>.  And sails!&nbsp; That is all.</p>"
    assert markdown(f"{style}<main><p>{PROSE}</p>{twice}</main>").startswith(f"{PROSE}\n\nIt grinds. It has [stones](")
    indented = f"<p class=t>{PROSE} {PROSE} {PROSE}</p><p class=t>&nbsp;&nbsp;&nbsp;Then it turns.</p>"
    assert "```" not in markdown(f"{style}<main><p>{PROSE}</p>{indented}</main>")


def test_no_style_with_a_font_for_code_takes_long() -> None:
    for style in (".a{font:" * 20_000, ".a{" + "font:" * 30_000, ".a" * 80_000, "monospace" + ".a {x" * 30_000):
        begin = process_time()
        markdown(f"<style>monospace{style}</style><main><p class=a>{PROSE}</p></main>")
        assert process_time() - begin < 2


def test_the_line_that_includes_what_a_page_is_about_is_no_part_of_its_title() -> None:
    # M.css'.
    line = "<div class='m-doc-include m-code'><span class=cp>#include</span> <a href=mill.html>&lt;mill.h&gt;</a></div>"
    page = f"<main><h1>mill::Stone <span class=m-thin>class</span> {line}</h1><p>{PROSE}</p></main>"
    assert markdown(page) == f"# mill::Stone class\n\n```\n#include <mill.h>\n```\n\n{PROSE}\n"
    assert markdown(page.replace("m-doc-include", "x")).startswith("# mill::Stone class #include")


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


def test_what_haddock_declares_is_code_and_the_table_beside_a_modules_name_is_left_out() -> None:
    info = "<table class=info><tr><th>Safe Haskell</th><td>Safe-Inferred</td></tr></table>"
    head = f"<div id=module-header>{info}<p class=caption>Data.Mill</p></div>"
    link = "<a href=src/Data.Mill.html#grind class=link>Source</a> <a href='#v:grind' class=selflink>#</a>"
    src = f"<p class=src><a id=v:grind class=def>grind</a> :: Corn -&gt; <a href=F.html>Flour</a> {link}</p>"
    members = (
        f"<div id=interface><h1>Documentation</h1><div class=top>{src}<div class=doc><p>{PROSE}</p></div></div></div>"
    )
    assert markdown(f"<title>Data.Mill</title><div id=content>{head}{members}</div>") == (
        f"# Data.Mill\n\n# Documentation\n\n```\ngrind :: Corn -> Flour\n```\n\n{PROSE}\n"
    )
    other = f"<h1>Mill</h1>{info}<p class=src>A source of corn.</p><p>{PROSE}</p>"
    assert markdown(f"<main>{other}</main>").count("Safe Haskell") == 1
    assert "\n\nA source of corn.\n\n" in markdown(f"<main>{other}</main>")


def option(path: str, indent: str = "") -> str:
    title = f"<p class=ansible-option-title><strong>{path.rpartition('/')[2]}</strong></p>"
    anchor = f"<div class=ansibleOptionAnchor id='parameter-{path}'></div>"
    return f"<tr><td>{indent}<div class=ansible-option-cell>{anchor}{title}</div></td><td><p>Said of it.</p></td></tr>"


def test_an_option_of_ansibles_that_is_a_part_of_another_is_named_by_both() -> None:
    indent = "<div class=ansible-option-indent></div>"
    head = "<thead><tr><th><p>Parameter</p></th><th><p>Comments</p></th></tr></thead>"
    rows = option("stones") + option("stones/size", indent) + option("stones/size/unit", indent * 2)
    written = markdown(f"<main><h1>mill</h1><table>{head}<tbody>{rows}</tbody></table></main>")
    names = [line.split(" | ")[0] for line in written.split("\n")[4:] if line]
    assert names == ["| **stones**", "| **stones / size**", "| **stones / size / unit**"]


def test_what_crystal_declares_is_code() -> None:
    link = "<a class=method-permalink href='#grind'>#</a>"
    signature = (
        f"<div class=signature>\n\n def self.<strong>grind</strong>(corn : Corn) : <a href=F>Flour</a>\n {link}\n</div>"
    )
    detail = f"<div class=entry-detail id=grind>{signature}<div class=doc><p>{PROSE}</p></div></div>"
    assert markdown(f"<main><h1>Mill</h1><h2>Details</h2>{detail}</main>") == (
        f"# Mill\n\n## Details\n\n```\ndef self.grind(corn : Corn) : Flour\n```\n\n{PROSE}\n"
    )
    letter = markdown(f"<main><h1>Mill</h1><p>{PROSE}</p><div class=signature>Yours, <b>Ada</b></div></main>")
    assert letter.endswith("\nYours, **Ada**\n")


def test_the_parameters_that_yuidoc_sets_on_a_line_are_no_list() -> None:
    items = "".join(f"<li class=arg>\n<code>{name}</code>\n</li>\n" for name in ("corn", "stones"))
    args = f"<span class=paren>(</span><ul class='args-list inline commas'>\n{items}</ul><span class=paren>)</span>"
    tabs = "<ul class=api-class-tabs><li class='api-class-tab index'><a href='#index'>Index</a></ul>"
    page = f"<main><h1>Mill</h1><p>{PROSE}</p>{tabs}<h3 class=name><code>grind</code></h3><div class=args>{args}</div>"
    assert markdown(page) == f"# Mill\n\n{PROSE}\n\n### `grind`\n\n(`corn`, `stones`)\n"
    blocks = args.replace("<code>corn</code>", "<p>corn</p>")
    assert "- corn\n" in markdown(f"<main><h1>Mill</h1><p>{PROSE}</p>{blocks}</main>")
    said = args.replace("<code>corn</code>", "<code>corn</code> that is ground")
    assert "- `corn` that is ground\n" in markdown(f"<main><h1>Mill</h1><p>{PROSE}</p>{said}</main>")


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
