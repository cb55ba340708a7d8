from __future__ import annotations

from tests.extraction.reading import PROSE, read

ROOT = "https://docs.example/guide/"
# As mdBook writes it for a frame beside each page.
TOC = """
<body class=sidebar-iframe-inner><ol class=chapter>
<li class="chapter-item affix"><a href=intro.html target=_parent>Introduction</a></li>
<li class=part-title>User guide</li>
<li class=chapter-item><a href=install.html><strong aria-hidden=true>1.</strong> Installation</a></li>
<li><ol class=section><li class=chapter-item><a href=linux.html><strong>1.1.</strong> Linux</a></li></ol></li>
<li class=chapter-item><a href=use.html><strong aria-hidden=true>2.</strong> Use</a></li>
</ol></body>
"""


def contents(html: str) -> dict[str, str]:
    return {url.removeprefix(ROOT): section for url, section in read(html).extract.contents}


def test_a_file_of_navigation_tells_the_place_of_each_page() -> None:
    assert contents(TOC) == {
        "intro.html": "",
        "install.html": "User guide \u203a Installation",
        "linux.html": "User guide \u203a Installation",
        "use.html": "User guide",
    }


# As Hotdoc writes it: boxes in boxes, and each link in a heading.
BOXES = """
<body><div><div><div id=site-navigation>
<div><div class=panel-heading><h4><a href=start.html>Start</a></h4></div><div class=collapse></div></div>
<div><span data-toggle=collapse><div class=panel-heading><h4><i></i><a href=manual.html>Manual</a></h4></div></span>
<div class=collapse><div><div class=panel-heading><h4><a href=run.html>Run</a></h4></div><div></div></div>
<div><div class=panel-heading><h4><a href=build.html>Build</a></h4></div><div></div></div></div></div>
</div></div></div></body>
"""


def test_a_file_of_navigation_may_be_boxes_in_which_each_link_is_a_heading() -> None:
    places = {"start.html": "", "manual.html": "", "run.html": "Manual", "build.html": "Manual"}
    assert contents(BOXES) == places
    assert contents(f"<title>All pages</title>{BOXES}") == {}
    assert contents(BOXES.replace("Run</a>", "Run</a> it")) == {}


def test_sphinx_toctrees_tell_the_place_of_each_page_below_it() -> None:
    found = contents(
        "<main><h1>Thing</h1><div class='toctree-wrapper compound'><p class=caption role=heading>"
        "<span class=caption-text>Guides</span></p><ul><li class=toctree-l1><a href=a.html>A</a>"
        "<ul><li><a href=a.html#one>One</a><li><a href=b.html>B</a></ul></ul></div>"
        f"<p>{PROSE} See <a href=c.html>C</a>.</p></main>"
    )
    assert found == {"a.html": "Guides \u203a A", "b.html": "Guides \u203a A"}


def test_a_page_of_prose_or_with_a_heading_is_no_file_of_navigation() -> None:
    links = "".join(f"<li><a href={n}.html>Page {n}</a>" for n in range(5))
    assert contents(f"<h1>All pages</h1><ul>{links}</ul>") == {}
    assert contents(f"<p>{PROSE}</p><p>{PROSE}</p><ul>{links}</ul>") == {}
