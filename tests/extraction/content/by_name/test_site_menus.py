from __future__ import annotations

from tests.extraction.reading import PROSE, of_main


def test_a_column_of_links_with_a_heading_for_each_few_goes() -> None:
    """FORD's is short where a procedure is, whose source is all that it leads to."""
    column = "<div id=sidebar><h3>Contents</h3><div><h3>Source Code</h3><a href=#src>mill_open</a></div></div>"
    assert of_main(f"{column}<h1>Open</h1><p>{PROSE}</p><h2 id=src>Source</h2>") == f"# Open\n\n{PROSE}\n\n## Source"
