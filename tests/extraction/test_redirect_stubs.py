from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, read
from tests.support.growth import assert_linear


def test_a_refresh_may_come_in_less_than_a_second() -> None:
    assert read("<meta http-equiv=refresh content='.5;url=/new'>").refresh == "https://docs.example/new"


@pytest.mark.parametrize(
    ("meta", "length", "is_redirect"),
    [
        ("<meta http-equiv=refresh content='0; url=/new'>", 50, True),
        ("<meta http-equiv=refresh content='3; url=/new.zip'>", 50, False),
        ("<meta http-equiv=refresh content='5; url=/new'>", 1, True),
        ("<script>location = '/new'</script>", 0, True),
        ('<script>window.location.replace("/new");</script>', 0, True),
        ("<script>location = '/new'</script>", 50, False),
        ("<script>if (old) location = '/new'</script>", 0, False),
        ("<noscript><meta http-equiv=refresh content='0; url=/new'></noscript>", 50, False),
        ("<noscript><meta http-equiv=refresh content='0; url=/new'></noscript>", 0, True),
    ],
)
def test_a_page_with_a_text_is_no_stub_unless_it_sends_everybody_on_at_once(
    meta: str, length: int, *, is_redirect: bool
) -> None:
    page = read(f"<head>{meta}</head><body><main><h1>A</h1><p>{PROSE * length}</p></main></body>")
    assert bool(page.refresh) is is_redirect


LONG = f"<h1>Moved</h1><p>{PROSE * 4}</p><p>%s</p>"


@pytest.mark.parametrize("seconds", [1, 3, 5, 30])
@pytest.mark.parametrize(
    "words",
    [
        "You are being redirected to the new page.",
        "This page has moved.",
        "Sie werden weitergeleitet.",
        "页面正在跳转。",
        "You\u2019ll be redirected to the new page.",
        "You will now be redirected to the new page.",
        "We are redirecting you.",
        "If you are not redirected, follow this link.",
        "If your browser does not redirect you, follow this link.",
        "The manual has moved to another address.",
        "The docs have moved.",
        "This page is now at a new address.",
    ],
)
def test_a_page_that_says_that_it_sends_its_reader_on_is_a_stub_of_any_length(seconds: int, words: str) -> None:
    meta = f"<meta http-equiv=refresh content='{seconds}; url=/new'>"
    assert read(f"<head>{meta}</head><body>{LONG % words}</body>").refresh == "https://docs.example/new"
    assert not read(f"<head>{meta}</head><body>{LONG % words}<p>{PROSE * 40}</p></body>").refresh


@pytest.mark.parametrize(
    "rest",
    [
        "<p>The other products: <a href=/grain/>Grain</a></p>",
        "<h2>Checksums</h2><p>Compare them.</p>",
        "<pre>sha256sum mill.zip</pre>",
        "<table><tr><td>A<td>B</table>",
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        "<meta http-equiv=refresh content='10; url=/mill/'>",
        "<meta http-equiv=refresh content='3; url=/mill/'>",
        "<script>setTimeout(function(){location.href='/mill/'},8000)</script>",
    ],
)
def test_a_page_that_sends_its_reader_on_after_a_while_and_holds_more_is_no_stub(head: str, rest: str) -> None:
    said = f"<h1>Mill</h1><p>You will be redirected to the <a href=/mill/>mill</a>. {PROSE * 4}</p>"
    assert read(f"<head>{head}</head><body>{said}</body>").refresh
    page = read(f"<head>{head}</head><body>{said}{rest}</body>")
    assert not page.refresh
    assert "https://docs.example/mill/" in page.links


@pytest.mark.parametrize(
    "said",
    [
        "<h2>This page has moved</h2>",
        "<ul><li>This page has moved to <a href=/new/>another place</a>.</li></ul>",
        "<p>This page has moved. <a href=/>Home</a></p>",
    ],
)
def test_what_a_stub_says_may_be_a_heading_or_in_a_list_beside_a_link_to_the_home_page(said: str) -> None:
    assert read(f"<meta http-equiv=refresh content='3; url=/new'><h1>Old</h1>{said}<p>{PROSE * 4}</p>").refresh


def test_another_page_at_the_same_path_is_no_reload() -> None:
    meta = "<meta http-equiv=refresh content='3; url=?title=New'>"
    html = f"{meta}<p>This page has moved. {PROSE * 4}</p>"
    assert read(html, "https://docs.example/index.php?title=Old").refresh == "https://docs.example/index.php?title=New"


def test_a_page_that_is_loaded_anew_after_a_while_is_no_stub() -> None:
    page = read(f"<meta http-equiv=refresh content='30; url=?code=1'><p>You will be redirected. {PROSE * 4}</p>")
    assert not page.refresh


def test_where_a_page_sends_its_reader_later_is_a_link_of_it() -> None:
    for seconds in (4, 20):
        page = read(
            f"<head><meta http-equiv=refresh content='{seconds}; url=/next'></head><p>{PROSE * 4}</p><a href=/a>A</a>"
        )
        assert not page.refresh
        assert page.links == ("https://docs.example/a", "https://docs.example/next")
    plain = "<noscript><meta http-equiv=refresh content='0; url=/plain'></noscript>"
    assert read(f"<head>{plain}</head><p>{PROSE * 4}</p>").links == ()
    assert read(f"<head><meta http-equiv=refresh content='4; url=#a'></head><p>{PROSE * 4}</p>").links == ()


@pytest.mark.parametrize(
    "script",
    [
        "window.location.href = '/new' + window.location.search + window.location.hash;",
        "location.replace('/new' + location.search + location.hash);",
        'var anchor=window.location.hash.substr(1);location.href="/new"+(anchor?"#"+anchor:"")',
        'setTimeout(function () { window.location.href = "/new"; }, 3000);',
        "setTimeout(() => location.assign('/new'), 500)",
        "window.location.href = window.location.origin + '/new';",
    ],
)
def test_a_script_may_send_its_reader_on_with_the_place_that_was_asked_for(script: str) -> None:
    assert read(f"<script>{script}</script><p>Redirecting</p>").refresh == "https://docs.example/new"
    assert read(f"<script>go(); {script}</script><p>Redirecting</p>").refresh == ""


def test_what_follows_the_sites_own_origin_is_no_other_site() -> None:
    assert not read("<script>location.href = location.origin + '//b.example/new'</script><p>Redirecting</p>").refresh


def test_a_script_that_goes_on_with_a_word_of_its_own_leads_nowhere() -> None:
    assert not read("<script>location.href = '/docs/' + page</script><p>Choose</p>").refresh


def test_quartos_redirects_lead_where_its_reader_goes_who_asked_for_no_place() -> None:
    script = """
        var redirects = {"": "new.html", "use": "/use.html#use"};
        var hash = window.location.hash.startsWith('#') ? window.location.hash.slice(1) : window.location.hash;
        window.location.replace(redirects[hash] || redirects[""] || "/");
    """
    page = f"<html><head><title>Redirect</title><script>{script}</script></head><body></body></html>"
    assert read(page).refresh == "https://docs.example/guide/new.html"
    told = (
        'var redirect = redirects[hash] || redirects[""] || "/"; document.title = redirect; location.replace(redirect);'
    )
    page_that_tells = page.replace('window.location.replace(redirects[hash] || redirects[""] || "/");', told)
    assert page_that_tells != page
    assert read(page_that_tells).refresh == "https://docs.example/guide/new.html"
    assert not read(page.replace('"": "new.html",', "'': bad,")).refresh
    assert not read(page.replace("location.replace(redirects", "show(redirects")).refresh


def test_a_page_may_send_its_reader_on_as_it_is_loaded() -> None:
    assert read("<body onload=\"location.href='/new'\"><p>Moved.</p>").refresh == "https://docs.example/new"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begin", "part", "longest"),
    [
        ("", "var redirects = {", 19_900),
        ("location='", "a", 980),
        ("", "var a = ", 980),
        ("", "location = ", 980),
    ],
)
def test_long_scripts_take_linear_time(begin: str, part: str, longest: int) -> None:
    """Up to the length at which they are looked at."""

    def looked_at(size: int) -> None:
        script = f"<script>{begin}{part * (size // len(part))}</script>"
        assert not read(script * 200 + f"<p>{PROSE}</p>").refresh

    assert_linear(looked_at, longest)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (
            "<noscript><meta http-equiv=refresh content='0; url=/plain'></noscript>",
            "When a session ends, users are redirected to the login page.",
        ),
        ("<noscript><meta http-equiv=refresh content='0; url=/plain'></noscript>", "You will be redirected."),
        ("<meta http-equiv=refresh content='45; url=/step2'>", "Files were moved to the trash."),
        ("<meta http-equiv=refresh content='30; url=/status'>", "We moved the API on Tuesday, and it has moved well."),
        ("<meta http-equiv=refresh content='30; url=/status'>", "The style guide is now at version 3."),
        ("<meta http-equiv=refresh content='30; url=/status'>", "When the docs have moved ahead, wait."),
        ("<meta http-equiv=refresh content='30; url=/status'>", "The post was moved to the gate in 1840."),
        ("<meta http-equiv=refresh content='30; url=/status'>", "If you aren't redirected, ask the owner."),
        ("<meta http-equiv=refresh content='30; url=/status'>", "A text such as 'we are redirecting you' helps."),
        ("<meta http-equiv=refresh content='30; url=/status'>", "You are redirected to login when the session ends."),
        ("<meta http-equiv=refresh content='60; url=/302'>", "The status of what was moved permanently."),
        ("<meta http-equiv=refresh content='4; url=/step2'>", "Old links are redirected to the new pages."),
        (
            "<script>setTimeout(function () { location.href = '/login'; }, 9000);</script>",
            "The parameter was moved to the options object.",
        ),
        ("<script>setTimeout(function () { location.href = '/login'; }, 90000);</script>", "This page has moved."),
    ],
)
def test_a_page_about_what_is_moved_or_redirected_is_no_stub(head: str, words: str) -> None:
    assert not read(f"<head>{head}</head><body><p>{words}</p><p>{PROSE * 4}</p></body>").refresh


@pytest.mark.parametrize(
    "said",
    [
        "<h1>Gates</h1><p>This page has moved, see <a href=/a>A</a> and <a href=/b>B</a>.</p>",
        "<p>This page has been split up into <a href=/a>A</a> and <a href=/b>B</a>.</p>",
        "<p>The documentation has moved to <a href=https://other.example/>another place</a>.</p>",
        "<p>This guide was superseded by these:</p><ul><li><a href=/a>A</a></li><li><a href=/b>B</a></li></ul>",
    ],
)
def test_a_page_that_says_that_what_it_held_stands_on_others_is_secondary(said: str) -> None:
    page = read(f"<main>{said}</main>")
    assert page.extract.is_secondary
    assert not page.refresh
    assert page.markdown.strip()


@pytest.mark.parametrize(
    "said",
    [
        "<p>This page has moved.</p>",
        "<p>This page has moved to <a href=/a>A</a>.</p><pre>mill --grind</pre>",
        "<p>This page has moved to <a href=/a>A</a>.</p><h2>Gates</h2><p>A gate is wide.</p>",
        f"<p>This page has moved to <a href=/a>A</a>. {PROSE * 4}</p>",
        "<p>Carts are moved through the gate; see <a href=/a>A</a> and <a href=/b>B</a>.</p>",
        "<p>The list has been split into parts by <a href=/a>split</a>.</p>",
    ],
)
def test_a_page_that_says_more_than_that_it_has_moved_is_one(said: str) -> None:
    assert not read(f"<main>{said}</main>").extract.is_secondary
