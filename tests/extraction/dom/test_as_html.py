from llmstxt_sched.extraction.dom.as_html import as_html
from llmstxt_sched.extraction.dom.parse import parse


def test_writes_a_page_that_reads_the_same() -> None:
    page = (
        '<body class="a b" id=\'q"&lt;\'><p>1 &lt; 2 &amp;&amp; <b>x</b><br>y&nbsp;z</p><ul><li>One<li>Two</ul>'
        "<pre>a &lt;b></pre><p hidden></p></body>"
    )
    tree = parse(page, as_xml=False)

    again = parse(as_html(tree.body), as_xml=False)

    assert [(node.tag, node.attrs) for node in again.body.elements()] == [
        (node.tag, node.attrs) for node in tree.body.elements()
    ]
    assert again.body.get("id") == 'q"<'
    assert again.body.text() == tree.body.text()


def test_leaves_out_what_is_dropped_pictures_and_where_links_lead() -> None:
    tree = parse('<p>Kept <a href="/a" title="T">link</a><img src="data:,"></p><nav><p>Gone</p></nav>', as_xml=False)
    tree.tagged("nav")[0].drop("navigation")

    assert as_html(tree.body) == '<html><body><p>Kept <a title="T">link</a></p></body></html>'


def test_a_page_that_is_written_on_more_lines_gives_the_same() -> None:
    brief = "<div><h2>A <b>b</b> c</h2><ul><li>One<ul><li>Two</li></ul></li></ul><pre>a\n  b</pre></div>"
    long = (
        "<div>\n<h2>\n A\n <b>b</b>  c\n</h2>\n<ul>\n <li>\n One\n <ul>\n  <li>Two\n</li>\n</ul>\n</li></ul>"
        "\n<pre>a\n  b</pre>\n</div>"
    )

    assert as_html(parse(long, as_xml=False).body) == as_html(parse(brief, as_xml=False).body)
