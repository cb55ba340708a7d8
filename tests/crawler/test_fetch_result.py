from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.support.contents import content

from llmstxt_sched.crawler.fetch_result import page_result, with_headers
from llmstxt_sched.crawler.model import Outcome
from llmstxt_sched.domain.robots_directives import Directives
from llmstxt_sched.domain.urls import parse
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.outbound.headers import read_links
from llmstxt_sched.outbound.responses import Response

URL = parse("https://docs.example/a")
TEXT = content("# A\n")


def response(link: str = "", refresh: str = "", *, varies_by_accept: bool = False) -> Response:
    return Response(URL, 200, links=read_links([link]), refresh=refresh, varies_by_accept=varies_by_accept)


@pytest.mark.parametrize(
    ("header", "element", "target"),
    [
        ("0; url=/b", "", "https://docs.example/b"),
        ("0; url=b", "https://docs.example/c", "https://docs.example/b"),
        ("60; url=/b", "", None),
        ("", "https://docs.example/c", "https://docs.example/c"),
        ("", "https://docs.example/a", None),
        ("5", "", None),
        ("0; url=javascript:void(0)", "", None),
        ("", "http://docs.example/c?d", "https://docs.example/c?d"),
    ],
)
def test_a_page_that_sends_its_reader_on_at_once_is_a_redirect(header: str, element: str, target: str | None) -> None:
    read = content("# A\n", refresh=element, noindex=target is not None)
    result = page_result(URL, response(refresh=header), read)
    assert (str(result.target) if result.target else None) == target
    assert result.outcome is (Outcome.REDIRECTED if target else Outcome.OK)


@pytest.mark.parametrize(
    ("header", "text", "is_redirect"),
    [
        ("0; url=/b", "The wheel turns at dawn. " * 40, True),
        ("3; url=/b", "The wheel turns at dawn. " * 40, False),
        ("3; url=/b", "The wheel turns at dawn.", True),
        ("9; url=/b", "The wheel turns at dawn.", False),
        ("9; url=/b", "This page has moved. " + "The wheel turns at dawn. " * 10, True),
    ],
)
def test_a_refresh_in_the_header_is_a_redirect_where_the_element_is(header: str, text: str, is_redirect: bool) -> None:
    read = with_headers(URL, content(f"{text}\n"), response(refresh=header))
    result = page_result(URL, response(refresh=header), read)
    assert (result.outcome is Outcome.REDIRECTED) is is_redirect
    assert read.links == ("https://docs.example/b",)
    assert with_headers(URL, TEXT, response(refresh="0; url=/a")).links == ()


def test_a_refresh_leads_not_from_https_to_the_http_of_another_host() -> None:
    with pytest.raises(FetchFailed) as failed:
        page_result(URL, response(refresh="0; url=http://other.example/"), TEXT)
    assert failed.value.code == "bad_redirect"


def test_the_canonical_link_of_the_header_counts_like_the_element() -> None:
    link = response('</b>; rel="canonical"')
    assert with_headers(URL, TEXT, link).canonical == "https://docs.example/b"
    named = content("# A\n", canonical="https://docs.example/c")
    assert with_headers(URL, named, link).canonical == "https://docs.example/c"


def test_the_page_itself_is_its_markdown_only_where_accept_chooses() -> None:
    link = '</a>; rel="alternate"; type="text/markdown"'
    assert with_headers(URL, TEXT, response(link)).markdown_url == ""
    assert with_headers(URL, TEXT, response(link, varies_by_accept=True)).markdown_url == str(URL)
    other = response('</a.md>; rel="alternate"; type="text/markdown", </a.xml>; rel="alternate"')
    assert with_headers(URL, TEXT, other).markdown_url == "https://docs.example/a.md"


def test_what_comes_next_by_the_header_is_a_link_like_that_of_the_element() -> None:
    read = content("# A\n", links=("https://docs.example/b",))
    links = '</b>; rel=next, </c>; rel="Prev", </d>; rel="next nofollow", </a>; rel=next, </e>; rel=help'
    expected = ("https://docs.example/b", "https://docs.example/c")
    assert with_headers(URL, read, response(links)).links == expected


def test_directives_of_header_and_page_add_up() -> None:
    tagged = Response(URL, 200, directives=Directives(noindex=True))
    read = with_headers(URL, content("# A\n", nofollow=True), tagged)
    assert (read.noindex, read.nofollow) == (True, True)


def test_a_page_that_a_header_keeps_out_is_read_anew() -> None:
    open_to_all = Response(URL, 200, etag='"1"', last_modified="Wed, 01 Jan 2020 00:00:00 GMT")
    kept_out = replace(open_to_all, directives=Directives(noindex=True))
    without_links = replace(open_to_all, directives=Directives(nofollow=True))
    elsewhere = replace(open_to_all, links=read_links(['</b>; rel="canonical"']))
    assert page_result(URL, without_links, TEXT).etag == ""
    assert page_result(URL, elsewhere, with_headers(URL, TEXT, elsewhere)).etag == ""
    itself = replace(open_to_all, links=read_links(['</a>; rel="canonical"']))
    assert page_result(URL, itself, with_headers(URL, TEXT, itself)).etag == open_to_all.etag
    assert page_result(URL, open_to_all, TEXT).etag == '"1"'
    result = page_result(URL, kept_out, with_headers(URL, TEXT, kept_out))
    assert (result.outcome, result.etag, result.last_modified) == (Outcome.NOINDEX, "", "")


def test_a_page_that_is_to_go_at_a_date_is_read_anew_since_no_304_tells_that_it_has_come() -> None:
    open_to_all = Response(URL, 200, etag='"1"', last_modified="Wed, 01 Jan 2020 00:00:00 GMT")
    by_header = page_result(URL, replace(open_to_all, directives=Directives(expires=True)), TEXT)
    by_element = page_result(URL, open_to_all, replace(TEXT, expires=True))
    for result in (by_header, by_element):
        assert (result.outcome, result.etag, result.last_modified) == (Outcome.OK, "", "")


def test_translations_are_those_of_a_header_where_the_page_names_none() -> None:
    header = '</fr/a>; rel="alternate"; hreflang=FR, </feed>; rel=alternate, </x>; rel=next; hreflang=de'
    assert with_headers(URL, TEXT, response(header)).translations == (("fr", "https://docs.example/fr/a"),)
    own = replace(TEXT, translations=(("de", "https://docs.example/de/a"),))
    assert with_headers(URL, own, response(header)).translations == own.translations
