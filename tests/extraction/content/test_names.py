from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main


def test_the_title_of_a_page_stays_though_it_stands_beside_navigation_in_what_is_called_a_header() -> None:
    head = "<div id=page-header><nav><a href=/>Home</a> <a href=/kb>Guides</a></nav><div><h1>Stones</h1></div></div>"
    page = f"<article>{head}<div id=body><p>{PROSE}</p></div></article>"
    assert markdown(f"<title>Stones - Mill</title><body>{page}").startswith("# Stones\n\nA sentence")
    # The name of the site may as well.
    assert markdown(f"<title>Wheels - Stones</title><body>{page}").startswith("A sentence")


@pytest.mark.parametrize(
    "junk",
    [
        # JSDoc's and YUIDoc's lines of a source, which are others with each release.
        (
            "<dl class=details><dt class=tag-source>Source:</dt><dd class=tag-source><ul class=dummy><li>"
            "<a href=mill.js.html>mill.js</a>, <a href=mill.js.html#line7>line 7</a></ul></dd></dl>"
        ),
        "<div class=foundat>Defined in: <a href=../files/mill.js.html#l7>mill.js:7</a></div>",
        # Ronn's head and foot of a manual page.
        "<ol class='man-decor man-head man head'><li class=tl>mill(1)<li class=tc>Manual<li class=tr>mill(1)</ol>",
        # HelpNDoc's foot of each page, and the title once more in Chirpy's bar over a text.
        "<div id=topic_footer><div id=topic_footer_content>Copyright by the Mill.</div></div>",
        "<div id=toc-bar class=invisible><span class='label text-truncate'>Mill</span></div>",
        # Doctum's, where nothing is said.
        "<p class=no-description>No description</p>",
    ],
)
def test_what_generators_say_of_a_source_or_a_page_is_left_out(junk: str) -> None:
    assert of_main(f"<h1>Mill</h1><p>{PROSE}</p>{junk}<p>It grinds.</p>") == f"# Mill\n\n{PROSE}\n\nIt grinds."


def test_the_language_that_jazzy_writes_above_code_is_left_out() -> None:
    code = "<pre class='highlight swift'><code>var sails: Int</code></pre>"
    box = f"<div class=language><p class=aside-title>Swift</p>{code}</div>"
    assert of_main(f"<h4>Declaration</h4>{box}") == "#### Declaration\n\n```swift\nvar sails: Int\n```"
    note = "<div class='aside aside-note'><p class=aside-title>Note</p><p>It turns.</p></div>"
    assert of_main(f"<h4>Sails</h4>{note}").startswith("#### Sails\n\nNote\n\nIt turns.")


def test_the_source_of_a_function_that_pdoc3_unfolds_is_left_out() -> None:
    link = "<a href=https://code.example/mill.py class=git-link>Browse git</a>"
    code = "<pre><code class=python>def grind():\n    pass</code></pre>"
    listing = f"<details class=source><summary><span>Expand source code</span>\n{link}</summary>{code}</details>"
    assert of_main(f"<h2>grind</h2>{listing}<p>{PROSE}</p>") == f"## grind\n\n{PROSE}"
    example = listing.replace("Expand source code", "An example")
    assert "def grind():" in of_main(f"<h2>grind</h2>{example}<p>{PROSE}</p>")


def test_where_in_a_source_a_method_stands_is_no_part_of_its_heading() -> None:
    # Sami's.
    heading = "<h3 id=method_grind><div class=location>{}</div><code>grind()</code></h3>"
    for place in ("at         line 30", "in Stone at line 7"):
        assert of_main(f"{heading.format(place)}<p>{PROSE}</p>") == f"### `grind()`\n\n{PROSE}"
    assert of_main(f"{heading.format('At the mill')}<p>{PROSE}</p>").startswith("### At the mill `grind()`")


def test_how_much_somebody_wrote_in_a_forum_is_no_part_of_a_post() -> None:
    who = "<dl class=postprofile><dt><a href=/u>Anna</a></dt><dd><b>Posts:</b> 12</dd></dl>"
    posts = [f"<div class=post>{who}<p>by Anna</p><div class=content>{PROSE} {at}</div></div>" for at in range(3)]
    written = of_main(f"<h1>T</h1>{''.join(posts)}")
    assert written == "\n\n".join(["# T", *(f"by Anna\n\n{PROSE} {at}" for at in range(3))])


def test_the_bar_of_a_table_may_name_the_pages_beside_their_pictures() -> None:
    names = {"p": "before", "u": "above", "n": "behind"}
    cells = "<td><a accesskey={0} href={1}.html><img src={0}.png alt=x></a></td><th><a href={1}.html>{1}</a></th>"
    keys = "".join(cells.format(key, name) for key, name in names.items())
    bar = f"<table class=navigation><tr>{keys}</tr></table>"
    assert of_main(f"<h1>T</h1>{bar}<p>{PROSE}</p>") == f"# T\n\n{PROSE}"
    other = bar.replace("<a href=above.html>", "<a href=other.html>")
    assert "[above](" in of_main(f"<h1>T</h1>{other}<p>{PROSE}</p>")
