from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main
from tests.support.growth import assert_linear

CODE = {
    "highlight.js": '<pre><code class="hljs language-js">{}</code></pre>',
    "sphinx": '<div class="highlight-js notranslate"><div class="highlight"><pre><span></span>{}</pre></div></div>',
    "jekyll": '<div class="language-js highlighter-rouge"><div class="highlight"><pre>{}</pre></div></div>',
    "github": '<div class="highlight highlight-source-js"><pre>{}</pre></div>',
    "hugo": '<div class="highlight"><pre class="chroma"><code class="language-js" data-lang="js">{}</code></pre></div>',
    "pandoc": '<div class="sourceCode"><pre class="sourceCode js"><code class="sourceCode js">{}</code></pre></div>',
    "old plug-ins": '<pre class="brush: js; gutter: true">{}</pre>',
    "vitepress": '<div class="language-js"><button></button><span class="lang">js</span><pre>{}</pre></div>',
    "starlight": '<figure><pre data-language="js"><code>{}</code></pre><button>Copy</button></figure>',
    "hexo": (
        '<figure class="highlight js"><table><tr><td class="gutter"><pre>1\n2</pre></td>'
        '<td class="code"><pre>{}</pre></td></tr></table></figure>'
    ),
    "hugo with line numbers": (
        '<div class="highlight"><table class="lntable"><tr><td><pre><span class="lnt">1\n</span></pre></td>'
        '<td><pre><code class="language-js">{}</code></pre></td></tr></table></div>'
    ),
    "asciidoctor with line numbers": (
        '<pre class="CodeRay highlight"><code data-lang="js"><table class="CodeRay"><tr><td class="line-numbers">'
        '<pre>1\n2</pre></td><td class="code"><pre>{}</pre></td></tr></table></code></pre>'
    ),
    "mdbook with a playground": '<pre><pre class="playground"><code class="language-js test">{}</code></pre></pre>',
    "github's rendering of markdown": '<pre lang="js"><code>{}</code></pre>',
    "inline code that keeps its lines": '<code class="language-js" style="display:block; white-space:pre">{}</code>',
    "code in a box": '<pre><div><code class="language-js">{}</code></div></pre>',
    "prism": '<pre class="line-numbers"><code class="line-numbers language-js">{}</code></pre>',
    "coderay": (
        '<table class="CodeRay"><tr><td class="line-numbers"><pre>1\n2</pre></td>'
        '<td class="code"><pre class="language-js">{}</pre></td></tr></table>'
    ),
}
SOURCE = "if (a &lt; b) {\n\n\n\t`${x}` &amp;&amp; y  \n}"
EXACT = "if (a < b) {\n\n\n\t`${x}` && y  \n}"


@pytest.mark.parametrize("generator", CODE)
def test_code_is_fenced_byte_for_byte_with_its_language(generator: str) -> None:
    assert of_main(f"<p>{PROSE}</p>" + CODE[generator].format(SOURCE)) == f"{PROSE}\n\n```js\n{EXACT}\n```"


def test_lines_that_are_elements_stay_lines() -> None:
    docusaurus = (
        "<span class=token-line>a<br></span><span class=token-line><br></span><span class=token-line>b<br></span>"
    )
    starlight = "<div class=ec-line>a</div><div class=ec-line>\n</div><div class=ec-line>b</div>"
    by_class = "<span class='hljs-ln-line'>a</span><span class=codeline></span><span class='x code__line'>b</span>"
    by_attribute = "<span data-line>a</span><span data-line></span><span data-line>b</span>"
    by_style = "<b style='color:red; display: block'>a</b><i style='display:grid'></i><i style='display:block'>b</i>"
    by_tag = "<section>a</section><section>\n</section><section>b</section>"
    by_number = "<b data-line-number=1>a</b><b data-line-number=2></b><b data-line-number=3>b</b>"
    by_id = "<span id=L1>a</span><span id=L2></span><span id=L3>b</span>"
    by_row = "<span class=row>a</span><span class=row></span><span class=row>b</span>"
    old = "<tt>a</tt><tt></tt><tt>b</tt>"
    named = (docusaurus, starlight, by_class, by_attribute, by_style, by_number, by_id, by_row)
    for lines in (*named, by_tag, old):
        assert of_main(f"<pre class=language-sh><code>{lines}</code></pre>") == "```sh\na\n\nb\n```"


def test_code_without_a_block_around_it_keeps_its_lines() -> None:
    assert of_main(f"<p>{PROSE}</p><code><div>a</div><div>b</div></code>") == f"{PROSE}\n\n```\na\nb\n```"


def test_code_without_its_end_does_not_hold_the_page() -> None:
    assert of_main("<code>a<div>b</div><h2>C</h2></code>") == "a\n\nb\n\n## C"


def test_a_fence_is_longer_than_any_in_the_code() -> None:
    assert of_main("<pre>````\nx\n````</pre>") == "`````\n````\nx\n````\n`````"


def test_code_in_lists_and_quotes_keeps_their_indent() -> None:
    assert of_main("<ul><li><p>one</p><pre>a\n\n  b</pre></li></ul>") == "- one\n\n  ```\n  a\n\n    b\n  ```"
    assert of_main("<blockquote><p>q</p><pre>a\n\nb</pre></blockquote>") == "> q\n>\n> ```\n> a\n>\n> b\n> ```"


def test_code_in_a_table_stays_in_its_cell() -> None:
    table = "<table><tr><th>a</th><th>b</th></tr><tr><td><pre>x | y\nz</pre></td><td>c</td></tr></table>"
    assert of_main(table) == "| a | b |\n| --- | --- |\n| `x \\| y` `z` | c |"


@pytest.mark.parametrize(
    "block",
    [
        "<div class=fragment><div class=line>a *= <a href=/b>b</a>;</div><div class=line>  c *= d;</div></div>",
        "<code><div>a *= b;</div><div>c *= d;</div></code>",
        "<div class=cm-editor><div class=cm-line>a *= b;</div><div class=cm-line>c *= d;</div></div>",
    ],
)
def test_whatever_makes_a_block_of_code_is_code_in_a_cell(block: str) -> None:
    table = f"<table><tr><th>Example<th>Output<tr><td>{block}<td><pre>1</pre></table>"
    assert of_main(table).splitlines()[2] == "| `a *= b;` `c *= d;` | `1` |"


def test_doxygen_sets_code_apart_from_line_numbers_only_where_there_are_some() -> None:
    lines = "<div class=line>{0}  a</div><div class=line>{0}   b</div>"
    plain, numbered = lines.format(""), lines.format("<span class=lineno>1</span>")
    empty = "<div class=line>a</div><div class=line> </div><div class=line>b</div>"
    assert of_main(f"<div class=fragment>{empty}</div>") == "```\na\n\nb\n```"
    assert of_main(f"<div class=fragment>{plain}</div>") == "```\n  a\n   b\n```"
    assert of_main(f"<div class=fragment>{numbered}</div>") == "```\n a\n  b\n```"


def test_a_line_feed_beside_a_block_in_code_counts_once() -> None:
    assert of_main("<pre>a\n<div>b</div>\n\n<div>c</div>d<p>e</p><p>f</p></pre>") == "```\na\nb\n\nc\nd\ne\nf\n```"


BROKEN = "&lt;?php<br>// comment<br>&nbsp;&nbsp;echo 1;"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<div class=phpcode><code><span>{BROKEN}</span></code></div>", "```php\n<?php\n// comment\n  echo 1;\n```"),
        (f"<p>\n<code>\n{BROKEN}\n</code>\n</p>", "```\n<?php\n// comment\n  echo 1;\n```"),
        ("<ul><li><tt>a<br />\nb</tt></li></ul>", "- ```\n  a\n  b\n  ```"),
        ("<dl><dt>x</dt><dd><code>a<br>b</code></dd></dl>", "- **x**\n  - ```\n    a\n    b\n    ```"),
        ("<p>Run <code>a<br>b</code></p>", "Run `a b`"),
        ("<p><code>a<br></code></p>", "`a`"),
        ("<table><tr><td><code>a<br>b</code></td><td>c</td></tr></table>", "|  |  |\n| --- | --- |\n| `a b` | c |"),
    ],
)
def test_inline_code_of_several_lines_that_is_alone_is_a_block(html: str, text: str) -> None:
    assert of_main(html) == text


def test_the_source_of_a_diagram_is_code_until_it_is_drawn() -> None:
    source = "\n  graph TD;\n    A[x<br>y] --> B;\n"
    assert of_main(f"<div class=mermaid>{source}</div>") == "```mermaid\ngraph TD;\n  A[x<br/>y] --> B;\n```"
    assert of_main("<pre class=mermaid><code>graph LR</code></pre>") == "```mermaid\ngraph LR\n```"
    assert of_main(f"<p>{PROSE}</p><div class=mermaid><svg></svg><p>a</p></div>") == f"{PROSE}\n\na"


def test_a_notes_number_in_code_is_no_exponent() -> None:
    note = "<sup><a href='#n'>3</a></sup>"
    assert of_main(f"<pre>2<sup>8</sup> a{note} <sup>4</sup></pre>") == "```\n2^8 a3 4\n```"
    assert of_main(f"<p><code>2<sup>8</sup> a{note}</code></p>") == "`2^8 a3`"
    apart = "<code>2<i></i><sup>8</sup> x<em><sub>i</sub></em> 2<sup><a href=/x>10</a></sup></code>"
    assert of_main(f"<p>{apart}</p>") == "`2^8 x_i 2^10`"


@pytest.mark.parametrize(("between", "code"), [("", "a\nb"), ("\n", "a\nb"), (" ", "a b")])
def test_elements_of_code_beside_one_another_are_lines_unless_a_space_is_between(between: str, code: str) -> None:
    assert of_main(f"<pre><code>a</code>{between}<code>b</code></pre>") == f"```\n{code}\n```"


def test_a_listing_beside_an_empty_block_is_code() -> None:
    table = "<table><tr><td><pre class=lines>\n\n\n</pre></td><td><pre class=code># File a.rb</pre></td></tr></table>"
    assert of_main(table) == "```\n# File a.rb\n```"


def test_numbers_of_lines_are_no_code() -> None:
    lines = "<span class=line-numbers>1</span>a\n<span class=line-numbers>2</span>b"
    coderay = f"<pre class='CodeRay highlight'><code>{lines}</code></pre>"
    org = "<pre class=src><span class=linenr>1: </span>a\n<span class=linenr>2: </span>b</pre>"
    assert of_main(coderay) == of_main(org) == "```\na\nb\n```"
    assert of_main("<pre><code>use <span class=line-numbers>numbers</span></code></pre>") == "```\nuse numbers\n```"


def test_elements_that_hold_several_lines_are_parts_of_the_code() -> None:
    parts = ("<div id=a><b>def</b> a():\n    pass</div>", "<div id=b><b>def</b> b():\n    pass</div>")
    code = "def a():\n    pass\n\n\ndef b():\n    pass"
    assert of_main(f"<pre>\n{parts[0]}\n\n\n{parts[1]}\n</pre>") == f"```\n{code}\n```"


def test_a_block_of_any_kind_ends_a_line_of_code_and_a_cell_does_not() -> None:
    assert of_main("<pre>a<h4>b</h4>c</pre>") == "```\na\nb\nc\n```"
    assert of_main("<pre>x<table><tr><td>a</td><td>b</td></tr></table></pre>") == "```\nx\nab\n```"


EDITORS = {
    "ace": (
        (
            "<div class=ace_editor><div class=ace_gutter><div class=ace_gutter-cell>1</div></div>"
            "<div class=ace_content>{}</div></div>"
        ),
        "<div class=ace_line_group><div class=ace_line>{}</div></div>",
    ),
    "monaco": ("<div class=view-lines>{}</div>", "<div class=view-line><span><span>{}</span></span></div>"),
    "codemirror": ("<div class=cm-editor><div class=cm-content>{}</div></div>", "<div class=cm-line>{}</div>"),
    "codemirror 5": (
        "<div class=CodeMirror><div class=CodeMirror-code>{}</div></div>",
        "<div><div class=CodeMirror-linenumber>1</div><pre class=CodeMirror-line>{}</pre></div>",
    ),
}


@pytest.mark.parametrize("name", EDITORS)
def test_the_lines_of_an_editor_are_one_block(name: str) -> None:
    editor, line = EDITORS[name]
    lines = "".join(map(line.format, ("<b>if</b>&nbsp;a:", "\u200b", "&nbsp;&nbsp;b")))
    assert of_main(f"<p>{PROSE}</p>{editor.format(lines)}") == f"{PROSE}\n\n```\nif a:\n\n  b\n```"


def test_a_signature_of_several_lines_is_a_block() -> None:
    typedoc = "<div class=tsd-signature>interface Wheel {<br/>&nbsp;&nbsp;<a href=/b>buckets</a>:\n number;<br/>}</div>"
    assert of_main(f"<p>{PROSE}</p>{typedoc}").endswith("\n\n```\ninterface Wheel {\n  buckets: number;\n}\n```")
    javadoc = "<div class=member-signature><b>void</b>&nbsp;turn(int&nbsp;by,\n int&nbsp;at)</div>"
    assert of_main(f"<p>{PROSE}</p>{javadoc}").endswith("\n\n```\nvoid turn(int by,\n int at)\n```")
    one_line = "<div class=member-signature><b>void</b>&nbsp;turn()\n</div>"
    assert of_main(f"<p>{PROSE}</p>{one_line}").endswith("\n\n`void turn()`")
    package = "<div class=package-signature><span><a href=a>@Beta</a>\n</span>package <b>mill.gears</b></div>"
    assert of_main(f"<h1>T</h1>{package}<p>{PROSE}</p>") == f"# T\n\n`@Beta package mill.gears`\n\n{PROSE}"


@pytest.mark.parametrize(
    "number",
    [
        "<span style='white-space:pre;-webkit-user-select:none;user-select:none;color:#7f7f7f'>{}</span>",
        "<a href=#{0} id={0} data-nosnippet>{0}</a>",
        "<span class=code-line-number>{}</span>",
        "<span unselectable=on>{} </span>",
        "<a class=lno>{}</a>",
    ],
)
def test_a_number_that_is_not_copied_with_the_code_is_none_of_it(number: str) -> None:
    lines = "".join(f"<span>{number.format(at)}<span>x = {at}\n</span></span>" for at in (1, 2))
    assert of_main(f"<pre><code>{lines}</code></pre>") == "```\nx = 1\nx = 2\n```"
    assert (
        of_main("<pre>x = <span style='user-select: none'>y</span> <span class=mi>1</span></pre>")
        == "```\nx = y 1\n```"
    )


@pytest.mark.parametrize("style", ["white-space: pre", "color: red; WHITE-SPACE:pre-wrap"])
def test_what_is_laid_out_as_code_is_code(style: str) -> None:
    lines = "<div><span>def</span> f():</div><div>    pass</div><br><div>f()</div>"
    html = f"<div style='font-family: Consolas, \"Courier New\", monospace; {style}'>{lines}</div>"
    assert of_main(html) == "```\ndef f():\n    pass\n\nf()\n```"


@pytest.mark.parametrize(
    "style", ["white-space: pre", "font-family: monospace", "white-space: normal; font: 1em monospace"]
)
def test_what_is_only_half_laid_out_as_code_is_none(style: str) -> None:
    assert of_main(f"<div style='{style}'>The wheel turns.</div>") == "The wheel turns."


def test_a_page_that_is_laid_out_as_code_is_none() -> None:
    style = "white-space: pre-wrap; font-family: monospace"
    page = f"<h1>Mill</h1><p>{PROSE}</p><ul><li>one</li></ul><div style='{style}'>  a\n  b</div>"
    assert of_main(f"<div style='{style}'>{page}</div>") == f"# Mill\n\n{PROSE}\n\n- one\n\n```\n  a\n  b\n```"


@pytest.mark.slow
def test_very_much_that_is_laid_out_as_code_takes_linear_time() -> None:
    start = "<div style='white-space: pre; font: 1em monospace'>"

    def read(parts: int) -> None:
        depth = parts // 50
        assert PROSE in of_main(f"{start * depth}{'<b>x</b>' * parts}<table><td>{PROSE}</table>{'</div>' * depth}")

    assert_linear(read, 20_000)


def test_code_begins_with_its_first_line_that_has_a_text() -> None:
    for start, end in (("<pre>\n\n", "</pre>"), ("<pre><code>\n\n\n", "</code></pre>")):
        assert of_main(f"<p>{PROSE}</p>{start}  a\n\nb\n{end}") == f"{PROSE}\n\n```\n  a\n\nb\n```"


def test_the_number_of_a_line_in_a_box_of_its_own_is_none_of_the_code() -> None:
    line = "<div class=sl-code__line><div class=sl-code__ln>{0}</div><div>x = {0}</div></div>"
    assert of_main(f"<pre>{line.format(1)}{line.format(2)}</pre>") == "```\nx = 1\nx = 2\n```"


def test_what_leads_from_code_to_where_it_can_be_tried_is_none_of_it() -> None:
    # Poxy's.
    link = "<p class='m-note poxy-godbolt'><a href=https://try.example>Try this code on Compiler Explorer</a></p>"
    assert (
        of_main(f"<pre class=m-code>{link}<span class=k>auto</span> x = 1;\ny();</pre>")
        == "```\nauto x = 1;\ny();\n```"
    )


def numbered(*lines: str) -> str:
    spans = "".join(f"<span class=linenos>{at}</span>{line}\n" for at, line in enumerate(lines, 9))
    return (
        of_main(f"<div class=highlight><pre><span></span>{spans}</pre></div>")
        .removeprefix("```\n")
        .removesuffix("\n```")
    )


def test_the_space_that_pygments_puts_behind_a_lines_number_is_none_of_the_code() -> None:
    assert numbered(" <b>def</b> f():", "     grind()", " ", " f()") == "def f():\n    grind()\n\nf()"
    # A newer version puts none.
    assert numbered("    <b>def</b> f():", "        grind()") == "    def f():\n        grind()"
    assert numbered("f()", " g()") == "f()\n g()"
