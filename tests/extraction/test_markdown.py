from __future__ import annotations

import pytest

from llmstxt_sched.extraction.extract import extract

URL = "https://docs.example/guide/page.html"
PROSE = "A sentence of prose that is long enough to tell content from navigation."


def markdown(html: str) -> str:
    return extract(html.encode(), URL, "text/html; charset=utf-8").markdown


def of_main(html: str) -> str:
    return markdown(f"<main>{html}</main>").removesuffix("\n")


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
    for lines in (docusaurus, starlight):
        assert of_main(f"<pre class=language-sh><code>{lines}</code></pre>") == "```sh\na\n\nb\n```"


def test_a_language_that_the_page_does_not_carry_is_not_guessed() -> None:
    for wrapper in ("highlight", "highlight-default", "language-undefined", "nohighlight"):
        assert of_main(f"<div class={wrapper}><pre>def x(): pass</pre></div>") == "```\ndef x(): pass\n```"


def test_a_fence_is_longer_than_any_in_the_code() -> None:
    assert of_main("<pre>````\nx\n````</pre>") == "`````\n````\nx\n````\n`````"


def test_code_in_lists_and_quotes_keeps_their_indent() -> None:
    assert of_main("<ul><li><p>one</p><pre>a\n\n  b</pre></li></ul>") == "- one\n\n  ```\n  a\n\n    b\n  ```"
    assert of_main("<blockquote><p>q</p><pre>a\n\nb</pre></blockquote>") == "> q\n>\n> ```\n> a\n>\n> b\n> ```"


def test_code_in_a_table_stays_in_its_cell() -> None:
    table = "<table><tr><th>a</th><th>b</th></tr><tr><td><pre>x | y\nz</pre></td><td>c</td></tr></table>"
    assert of_main(table) == "| a | b |\n| --- | --- |\n| `x \\| y z` | c |"


JUNK = [
    "<nav><ul><li><a href=/x>JUNK</a></ul></nav>",
    "<script>JUNK</script><style>JUNK</style><noscript>JUNK</noscript><template>JUNK</template>",
    "<!-- JUNK --><button>JUNK</button><svg><text>JUNK</text></svg><iframe src=/x>JUNK</iframe>",
    "<div hidden>JUNK</div><p aria-hidden=true>JUNK</p><p style='color:red; DISPLAY : none'>JUNK</p>",
    "<a class=headerlink href=#x title=JUNK>¶</a>",
    "<div class='breadcrumbs x'>JUNK</div><div class=cookie-consent>JUNK</div><div id=cookie-banner>JUNK</div>",
    "<a href=/edit>Edit this page</a><p><a href=/gh>View source on GitHub</a></p>".replace("<a", "<a title=JUNK"),
    "<a rel=next href=/n>JUNK</a><a rel=prev href=/p>JUNK</a><div class=pagination-nav>JUNK</div>",
    "<div class='toc'><ul><li><a href=#a>JUNK</a><li><a href=#b>JUNK</a></ul></div>",
    "<footer>JUNK</footer><div role=contentinfo>JUNK</div>",
    "<img src=/JUNK.png alt=''><img src='data:image/png;base64,JUNK' alt=''>",
]


@pytest.mark.parametrize("junk", JUNK)
def test_what_is_not_content_is_left_out(junk: str) -> None:
    text = of_main(f"<h1>T</h1><p>{PROSE}</p>{junk}<p>The end.</p>")
    assert text == f"# T\n\n{PROSE}\n\nThe end."


KEPT = [
    ("<aside class=sidebar><p>Content all the same.</p></aside>", "Content all the same."),
    ("<div id=sidebar><p>Content all the same.</p></div>", "Content all the same."),
    ("<div role=tabpanel hidden><p>The other tab.</p></div>", "The other tab."),
    ("<aside class='admonition note'><p>A note.</p></aside>", "A note."),
    ("<details><summary>More</summary><p>Folded.</p></details>", "Folded."),
    ("<div id=cookies><p>How cookies work.</p></div>", "How cookies work."),
]


@pytest.mark.parametrize(("html", "text"), KEPT)
def test_content_with_a_suspect_name_stays(html: str, text: str) -> None:
    assert text in of_main(f"<h1>T</h1><p>{PROSE}</p>{html}<p>The end.</p>")


def test_the_main_content_is_found_without_any_landmark() -> None:
    side = "<td><a href=/a>SIDE</a><br><a href=/b>SIDE</a><br><a href=/c>SIDE</a></td>"
    page = f"<center>Bob's page</center><table><tr>{side}<td><h2>Widgets</h2><p>{PROSE}<p>{PROSE}</td></tr></table>"
    text = markdown(page)
    assert f"## Widgets\n\n{PROSE}\n\n{PROSE}" in text
    assert "SIDE" not in text


def test_of_many_articles_none_is_the_page() -> None:
    articles = "".join(f"<article><h2>Post {number}</h2><p>{PROSE}</p></article>" for number in range(5))
    text = markdown(f"<nav>JUNK</nav><main>{articles}</main>")
    assert text.count(PROSE) == 5


def test_a_heading_that_is_its_own_permalink_stays() -> None:
    assert of_main(f"<h2><a class=permalink href=#n>NAME</a></h2><p>{PROSE}</p>").startswith("## NAME\n")
    assert of_main(f"<h2><a class=header href=#n>Name</a></h2><p>{PROSE}</p>").startswith("## Name\n")


def test_tables_stay_tables() -> None:
    table = (
        "<table><thead><tr><th>K</th><th>V</th></tr></thead><tr><td><code>a|b</code></td><td>x<br>y</td></tr></table>"
    )
    assert of_main(table) == "| K | V |\n| --- | --- |\n| `a\\|b` | x y |"


def test_links_are_absolute_and_lead_somewhere() -> None:
    html = "<p><a href='../x y.html#a'>x</a> <a href='javascript:alert(1)'>js</a> <a name=n></a><a href=/z(1)>z</a></p>"
    assert of_main(html) == "[x](https://docs.example/x%20y.html#a) js [z](https://docs.example/z%281%29)"


HOSTILE = [
    ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "\\<script>alert(1)\\</script>"),
    ("<p>a ` b <code>&lt;script&gt;</code></p>", "a \\` b `<script>`"),
    ("<p>[x](javascript:alert(1))</p>", "[x\\](javascript:alert(1))"),
    ("<p>[x]: http://evil.example</p>", "[x\\]: http://evil.example"),
    ("<p>a\n# b\n===\n- c</p>", "a # b === - c"),
    ("<p>a<br># b</p>", "a\n\\# b"),
    ("<p>```</p>", "\\`\\`\\`"),
    ("<p>&amp;lt;b&amp;gt;</p>", "\\&lt;b\\&gt;"),
    ("<p>a\u200bb\u202ec\u0007d\U000e0041\ue000e</p>", "abcde"),
    ("<pre>a\u202eb\u200b\u0000c</pre>", "```\nabc\n```"),
]


@pytest.mark.parametrize(("html", "text"), HOSTILE)
def test_text_cannot_become_markup(html: str, text: str) -> None:
    assert of_main(html).replace("  \n", "\n") == text


VOLATILE = [
    ("<p>Last updated: 2024-01-02</p>", "<p>Last updated: 2025-11-12</p>"),
    ("<p>Last modified on Jan 2, 2024 by Ann</p>", "<p>Last modified on Feb 3, 2025 by Bob</p>"),
    (
        "<p>This page was last edited on 1 May 2024, at 10:11.</p>",
        "<p>This page was last edited on 2 May 2024, at 1:12.</p>",
    ),
    ("<p>Posted 5 minutes ago by Ann</p>", "<p>Posted 2 hours ago by Ann</p>"),
    ("<p>1,234 views</p>", "<p>1,301 views</p>"),
    ("<p>Views: 12</p><p>3 likes</p>", "<p>Views: 17</p><p>4 likes</p>"),
    ("<p>2 May · 3 min read · 41 views</p>", "<p>2 May · 3 min read · 57 views</p>"),
    ("<a href='/x?utm_source=a&b=1'>x</a>", "<a href='/x?utm_source=c&b=1'>x</a>"),
    ("<a href='/x;jsessionid=1A'>x</a>", "<a href='/x;jsessionid=2B'>x</a>"),
    ("<a href='/x?sid=1'>x</a>", "<a href='/x?sid=2'>x</a>"),
    ("<img src='/a.png?v=1' alt=a>", "<img src='/a.png?v=2' alt=a>"),
    ("<a href='/cdn-cgi/l/email-protection#1a2b'>mail</a>", "<a href='/cdn-cgi/l/email-protection#3c4d'>mail</a>"),
    ("<p><a href=/cdn-cgi/l/email-protection data-cfemail=10715072>x</a></p>", "<p><a data-cfemail=20416042>y</a></p>"),
    ("<script nonce=a></script>", "<script nonce=b></script>"),
    ("<p>a b</p>", "<div><p>a\n   b</p></div>"),
]


@pytest.mark.parametrize(("before", "after"), VOLATILE)
def test_what_changes_with_every_visit_does_not_change_the_hash(before: str, after: str) -> None:
    page = f"<main><h1>T</h1><p>{PROSE}</p>{{}}</main>"
    first, second = (extract(page.format(part).encode(), URL, "text/html") for part in (before, after))
    assert first.sha256 == second.sha256
    assert first.markdown == second.markdown


CHANGED = [
    ("<p>one word</p>", "<p>one sword</p>"),
    ("<p>page 2 of 3</p>", "<p>page 2 of 4</p>"),
    ("<pre>Last updated: 2024-01-02</pre>", "<pre>Last updated: 2025-01-02</pre>"),
    ("<pre>5 minutes ago</pre>", "<pre>6 minutes ago</pre>"),
    ("<table><tr><td>1</td></tr></table>", "<table><tr><td>2</td></tr></table>"),
    ("<a href=/x>x</a>", "<a href=/y>x</a>"),
    ("<a href='/x?page=1'>x</a>", "<a href='/x?page=2'>x</a>"),
    ("<h2>a</h2>", "<h3>a</h3>"),
    ("<p>It was last changed by hand.</p>", "<p>It was last changed by mail.</p>"),
    ("<p>The cache was built 3 layers deep.</p>", "<p>The cache was built 4 layers deep.</p>"),
]


@pytest.mark.parametrize(("before", "after"), CHANGED)
def test_any_other_change_changes_the_hash(before: str, after: str) -> None:
    page = f"<main><h1>T</h1><p>{PROSE}</p>{{}}</main>"
    first, second = (extract(page.format(part).encode(), URL, "text/html") for part in (before, after))
    assert first.sha256 != second.sha256
