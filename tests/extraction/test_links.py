from __future__ import annotations

from tests.extraction.reading import PROSE, read

from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.extraction.links import MAX_LINKS


def test_links_are_absolute_in_order_once_and_without_fragments() -> None:
    page = read(
        "<base href=/root/><nav><a href=b.html>b</a></nav><main><a href='a.html#x'>a</a><a href=a.html>a</a>"
        "<a rel='external nofollow' href=no.html>n</a><a href='javascript:alert(1)'>j</a><a href='mailto:a@b.c'>m</a>"
        "<a href='//other.example/x y'>o</a><a href='http://[bad'>bad</a>"
        "<area href='../up?utm_source=q&amp;k=1'></main>"
    )
    assert page.links == (
        "https://docs.example/root/b.html",
        "https://docs.example/root/a.html",
        "https://other.example/x%20y",
        "https://docs.example/up?k=1",
    )


def test_what_a_frame_or_an_object_shows_is_linked_to() -> None:
    page = read(
        "<iframe src=about:blank data-src=/late></iframe><object type=text/html data=/object></object>"
        "<embed type=text/html src=/embed><object data=/film.swf></object><embed src=/film.mp4>"
    )
    assert page.links == ("https://docs.example/late", "https://docs.example/object", "https://docs.example/embed")


def test_a_picture_links_by_either_name() -> None:
    page = read(
        "<svg viewBox='0 0 1 1'><a xlink:href=/old><text>O</text></a><a href=/new><text>N</text></a></svg>"
        "<a href=/>H</a>"
    )
    assert page.links == ("https://docs.example/old", "https://docs.example/new", "https://docs.example/")


def test_what_comes_next_is_linked_to_after_all_others() -> None:
    page = read(
        "<head><link rel=next href=/c><link rel=prev href=/a><link rel='next nofollow' href=/d>"
        "<link rel=help href=/e></head><main><a href=/a>a</a><a href=/b>b</a></main>"
    )
    assert page.links == ("https://docs.example/a", "https://docs.example/b", "https://docs.example/c")


def test_no_more_than_the_limit_of_links_is_kept() -> None:
    page = read("".join(f"<a href=/{number}>x</a>" for number in range(MAX_LINKS + 5)))
    assert len(page.links) == MAX_LINKS + 1
    assert page.links[-1] == f"https://docs.example/{MAX_LINKS}"


def test_plain_paths_come_out_as_any_other_link() -> None:
    page = read(
        "<a href=a.b/c-d_e~/F.html>1</a><a href=/x/y>2</a><a href=../z>3</a><a href=./q>4</a><a href=a//b>5</a>"
        "<a href=a/../b>6</a><a href=c/./d>7</a><a href='//e.example/f'>8</a><a href=mailto:a>9</a><a href=a:b>10</a>"
    )
    assert page.links == (
        "https://docs.example/guide/a.b/c-d_e~/F.html",
        "https://docs.example/x/y",
        "https://docs.example/z",
        "https://docs.example/guide/q",
        "https://docs.example/guide/a/b",
        "https://docs.example/guide/b",
        "https://docs.example/guide/c/d",
        "https://e.example/f",
    )


def test_a_heading_that_leads_to_the_index_of_its_own_folder_stays_at_both_addresses() -> None:
    page = f"<h1><a href=index.html>Ring</a></h1><h1>Overview</h1><p>{PROSE}</p>".encode()
    for name in ("", "index.html"):
        content = extract(page, f"https://docs.example/{name}", "text/html")
        assert [line[:2] for line in content.markdown.splitlines()] == ["# ", "", "# ", "", "A "], name


def test_a_script_that_holds_the_menu_of_the_site_is_linked_to() -> None:
    scripts = "".join(f"<script src='{name}'></script>" for name in ("jquery.js", "menudata.js?v=1", "x/mymenudata.js"))
    assert read(f"<head>{scripts}</head><main><a href=a.html>a</a></main>").links == (
        "https://docs.example/guide/a.html",
        "https://docs.example/guide/menudata.js",
    )


def test_a_page_of_writerside_leads_to_its_contents_which_it_does_not_name() -> None:
    page = read("<body data-article-props='{}'><script src=https://tool.example/app.js></script>")
    assert page.links == ("https://docs.example/guide/HelpTOC.json",)


def test_a_backslash_is_a_slash_in_the_path_of_a_link() -> None:
    page = read(r"<a href='manual\gates.html'>a</a><a href='\valves.html?a=\b'>b</a>")
    assert page.links == ("https://docs.example/guide/manual/gates.html",)


def test_a_link_that_is_too_long_is_told() -> None:
    assert [len(link) for link in read(f"<a href=/{'u' * 3000}>x</a>").links] == [2049]


def test_a_list_whose_links_open_in_another_frame_is_secondary() -> None:
    links = "<ul><li><a href=a>Mills</a><li><a href=b>Gears</a></ul>"
    for base, text, is_list in (
        ("main", "", True),
        ("main", f"<p>{PROSE}</p>", False),
        ("_top", "", False),
    ):
        page = f"<head><title>T</title><base target={base}></head><body>{text}{links}"
        assert extract(page.encode(), "https://docs.example/", "text/html").extract.is_secondary is is_list
