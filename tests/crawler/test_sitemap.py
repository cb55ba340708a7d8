from __future__ import annotations

import gzip

from llmstxt_sched.crawler import sitemap
from llmstxt_sched.crawler.sitemap import parse

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*pages: str) -> bytes:
    return f"<urlset {SPACE}>{''.join(f'<url><loc> {page} </loc></url>' for page in pages)}</urlset>".encode()


def test_pages_are_listed_in_the_files_order() -> None:
    assert parse(urlset("https://a.example/b", "https://a.example/a")).pages == (
        "https://a.example/b",
        "https://a.example/a",
    )


def test_an_index_lists_files() -> None:
    body = f"<?xml version='1.0'?><sitemapindex {SPACE}><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>"
    assert parse(body.encode()) == sitemap.Sitemap(files=("https://a.example/1.xml",))


def test_prefixes_entities_and_cdata_are_read_and_images_are_not() -> None:
    body = (
        '<s:urlset xmlns:s="x" xmlns:image="y"><s:url><s:loc>https://a.example/?a=1&amp;b=2</s:loc>'
        "<image:image><image:loc>https://a.example/i.png</image:loc></image:image></s:url>"
        "<s:url><s:loc><![CDATA[https://a.example/c]]></s:loc></s:url></s:urlset>"
    )
    assert parse(body.encode()).pages == ("https://a.example/?a=1&b=2", "https://a.example/c")


def test_a_doctype_is_refused_whole() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]>' + urlset("https://a.example/&a;")
    assert parse(bomb) == sitemap.Sitemap()


def test_gzip_is_unpacked_and_a_damaged_one_is_nothing() -> None:
    packed = gzip.compress(urlset("https://a.example/a"))
    assert parse(packed).pages == ("https://a.example/a",)
    assert parse(packed[:20] + b"xx" + packed[22:]) == sitemap.Sitemap()


def test_text_lists_one_address_a_line() -> None:
    assert parse(b"\xef\xbb\xbfhttps://a.example/a\r\n\njavascript:alert(1)\nhttps://a.example/b").pages == (
        "https://a.example/a",
        "https://a.example/b",
    )


def test_damage_keeps_what_stood_before_it() -> None:
    assert parse(urlset("https://a.example/a") + b"<oops").pages == ("https://a.example/a",)
    assert parse(urlset("https://a.example/a")[:-15] + b"</wrong>").pages == ("https://a.example/a",)


def test_more_urls_than_the_limit_are_cut_and_said() -> None:
    listed = parse(urlset(*(f"https://a.example/{number}" for number in range(sitemap.MAX_URLS + 5))))
    assert len(listed.pages) == sitemap.MAX_URLS
    assert listed.cut
    lines = parse(b"https://a.example/a\n" * (sitemap.MAX_URLS + 5))
    assert len(lines.pages) == sitemap.MAX_URLS
    assert lines.cut


def test_any_bytes_are_survived() -> None:
    for body in (b"", b"<", b"\x1f\x8b", b"\xff\xfe<\x00", b"<a>" * 1000, b"<urlset><url><loc>" + b"x" * 100_000):
        assert not parse(body).files


def test_a_tag_without_end_is_not_waited_for() -> None:
    attributes = " ".join(f'a{n}="{n}"' for n in range(500_000))
    behind = urlset("https://a.example/c").partition(b"<url>")[2]
    body = urlset("https://a.example/b").removesuffix(b"</urlset>") + f"<url {attributes}></url><url>".encode() + behind
    listed = parse(body)
    assert (listed.pages, listed.cut) == (("https://a.example/b",), True)
