from __future__ import annotations

import gzip
import sys

import pytest
from tests.support.growth import assert_linear

from llmstxt_sched.crawler.sitemaps import sitemap
from llmstxt_sched.crawler.sitemaps.sitemap import Sitemap, parse
from llmstxt_sched.crawler.sitemaps.sitemap_xml import MAX_LINK_SIZE, MAX_URLS

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


def test_a_doctype_is_no_junk_before_the_xml() -> None:
    assert parse(b'<!DOCTYPE l [<!ENTITY a "b">]>' + urlset("https://a.example/a")) == sitemap.Sitemap()


def test_gzip_is_unpacked_and_a_damaged_one_may_list_anything() -> None:
    packed = gzip.compress(urlset("https://a.example/a"))
    assert parse(packed).pages == ("https://a.example/a",)
    assert parse(packed[:20] + b"xx" + packed[22:]) == sitemap.Sitemap(is_missing=True)
    assert parse(packed[:-12]).is_missing


@pytest.mark.parametrize(
    "end", ["</urlset>", "<url><loc> https://a.example/c </loc></url></urlset>", "c </loc></url></urlset>"]
)
@pytest.mark.parametrize("damage", ["", "<url><loc>&#1;</url>"])
def test_a_file_that_breaks_off_is_told_from_a_whole_one(end: str, damage: str) -> None:
    whole = urlset("https://a.example/a", "https://a.example/b", "https://a.example/c").decode()
    whole = whole.replace("<url>", f"{damage}<url>", 1)
    assert not parse(whole.encode()).is_missing
    cut = parse(whole.removesuffix(end).encode())
    assert cut.is_missing
    assert cut.pages[:2] == ("https://a.example/a", "https://a.example/b")


def test_a_page_that_does_not_end_is_no_sitemap_that_breaks_off() -> None:
    assert parse(b"<p>There is no such page.<br>Go home") == sitemap.Sitemap()


@pytest.mark.parametrize(
    "error", ["<!DOCTYPE html><html><body>There was a critical error.", "<html><body>Error<br></body></html>", "a<b"]
)
def test_a_file_with_the_page_of_an_error_behind_its_first_half_breaks_off(error: str) -> None:
    half = urlset("https://a.example/a").decode().removesuffix("</urlset>")
    assert parse(f"{half}{error}".encode()).is_missing
    assert not parse(f"{half}</urlset>{error}".encode()).is_missing


def test_text_lists_one_address_a_line() -> None:
    assert parse(b"\xef\xbb\xbfhttps://a.example/a\r\n\njavascript:alert(1)\nhttps://a.example/b").pages == (
        "https://a.example/a",
        "https://a.example/b",
    )


def test_damage_keeps_what_stood_before_it() -> None:
    assert parse(urlset("https://a.example/a") + b"<oops").pages == ("https://a.example/a",)
    assert parse(urlset("https://a.example/a")[:-15] + b"</wrong>").pages == ("https://a.example/a",)


@pytest.mark.parametrize(
    "damage",
    [
        b"<url><loc>https://a.example/b</url>",
        b"<url><loc>https://a.example/b?x<y</loc></url>",
        b"<url><loc>https://a.example/b</loc><lastmod>< 2024</lastmod></url>",
        b"<url><loc>https://a.example/b</loc><p class=x></p></url>",
        b'<?xml version="1.0"?>',
        b"</urlset><urlset>",
        b"<br></url></urlset>",
    ],
)
def test_entries_behind_damage_are_read(damage: bytes) -> None:
    first, *others = (b"<url><loc>https://a.example/%s</loc></url>" % name for name in (b"a", b"c", b"d"))
    listed = parse(b"<urlset>" + first + damage + damage.join(others) + b"</urlset>")
    assert set(listed.pages) - {"https://a.example/b"} == {f"https://a.example/{name}" for name in "acd"}


def test_a_feed_behind_damage_keeps_its_base() -> None:
    feed = '<feed xml:base="https://a.example/blog/"><entry></x></entry><entry><link href="b"/></entry></feed>'
    assert parse(feed.encode()).pages == ("https://a.example/blog/b",)


def test_an_index_behind_damage_lists_files() -> None:
    assert parse(b"<sitemapindex><!-- -- --><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>").files == ("/a.xml",)


def test_a_doctype_ends_the_reading_whatever_stands_behind_it() -> None:
    assert parse(b"<!DOCTYPE x><br>" + urlset("https://a.example/a")) == sitemap.Sitemap()


def test_a_doctype_in_small_letters_is_one() -> None:
    assert not parse(b"<!doctype html><html><body><url><loc>https://docs.example/a</loc></url>").pages


@pytest.mark.parametrize("inside", [b"<!-- no <!doctype here -->", b"<note><![CDATA[<!DOCTYPE html>]]></note>"])
def test_the_word_in_a_comment_or_a_text_is_no_doctype(inside: bytes) -> None:
    body = b"<urlset>" + inside + b"<url><loc>https://docs.example/a</loc></url></urlset>"
    assert list(parse(body).pages) == ["https://docs.example/a"]


def test_entries_far_behind_damage_are_not_looked_for() -> None:
    assert not parse(b"<urlset>" + b"<" * 2 * 1024**2 + b"<url><loc>https://docs.example/a</loc></url>").pages


def test_names_of_elements_may_be_in_capitals() -> None:
    assert parse(b"<URLSET><URL><LOC>/a</LOC></URL></URLSET>").pages == ("/a",)


@pytest.mark.slow
def test_a_file_of_nothing_but_damage_is_given_up_soon() -> None:
    def given_up(parts: int) -> None:
        assert parse(b"<urlset>" + b"<url><" * parts).pages == ()

    assert_linear(given_up, 1_000_000)


@pytest.mark.slow
def test_a_file_of_nothing_but_small_elements_is_cut_and_said() -> None:
    begin, end = (
        b"<urlset><url><loc>https://a.example/a</loc></url>",
        b"<url><loc>https://a.example/b</loc></url></urlset>",
    )
    listed = parse(begin + b"<a/>" * 3_000_000 + end)
    assert (listed.pages, listed.cut) == (("https://a.example/a",), True)
    assert_linear(lambda elements: parse(begin + b"<a/>" * elements + end), 3_000_000)


@pytest.mark.slow
@pytest.mark.parametrize("element", ['<x xml:base="b/"/>', '<entry><link href="c"/></entry>'])
def test_a_feed_of_nothing_but_addresses_below_a_long_one_is_cut_and_said(element: str) -> None:
    base = f"https://a.example/{'a/' * 100_000}"
    listed = parse(
        f'<feed><entry><link href="/a"/></entry><feed xml:base="{base}">{element * 60}</feed></feed>'.encode()
    )
    assert listed.pages[0] == "/a"
    assert len(listed.pages) <= 50
    assert listed.cut


@pytest.mark.slow
def test_more_urls_than_the_limit_are_cut_and_said() -> None:
    listed = parse(urlset(*(f"https://a.example/{number}" for number in range(MAX_URLS + 5))))
    assert len(listed.pages) == MAX_URLS
    assert listed.cut
    lines = parse(b"https://a.example/a\n" * (MAX_URLS + 5))
    assert len(lines.pages) == MAX_URLS
    assert lines.cut


def test_any_bytes_are_survived() -> None:
    for body in (b"", b"<", b"\x1f\x8b", b"\xff\xfe<\x00", b"<a>" * 1000, b"<urlset><url><loc>" + b"x" * 100_000):
        assert not parse(body).files


@pytest.mark.slow
def test_a_tag_without_end_is_not_waited_for() -> None:
    attributes = " ".join(f'a{n}="{n}"' for n in range(500_000))
    behind = urlset("https://a.example/c").partition(b"<url>")[2]
    body = urlset("https://a.example/b").removesuffix(b"</urlset>") + f"<url {attributes}></url><url>".encode() + behind
    listed = parse(body)
    assert (listed.pages, listed.cut) == (("https://a.example/b",), True)


def test_white_space_before_the_declaration_is_skipped() -> None:
    declared = b"<?xml version='1.0' encoding='utf-8'?>" + urlset("https://a.example/a")
    assert parse(b"\n \t" + declared).pages == ("https://a.example/a",)
    assert parse(b"\xef\xbb\xbf\r\n" + declared).pages == ("https://a.example/a",)
    wide = declared.decode().replace("utf-8", "utf-16")
    assert parse(f"\n{wide}".encode("utf-16")).pages == ("https://a.example/a",)


@pytest.mark.parametrize(
    "before",
    [b"\r\n\xef\xbb\xbf", b"Notice: Undefined index in /srv/x.php on line 3\n", b"<br />\n<b>Warning</b>: x<br />\n"],
)
def test_what_a_server_writes_before_the_xml_is_skipped(before: bytes) -> None:
    assert parse(before + urlset("https://a.example/a")).pages == ("https://a.example/a",)
    declared = b"<?xml version='1.0' encoding='utf-8'?>\n" + urlset("https://a.example/a")
    assert parse(before + declared).pages == ("https://a.example/a",)


def test_an_ampersand_that_begins_no_reference_stands_for_itself() -> None:
    body = urlset("https://a.example/?a=1&b=2&copy=3&amp;d=4", "<![CDATA[https://a.example/?a=1&b=2]]>", "/c?x&#61;1")
    assert parse(body).pages == ("https://a.example/?a=1&b=2&copy=3&d=4", "https://a.example/?a=1&b=2", "/c?x=1")


@pytest.mark.slow
@pytest.mark.parametrize("filler", [b"&", b"<![CDATA["])
def test_where_there_are_millions_no_ampersand_is_escaped(filler: bytes) -> None:
    body = b"<urlset><url><loc>/a</loc></url><url><loc>/b?x&y</loc></url>"
    assert parse(body + filler * 10).pages == ("/a", "/b?x&y")
    assert parse(body + filler * 5_000_000).pages == ("/a",)


def test_a_picture_is_no_page_whatever_its_prefix() -> None:
    body = (
        '<urlset xmlns:p="y"><url><p:image><p:loc>https://a.example/i.png</p:loc></p:image><loc>/a</loc></url></urlset>'
    )
    assert parse(body.encode()).pages == ("/a",)


def test_rss_lists_the_links_of_its_items() -> None:
    body = (
        '<rss version="2.0" xmlns:atom="x"><channel><link>https://a.example/</link><image><link>/i</link></image>'
        "<item><link>https://a.example/a</link><guid>https://a.example/?p=1</guid>"
        '<atom:link href="/b">c</atom:link></item>'
        '<item><guid>https://a.example/d</guid></item><item><guid isPermaLink="false">e</guid></item></channel></rss>'
    )
    assert parse(body.encode()).pages == ("https://a.example/a", "https://a.example/d")


def test_atom_lists_the_links_of_its_entries() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry><link href="/a"/><link rel="edit" href="/b"/>'
        '</entry><entry><link rel="alternate" href="https://a.example/c"/></entry>'
        '<entry><link rel="http://www.iana.org/assignments/relation/alternate" href="https://a.example/d"/></entry>'
        '<entry><link rel="http://www.iana.org/assignments/relation/self" href="https://a.example/e"/></entry></feed>'
    )
    assert parse(body.encode()).pages == ("/a", "https://a.example/c", "https://a.example/d")


def test_text_may_list_paths_and_no_sentences() -> None:
    lines = b"/a\n./b?x=1\nguide/c\nd.html\nNot found\nmailto:a@b.example\n{}\nOK\n"
    assert parse(lines).pages == ("/a", "./b?x=1", "guide/c", "d.html")


def test_elements_in_elements_without_end_are_not_remembered() -> None:
    assert parse(b"<urlset>" + b"<a>" * 200 + urlset("https://a.example/a")) == sitemap.Sitemap()


def test_utf_8_that_calls_itself_utf_16_is_read_as_what_it_is() -> None:
    body = '<?xml version="1.0" encoding="utf-16"?><urlset><url><loc>https://a.example/é</loc></url></urlset>'
    assert parse(body.encode()).pages == parse(body.encode("utf-16")).pages == ("https://a.example/é",)


@pytest.mark.parametrize("damage", [b"\x08", b"\xe9", b"\x00"])
def test_bytes_that_are_no_character_do_not_end_the_reading(damage: bytes) -> None:
    damaged = urlset("https://a.example/a", "https://a.example/b").replace(
        b"/a ", b"/a </loc><x>" + damage + b"</x><loc>"
    )
    assert parse(damaged).pages[-1] == "https://a.example/b"


def test_other_encodings_than_utf_8_keep_their_bytes() -> None:
    latin = b"<?xml version='1.0' encoding='iso-8859-1'?>" + urlset("https://a.example/caf\xe9").replace(
        b"\xc3\xa9", b"\xe9"
    )
    assert parse(latin).pages == ("https://a.example/café",)


@pytest.mark.parametrize(("label", "codec"), [("GBK", "gbk"), ("Shift_JIS", "cp932"), ("windows-1251", "cp1251")])
def test_encodings_that_expat_does_not_know_are_read(label: str, codec: str) -> None:
    text = f"<?xml version='1.0' encoding='{label}'?><urlset><url><loc>/Ж</loc></url></urlset>"
    assert parse(text.encode(codec)).pages == ("/Ж",)


def test_an_encoding_that_nobody_knows_is_utf_8() -> None:
    body = b"<?xml version='1.0' encoding='utf8mb4'?>" + urlset("https://a.example/\xe9")
    assert parse(body).pages == ("https://a.example/é",)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark(codec: str) -> None:
    text = "<?xml version='1.0' encoding='UTF-16'?><urlset><url><loc>/é</loc></url></urlset>"
    assert parse(text.encode(codec)).pages == ("/é",)


def test_a_number_that_no_character_has_stands_for_itself() -> None:
    assert parse(urlset("/a&#11;", "/b&#x1F;", "/c?x&#038;y&#x3D;z")).pages == ("/a&#11;", "/b&#x1F;", "/c?x&y=z")


def test_lines_may_end_in_cr_alone() -> None:
    assert parse(b"/a\r/b\r").pages == ("/a", "/b")


def test_the_links_of_a_feed_are_relative_to_its_base() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/blog/"><entry><link href="a"/></entry>'
        '<entry xml:base="old/"><link href="b"/></entry><entry><link xml:base="[" href="//["/></entry>'
        "<entry><link/></entry></feed>"
    )
    assert parse(body.encode()).pages[:2] == ("https://a.example/blog/a", "https://a.example/blog/old/b")


LINKS = (
    b'<xhtml:link rel="alternate" hreflang="en-GB" href="/about"/>'
    b'<x:link href=" /de/ueber-uns " hreflang="DE" rel="alternate"/>'
)


def test_the_translations_of_a_page_are_read_with_it() -> None:
    urls = b"<url>%s<loc>/about</loc></url><url><loc>/b</loc></url>" % LINKS
    found = parse(b"<urlset xmlns:xhtml='x' xmlns:x='x'>%s</urlset>" % urls)
    assert found.pages == ("/about", "/b")
    assert found.translations == {"/about": (("en-gb", "/about"), ("de", "/de/ueber-uns"))}


@pytest.mark.parametrize(
    "link",
    [
        b'<x:link rel="canonical" hreflang="de" href="/de/"/>',
        b'<x:link rel="alternate" media="handheld" href="/m"/>',
        b'<x:link rel="alternate" hreflang="de" href=""/>',
        b'<x:link rel="alternate" hreflang="de"/>',
    ],
)
def test_other_links_of_a_page_are_no_translations(link: bytes) -> None:
    found = parse(b"<urlset xmlns:x='x'><url><loc>/a</loc>%s</url></urlset>" % link)
    assert (found.pages, found.translations) == (("/a",), {})


def test_a_doctype_forgets_translations_as_well() -> None:
    body = b"<urlset xmlns:xhtml='x' xmlns:x='x'><url><loc>/about</loc>%s</url><!doctype x></urlset>" % LINKS
    assert parse(body) == Sitemap()


@pytest.mark.slow
def test_so_many_different_translations_are_kept_and_pages_go_on() -> None:
    for pages, digits in ((300, 1021), (2000, 5)):
        link = f'<x:link rel="alternate" hreflang="de" href="/{{0:0{digits}}}"/>'
        links = ("".join(link.format(page * 100 + n) for n in range(90)) for page in range(pages))
        urls = "".join(f"<url><loc>/{page}</loc>{each}</url>" for page, each in enumerate(links))
        found = parse(f"<urlset xmlns:x='x'>{urls}</urlset>".encode())
        assert len(found.pages) == pages
        links_kept = [link for each in found.translations.values() for link in each]
        taken = sum(sys.getsizeof(link) + sys.getsizeof(link[0]) + sys.getsizeof(link[1]) for link in links_kept)
        assert MAX_LINK_SIZE * 0.6 < taken < MAX_LINK_SIZE
        assert len(found.translations) < pages
