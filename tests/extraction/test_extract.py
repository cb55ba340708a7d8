from __future__ import annotations

import pytest

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.extraction.links import MAX_LINKS
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.extraction.nesting import MAX_DEPTH

URL = "https://docs.example/guide/page.html"
PROSE = "A sentence of prose that is long enough to tell content from navigation."


def read(html: str, url: str = URL) -> Content:
    return extract(html.encode(), url, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("body", "header"),
    [
        ("<title>Grüße</title>".encode(), "text/html"),
        ("<title>Grüße</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        (b"<meta charset=windows-1252><title>Gr\xfc\xdfe</title>", "text/html"),
        (b"<title>Gr\xfc\xdfe</title>", "text/html"),
        (b"\xef\xbb\xbf" + "<title>Grüße</title>".encode(), "text/html; charset=latin-1"),
        ("\ufeff<title>Grüße</title>".encode("utf-16-le"), "text/html"),
        ("<meta charset=utf-16><title>Grüße</title>".encode(), "text/html"),
        ("<title>G\0rüße</title>".encode(), "text/html; charset=utf-8"),
    ],
)
def test_the_charset_comes_from_mark_header_meta_or_the_bytes(body: bytes, header: str) -> None:
    assert extract(body, URL, header).extract.title == "Grüße"


@pytest.mark.parametrize("label", ["zlib", "idna", "punycode", "utf-7", "hex", "unicode_escape", "none-such"])
def test_a_page_cannot_choose_a_codec_that_is_no_charset(label: str) -> None:
    assert extract(b"<title>+ADw-a</title>", URL, f"text/html; charset={label}").extract.title == "+ADw-a"


@pytest.mark.parametrize("unit", ["<div>", "<b>", "<font color=red><i>", "<ul><li>", "</p><DIV>", "<x-y>"])
def test_nesting_that_would_stall_the_parser_is_refused(unit: str) -> None:
    with pytest.raises(FetchFailed) as failed:
        read(unit * (MAX_DEPTH + 1))
    assert failed.value.code == "parse_error"


def test_a_flat_page_of_many_unclosed_paragraphs_is_read() -> None:
    page = read("<main>" + f"<p>{PROSE}<br><li>x" * 3000)
    assert page.markdown.count("A sentence") == 3000


def test_tags_in_scripts_and_comments_do_not_count_as_nesting() -> None:
    noise = "<script>" + "<div>" * 600 + "</script><!--" + "<div>" * 600 + "-->"
    assert read(f"{noise}<main><h1>Read</h1><p>{PROSE}</p></main>").extract.h1 == "Read"


def test_the_head_gives_title_descriptions_and_site() -> None:
    said = read(
        "<title> Setup \n | Site</title><meta name=Description content='What  to do'>"
        "<meta property=og:description content=Other><meta property=og:site_name content=Site>"
        f"<main><h2>First</h2><p>{PROSE} More.</p></main>"
    ).extract
    assert said.title == "Setup | Site"
    assert (said.description, said.og_description, said.site_name) == ("What to do", "Other", "Site")
    assert (said.h1, said.first_heading, said.lead) == ("", "First", PROSE)


def test_json_ld_names_the_site_and_broken_json_does_not_matter() -> None:
    data = '{"@graph":[{"@type":"Article","name":"No"},{"@type":["WebSite"],"name":"Site  Name"}]}'
    page = read(f"<script type=application/ld+json>{{</script><script type=application/ld+json>{data}</script>")
    assert page.extract.site_name == "Site Name"


def test_the_lead_passes_over_notes_code_and_lists_of_links() -> None:
    said = read(
        "<main><h1>T</h1><p><a href=/a>A link that is as long as a sentence would be here</a></p>"
        "<div class=admonition><p>A warning that is long enough to pass for the first sentence.</p></div>"
        "<pre>code that is long enough to pass for the first sentence of it</pre>"
        "<p>It works with most systems, e.g. Debian, and needs no set-up. The rest follows.</p></main>"
    ).extract
    assert said.lead == "It works with most systems, e.g. Debian, and needs no set-up."


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


def test_no_more_than_the_limit_of_links_is_kept() -> None:
    page = read("".join(f"<a href=/{number}>x</a>" for number in range(MAX_LINKS + 5)))
    assert len(page.links) == MAX_LINKS
    assert page.links[-1] == f"https://docs.example/{MAX_LINKS - 1}"


def test_robots_meta_is_read_for_all_robots_and_for_ours() -> None:
    page = read("<meta name=ROBOTS content='NoIndex, follow'><meta name=llmstxt-sched content=nofollow>")
    assert page.noindex
    assert page.nofollow
    assert not read("<meta name=googlebot content=noindex>").noindex


def test_canonical_is_absolute() -> None:
    assert read("<link rel=canonical href='../real.html#top'>").canonical == "https://docs.example/real.html"


NAVIGATION = {
    "list under its label": (
        "<nav><p class=caption>Guides</p><ul><li><a href=other.html>O</a><li><a href=page.html>P</a></ul>"
        "<p class=caption>Reference</p><ul><li><a href=ref.html>R</a></ul></nav>"
    ),
    "nested list": "<aside class=sidebar><ul><li><a href=/guide/>Guides</a><ul><li><a href='#'>P</a></ul></ul></aside>",
    "fold": "<nav><details><summary>Guides</summary><ul><li><a href=page.html>P</a></ul></details></nav>",
    "items that are no lists": (
        "<aside class=VPSidebar><section><div class=item><h2>Guides</h2></div><div class=items>"
        "<div class='it is-link'><a href=a.html>A</a></div><div class='it is-active'><a href=page.html>P</a></div>"
        "</div></section></aside>"
    ),
    "part title": "<nav><ol><li class=part-title>Guides<li><a href=a.html>A</a><li><a href=page.html>P</a></ol></nav>",
    "breadcrumbs": "<ul class=breadcrumbs><li><a href=/>Home</a><li><a href=/guide/>Guides</a><li>Page</ul>",
    "sphinx's related bar": (
        "<div class=related role=navigation><h3>Navigation</h3><ul><li class=right><a href=n.html>next</a>"
        "<li><a href=/guide/>Guides</a><li class=nav-item-this><a href=''>Page</a></ul></div>"
    ),
    "the page above": "<link rel=up href=g.html title=Guides>",
}


@pytest.mark.parametrize("name", NAVIGATION)
def test_the_section_comes_from_the_sites_own_navigation(name: str) -> None:
    page = read(f"{NAVIGATION[name]}<main><h1>Page</h1><p>{PROSE}</p></main>")
    assert page.extract.section == "Guides"


def test_a_list_of_places_in_the_page_is_no_section() -> None:
    page = read(
        f"<nav><h3>On this page</h3><ul><li><a href='#'>Page</a><ul><li><a href='#x'>X</a></ul></ul></nav>{PROSE}"
    )
    assert page.extract.section == ""


def test_the_same_page_gives_the_same_content() -> None:
    html = f"<main><h1>T</h1><p>{PROSE}</p><pre>x</pre><a href=/b>b</a><a href=/a>a</a></main>"
    assert read(html) == read(html)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<", b"<!--", b"<html><frameset><frame src=/a>", b"\0" * 99])
def test_no_bytes_make_it_fail(body: bytes) -> None:
    assert extract(body, URL, "text/html; charset=utf-8").extract.h1 == ""
