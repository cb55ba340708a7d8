from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

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


def test_a_heading_that_is_its_own_permalink_stays() -> None:
    assert of_main(f"<h2><a class=permalink href=#n>NAME</a></h2><p>{PROSE}</p>").startswith("## NAME\n")
    assert of_main(f"<h2><a class=header href=#n>Name</a></h2><p>{PROSE}</p>").startswith("## Name\n")
