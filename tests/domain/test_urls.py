from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmstxt_sched.domain import urls
from llmstxt_sched.domain.urls import markdown_path, parse, scope_of
from llmstxt_sched.errors import AddressRefused


@pytest.mark.parametrize(
    "target",
    [
        "/article?sid=1",
        "/?s=search",
        "/(S(x))/a",
        "/talk?session=7",
        "/talk?session=opening-of-the-conference-2024",
        "/a;sid=3",
        "/a?announce=1",
    ],
)
def test_a_parameter_that_may_choose_the_content_stays(target: str) -> None:
    assert parse(f"http://docs.example{target}").target == target


@pytest.mark.parametrize(
    ("spelt", "written"),
    [
        ("HTTP://Docs.Example:80", "http://docs.example/"),
        ("https://docs.example:443/a#part", "https://docs.example/a"),
        ("https://docs.example./a", "https://docs.example/a"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://☃.example/", "https://xn--n3h.example/"),
        ("https://I♥NY.example/", "https://xn--iny-zx5a.example/"),
        ("http://docs.example/a/./b/../c", "http://docs.example/a/c"),
        ("http://docs.example/../../a", "http://docs.example/a"),
        ("http://docs.example/a/%2e%2E/b", "http://docs.example/b"),
        ("http://docs.example/a/..", "http://docs.example/"),
        ("http://docs.example/%7euser/%e3%83%84", "http://docs.example/~user/%E3%83%84"),
        ("http://docs.example/ツ x", "http://docs.example/%E3%83%84%20x"),
        ("http://docs.example/100%", "http://docs.example/100%25"),
        ("http://docs.example/a?", "http://docs.example/a"),
        ("http://docs.example/a?q=1&utm_source=x&gclid=2", "http://docs.example/a?q=1"),
        ("http://docs.example/a?ref_src=twsrc%5Etfw&wt_mc=1&icid=a&cmpid=b&ref=main", "http://docs.example/a?ref=main"),
        ("http://docs.example/a?ASP.NET_SessionId=lit3py55t21z5v55vlm25s55&q=1", "http://docs.example/a?q=1"),
        ("http://docs.example/a;jsessionid=0AF?PHPSESSID=1", "http://docs.example/a"),
        ("http://docs.example/a?sid=0123456789abcdef&q=1", "http://docs.example/a?q=1"),
        ("http://docs.example/a;sid=0123456789abcdef/b", "http://docs.example/a/b"),
        ("http://docs.example/a?s=0123456789abcdef0123456789abcdef&t=1", "http://docs.example/a?t=1"),
        ("http://docs.example/(S(lit3py55t21z5v55vlm25s55))/a.aspx", "http://docs.example/a.aspx"),
        ("http://docs.example/a?session=5f0c3f0e-7f61-4c67-9d0b-0d6c1f0c8b11", "http://docs.example/a"),
        ("http://docs.example/a?session_id=x8Fq0Zk3LmT92bVcR7aY", "http://docs.example/a"),
        ("http://docs.example/a?_wpnonce=a1b2c3", "http://docs.example/a"),
        ("http://docs.example/a?YII_CSRF_TOKEN=a1b2c3", "http://docs.example/a"),
        ("http://docs.example/a?atl_token=a1&logintoken=b2", "http://docs.example/a"),
        ("http://docs.example/a?__cf_chl_tk=a1b2c3", "http://docs.example/a"),
        ("http://docs.example/a?_=1700000000000&rnd=0.123&b=1&cachebuster=7", "http://docs.example/a?b=1"),
        ("http://docs.example/a?token=0123456789abcdef&t=12", "http://docs.example/a?t=12"),
        ("http://docs.example/a?ts=1700000000&timestamp=1700000000000&nocache=a1b2c3&b", "http://docs.example/a?b"),
        ("http://docs.example/a?cb=1&rand=22&pk_id=3", "http://docs.example/a?cb=1&rand=22&pk_id=3"),
        ("http://docs.example/a?cb=123&_=1&pk_cid=3&ttclid=4&wbraid=5&q=1", "http://docs.example/a?q=1"),
        ("http://docs.example/a?access_token=zz7&formhash=x&antiForgeryToken=y", "http://docs.example/a"),
        ("http://docs.example/a?ts=7&time=1200&cb=decade", "http://docs.example/a?ts=7&time=1200&cb=decade"),
        ("http://docs.example/a?sessionid=5f2b1c9a7d3e", "http://docs.example/a"),
        ("http://docs.example/a?requestId=5f0c3f0e-7f61-4c67-9d0b-0d6c1f0c8b11", "http://docs.example/a"),
        ("http://docs.example/a?session=202611281430", "http://docs.example/a?session=202611281430"),
        (
            "http://docs.example/a?page_token=0123456789abcdef&next_token=0123456789abcdef",
            "http://docs.example/a?page_token=0123456789abcdef&next_token=0123456789abcdef",
        ),
        ("http://docs.example/a?random=true&cb=red&token=name", "http://docs.example/a?random=true&cb=red&token=name"),
        ("http://docs.example/a/?C=N;O=D", "http://docs.example/a/"),
        ("http://docs.example/a/?C=S&O=A", "http://docs.example/a/"),
        ("http://docs.example/a/?M=A", "http://docs.example/a/"),
        # Names that begin with one letter.
        ("http://docs.example/terms?N=A", "http://docs.example/terms?N=A"),
        ("http://docs.example/a/?C=X;O=D&M=A", "http://docs.example/a/?C=X;O=D&M=A"),
        ("http://docs.example/a?csrf_token=zz&_csrf=1&csrfmiddlewaretoken=x&nonce=3", "http://docs.example/a"),
        ("http://[2001:DB8::0:1]:8080/", "http://[2001:db8::1]:8080/"),
    ],
)
def test_an_address_has_one_written_form(spelt: str, written: str) -> None:
    assert str(parse(spelt)) == written


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "bad_scheme"),
        ("docs.example", "bad_scheme"),
        ("ftp://docs.example/", "bad_scheme"),
        ("view-source:http://docs.example/", "bad_scheme"),
        ("http:docs.example", "bad_url"),
        ("http:\\\\docs.example\\", "bad_url"),
        ("http://docs.example/\ta", "bad_url"),
        (" http://docs.example/", "bad_url"),
        ("http://docs.example/" + "a" * 2048, "bad_url"),
        ("http://docs.example/" + "ツ" * 300, "bad_url"),
        ("http://docs.example/\ud800", "bad_url"),
        ("http://user@docs.example/", "userinfo"),
        ("http://docs.example:80@10.0.0.1/", "userinfo"),
        ("http://docs.example:80:80/", "bad_url"),
        ("http://docs.example:0/", "bad_port"),
        ("http://docs.example:99999/", "bad_port"),
        ("http://docs.example:٨٠/", "bad_url"),
        ("http:///a", "bad_host"),
        ("http://docs..example/", "bad_host"),
        ("http://do cs.example/", "bad_host"),
        ("http://%64ocs.example/", "bad_host"),
        (f"http://{'a' * 64}.example/", "bad_host"),
        ("http://[::1]x/", "bad_url"),
        ("http://[fe80::1%25eth0]/", "bad_url"),
        ("http://127.1/", "noncanonical_ip"),
        ("http://2130706433/", "noncanonical_ip"),
        ("http://0x7f.0.0.1/", "noncanonical_ip"),
        ("http://0177.0.0.1/", "noncanonical_ip"),
        ("http://127.0.0.1./", "noncanonical_ip"),
        ("http://\uff11\uff12\uff17.0.0.1/", "noncanonical_ip"),
        ("http://1.2.3.4.5/", "bad_host"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(url: str, code: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        parse(url)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://", "the URL names no host"),
        ("https:///docs/", "the URL names no host"),
        ("https://my docs.example/", "the host's name holds ' ', which no name may"),
        ("https://docs,example/", "the host's name holds ',', which no name may"),
        ("https://docs..example/", "the host's name, or what is between two dots of it, is empty"),
        ("C:\\docs", "the URL holds a backslash"),
        (f"https://docs.example/{'a' * 2048}", "the URL is longer than 2048 characters"),
    ],
)
def test_a_refusal_names_what_is_wrong(url: str, message: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        parse(url)
    assert refusal.value.message.startswith(message)


def test_a_url_may_have_as_many_characters_as_the_limit() -> None:
    longest = "https://docs.example/".ljust(urls.MAX_URL, "a")
    assert str(parse(longest)) == longest
    with pytest.raises(AddressRefused):
        parse(f"{longest}a")


@given(st.text(max_size=60), st.text(max_size=30))
def test_the_written_form_is_its_own_written_form(path: str, query: str) -> None:
    url = urls.try_parse(f"http://docs.example/{path}?{query}")
    if url is not None:
        assert parse(str(url)) == url


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://docs.example/", "index.md"),
        ("http://docs.example/guide/", "guide/index.md"),
        ("http://docs.example/guide", "guide.md"),
        ("http://docs.example/a/b.html", "a/b.html.md"),
        ("http://docs.example/a?b=c/d", "a%3Fb=c%2Fd.md"),
    ],
)
def test_a_page_has_a_path_for_its_markdown(url: str, path: str) -> None:
    assert markdown_path(url) == path


def test_pages_that_differ_have_paths_that_differ_also_when_decoded() -> None:
    targets = ["/", "/index", "/index.md", "/a", "/a/", "/a/index", "/a.md", "/a?b", "/a%3Fb", "/a%253Fb"]
    targets += ["/a%2Fb", "/a/b", "/a%252Fb", "/a?b%2F", "/a?b/", "/a?b%252F", "/a//b", "/?", "/%3F", "//", "/?a"]
    paths = {str(parse(f"http://docs.example{target}")) for target in targets}
    assert len({unquote(markdown_path(path)) for path in paths}) == len(paths)


def test_a_markdown_path_stays_below_its_folder() -> None:
    for target in ("/../../etc/passwd", "/%2e%2e/x", "//etc/passwd", "/a/..%2f..%2fb"):
        path = markdown_path(f"http://docs.example{target}")
        assert path.endswith(".md")
        assert ".." not in path.split("/")


def test_a_site_is_its_host_with_and_without_www_in_both_schemes() -> None:
    home = parse("https://www.docs.example/")
    scope = scope_of(home, home)
    assert scope.holds(parse("http://docs.example/a"))
    assert scope.holds(parse("https://www.docs.example/a"))
    assert not scope.holds(parse("https://api.docs.example/a"))
    assert not scope.holds(parse("https://docs.example:8443/a"))


def test_a_start_folder_restricts_the_site() -> None:
    start = parse("https://docs.example/guide")
    scope = scope_of(start, start)
    assert scope.holds(parse("https://docs.example/guide"))
    assert scope.holds(parse("https://docs.example/guide/a"))
    assert not scope.holds(parse("https://docs.example/guidebook"))
    assert scope_of(parse("https://docs.example/a/index.html"), start).folder == "/guide/"


def test_a_start_that_leads_to_another_folder_moves_the_site_there() -> None:
    scope = scope_of(parse("https://docs.example/latest/"), parse("https://docs.example/v2/"))
    assert scope.folder == "/v2/"
    assert scope_of(parse("https://docs.example/"), parse("https://docs.example/en/")).folder == "/"


def test_an_exact_address_keeps_what_identifies_a_visitor() -> None:
    address = "https://example.com/hook;sid=0123456789abcdef?_token=abc&utm_source=x"
    assert str(parse(address, is_exact=True)) == address
    assert str(parse(address)) == "https://example.com/hook"


def test_spellings_of_one_page_are_variants() -> None:
    spelt = ["/a", "/a/", "/a/index.html", "/a/index.php", "/a.html", "/a.md", "/a.html.md", "/a/index.md", "//a"]
    assert len({urls.variant(parse(f"http://docs.example{path}")) for path in spelt}) == 1
    assert urls.variant(parse("http://docs.example/a%2B%2b")) == urls.variant(parse("http://docs.example/a++"))
    assert urls.variant(parse("http://docs.example/a%2Fb")) != urls.variant(parse("http://docs.example/a/b"))
    assert urls.variant(parse("http://docs.example/a?x=1")) != urls.variant(parse("http://docs.example/a"))
    assert urls.variant(parse("http://docs.example/A?x=1")) == urls.variant(parse("http://docs.example/a?x=1"))
    assert urls.variant(parse("http://docs.example/a?x=B")) != urls.variant(parse("http://docs.example/a?x=b"))
    assert urls.variant(parse("http://docs.example/a?x=1&y")) == urls.variant(parse("http://docs.example/a?y&x=1"))


@pytest.mark.parametrize(
    "url", ["https://example.com/", "http://[::1]:8080/a%2F/b://c?d=/e?f", "https://example.com/a"]
)
def test_path_and_query_of_a_written_address_are_those_of_the_address(url: str) -> None:
    parsed = urls.parse(url)
    assert urls.path_and_query(str(parsed)) == (parsed.path, parsed.query)
