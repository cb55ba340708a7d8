from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main


def test_the_language_that_jazzy_writes_above_code_is_left_out() -> None:
    code = "<pre class='highlight swift'><code>var sails: Int</code></pre>"
    box = f"<div class=language><p class=aside-title>Swift</p>{code}</div>"
    assert of_main(f"<h4>Declaration</h4>{box}") == "#### Declaration\n\n```swift\nvar sails: Int\n```"
    note = "<div class='aside aside-note'><p class=aside-title>Note</p><p>It turns.</p></div>"
    assert of_main(f"<h4>Sails</h4>{note}").startswith("#### Sails\n\nNote\n\nIt turns.")


def test_where_in_a_source_a_method_stands_is_no_part_of_its_heading() -> None:
    # Sami's.
    heading = "<h3 id=method_grind><div class=location>{}</div><code>grind()</code></h3>"
    for place in ("at         line 30", "in Stone at line 7"):
        assert of_main(f"{heading.format(place)}<p>{PROSE}</p>") == f"### `grind()`\n\n{PROSE}"
    assert of_main(f"{heading.format('At the mill')}<p>{PROSE}</p>").startswith("### At the mill `grind()`")


@pytest.mark.parametrize("hider", ["d-none", "hidden"])
def test_the_hidden_name_of_a_source_goes(hider: str) -> None:
    """pkgdown writes one below the title of each page of its reference."""
    head = "<div class=page-header><h1>Joins</h1><div class='{} name'><code>{}</code></div></div>"
    assert of_main(f"{head.format(hider, 'joins.Rd')}<p>{PROSE}</p>") == f"# Joins\n\n{PROSE}"
    assert "joins.Rd" in of_main(f"{head.format('wide', 'joins.Rd')}<p>{PROSE}</p>")
    assert "joins" in of_main(f"{head.format(hider, 'joins')}<p>{PROSE}</p>")
