from __future__ import annotations

from tests.extraction.reading import PROSE, of_main


def test_the_bar_of_a_table_may_name_the_pages_beside_their_pictures() -> None:
    names = {"p": "before", "u": "above", "n": "behind"}
    cells = "<td><a accesskey={0} href={1}.html><img src={0}.png alt=x></a></td><th><a href={1}.html>{1}</a></th>"
    keys = "".join(cells.format(key, name) for key, name in names.items())
    bar = f"<table class=navigation><tr>{keys}</tr></table>"
    assert of_main(f"<h1>T</h1>{bar}<p>{PROSE}</p>") == f"# T\n\n{PROSE}"
    other = bar.replace("<a href=above.html>", "<a href=other.html>")
    assert "[above](" in of_main(f"<h1>T</h1>{other}<p>{PROSE}</p>")
