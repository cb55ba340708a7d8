from __future__ import annotations

from llmstxt_sched.extraction.links import MAX_LINKS
from llmstxt_sched.extraction.place.script_menu import read_script_menu

URL = "https://docs.example/api/menudata.js"


def links(script: str) -> tuple[str, ...]:
    return read_script_menu(script.encode(), URL, "application/javascript").links


def test_the_pages_of_a_menu_are_read_once_each_without_their_places() -> None:
    script = (
        "/* @licstart (C) Someone */ var menudata={children:[{text:'Main \\'Page\\'',url:'index.html'},"
        '{text:"Classes",url:"annotated.html",children:[{text:"a",url:"functions.html#index_a"},'
        '{text:"b",url:"functions.html#index_b"}]},{text:"Out",url:"javascript:alert(1)"},{text:"x.html",url:"../up.xhtml"}]}'
    )
    names = ("api/index.html", "api/annotated.html", "api/functions.html", "api/x.html", "up.xhtml")
    assert links(script) == tuple(f"https://docs.example/{name}" for name in names)


def test_the_tree_of_a_sidebar_is_a_menu() -> None:
    tree = 'var NAVTREE = [ [ "Gates", "index.html", [ [ "Class List", "annotated.html", "annotated_dup" ] ] ] ];'
    assert links(tree) == ("https://docs.example/api/index.html", "https://docs.example/api/annotated.html")


def test_the_contents_of_writerside_are_a_menu() -> None:
    contents = '{"entities":{"pages":{"a":{"title":"Gates","url":"gates.html","pages":["b"]},"b":{"title":"B"}}}}'
    assert links(contents) == ("https://docs.example/api/gates.html",)


def test_the_pages_of_a_menu_may_have_another_ending() -> None:
    assert links("a={url:'index.htm'},{url:'classes.php'}") == (
        "https://docs.example/api/index.htm",
        "https://docs.example/api/classes.php",
    )


def test_what_is_no_menu_has_no_links_and_a_long_one_is_cut() -> None:
    assert links("") == ()
    assert links('"' * 100_000) == ()
    assert len(links("".join(f'"{n}.html",' for n in range(MAX_LINKS + 10)))) == MAX_LINKS + 1
