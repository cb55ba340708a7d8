from __future__ import annotations

from tests.extraction.reading import PROSE, markdown


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


def test_the_code_of_an_example_that_can_be_run_is_code() -> None:
    code = (
        '<textarea class="Documentation-exampleCode code" spellcheck=false>package main\n\nfunc main() {}\n</textarea>'
    )
    page = f"<main><h1>T</h1><p>{PROSE}</p>{code}<textarea>Your comment</textarea></main>"
    assert markdown(page) == f"# T\n\n{PROSE}\n\n```\npackage main\n\nfunc main() {{}}\n```\n"


def test_the_title_in_a_block_of_code_is_none_of_the_code() -> None:
    code = "<code class=language-js>import 'a.css';\nrun();</code>"
    for title in ("<legend>index.js</legend>", "<figcaption>index.js</figcaption>\n"):
        page = f"<main><p>{PROSE}</p><pre>{title}{code}</pre></main>"
        assert markdown(page) == f"{PROSE}\n\nindex.js\n\n```js\nimport 'a.css';\nrun();\n```\n"
    beside = markdown(f"<main><p>{PROSE}</p><pre><legend>index.js</legend>a\n{code}</pre></main>")
    assert "```js\nindex.js\na\nimport" in beside


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
