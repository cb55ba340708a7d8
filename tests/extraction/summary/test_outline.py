from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, read
from tests.support.growth import assert_linear


def outline(html: str) -> str:
    return read(f"<main><h1>T</h1>{html}</main>").extract.outline


def test_a_page_of_links_is_told_by_the_outermost_of_them() -> None:
    inner = "<dd><dl><dt><a href=c>Concepts of it</a></dl></dd>"
    terms = f"<dt><a href=a>1. Start</a></dt>{inner}<dt><a href=b>2. Use</a></dt><dt><a href=d>3. End</a></dt>"
    assert outline(f"<dl>{terms}</dl>") == "1. Start · 2. Use · 3. End"
    assert outline("<ul><li><p><a href=a>はじめに</a></p><li><a href=b>設定</a></ul>") == "はじめに · 設定"


def test_of_few_links_those_in_the_lists_below_are_told_as_well() -> None:
    tree = "<ul><li><a href=o>Object</a><ul><li><a href=a>Client</a><ul><li><a href=b>Session</a></ul></ul></ul>"
    assert outline(f"<ul><li><a href=all>All packages</a></ul>{tree}") == "All packages · Object · Client"


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li><a href=a>Alone</a><li><a href=b>#</a></ul>",
        "<table><tr><td><ul><li><a href=a>add()</a><li><a href=b>append()</a></ul></table>",
        "<ul><li>Apples<li>Pears</ul>",
        f"<p>{PROSE}</p><ul><li><a href=a>Start</a><li><a href=b>Use</a></ul>",
    ],
)
def test_one_link_a_table_of_links_and_a_page_of_prose_have_no_outline(html: str) -> None:
    assert outline(html) == ""


def test_who_can_be_written_to_is_no_part_of_an_outline() -> None:
    mail = "<li><a href='mailto:ann@mill.example'>Ann Lee</a></li><li><a href=tel:123>123</a></li>"
    links = "<li><a href=/a>Stones</a></li><li><a href=/b>Sieves</a></li>"
    assert outline(f"<ul>{mail}{links}</ul>") == "Stones · Sieves"
    assert outline(f"<ul>{mail}</ul>") == ""


def test_links_on_lines_of_their_own_are_an_outline_but_for_those_to_places_in_a_page() -> None:
    inner = "<div><a href=start#begin><b>1.1</b> Begin</a></div>"
    links = f"<div><a href=start><b>1</b> Start</a></div>{inner}<div><a href=use><b>2</b> Use</a></div>"
    assert outline(f"<h2>Index</h2><div>{links}</div>") == "1 Start \u00b7 2 Use"
    assert outline(f"<h2>Index</h2><div>{links.replace('</a>', '</a> it')}</div>") == ""
    assert outline(f"<p>{PROSE}</p><div>{links}</div>") == ""


def test_a_long_outline_ends_after_a_label() -> None:
    links = "".join(f"<li><a href={number}>The {number}th part</a>" for number in range(100, 200))
    said = outline(f"<ul>{links}</ul>")
    assert said.endswith("th part · …")
    assert 160 < len(said) < 200


def test_a_page_of_cards_lists_what_they_lead_to_and_says_nothing_of_what_they_say() -> None:
    cards = "".join(
        f"<article><a href=/{name}><h2>\U0001f4c4\ufe0f {name}</h2><p>{PROSE} Of {name}.</p></a></article>"
        for name in ("Gates", "Rails", ".fence")
    )
    extract = read(f"<main><h1>Guides</h1>{cards}</main>").extract
    assert (extract.lead, extract.part_leads, extract.outline) == ("", (), "Gates \u00b7 Rails \u00b7 .fence")
    assert read(f"<main><h1>Guides</h1><p>{PROSE}</p>{cards}</main>").extract.lead == PROSE


JAVADOC = (
    "<section><ul class=details-list><li><h2>Methods</h2><ul class=member-list>"
    f"<li><h3>open</h3><div>{PROSE} One.</div><li><h3>close</h3><div>{PROSE} Two.</div></ul></ul></section>"
)
HADDOCK = (
    "<div id=interface><h1>Documentation</h1>"
    f"<div class=top><p class=src><a class=def>open</a></p><p>{PROSE} One.</p></div>"
    f"<div class=top><p class=src><a class=def>close</a></p><p>{PROSE} Two.</p></div></div>"
)


RUSTDOC = "<div class=impl-items>{}</div><div class=impl-items>{}</div>".format(
    "".join(
        f"<section id=method.{name} class=method><h4 class=code-header>pub fn <a class=fn>{name}</a>(&amp;self)</h4>"
        f"</section><div class=docblock><p>{PROSE} {name}.</p></div>"
        for name in ("open", "close")
    ),
    "<section class='method trait-impl'><h4 class=code-header>fn <a class=fn>fmt</a>(&amp;self)</h4></section>",
)


EXDOC = "<section id=summary class=details-list><h1 class=section-heading>Functions</h1>{}</section>".format(
    "".join(
        f"<section class=detail><h1 class=signature>{name}</h1><section><p>{PROSE} {name}.</p></section></section>"
        for name in ("open", "close")
    )
)


@pytest.mark.parametrize("members", [JAVADOC, HADDOCK, RUSTDOC, EXDOC])
def test_what_the_first_member_of_a_class_does_says_nothing_of_the_class(members: str) -> None:
    extract = read(f"<main><h1>Gate</h1>{members}</main>").extract
    assert (extract.lead, extract.part_leads, extract.outline) == ("", (), "open \u00b7 close")
    assert read(f"<main><h1>Gate</h1><p>{PROSE}</p>{members}</main>").extract.lead == PROSE


def test_the_names_of_javadocs_parts_are_no_members() -> None:
    part = "<li><h2>%s Details</h2><ul class=member-list><li><h3>%s</h3><p>It turns the stone.</p></ul>"
    parts = part % ("Constructor", "Mill") + part % ("Method", "turn")
    extract = read(f"<main><h1>Mill</h1><ul class=details-list>{parts}</ul></main>").extract
    assert extract.outline == "Mill \u00b7 turn"


def test_a_section_called_like_the_id_of_haddocks_members_has_a_lead() -> None:
    page = f"<section id=interface><h1>Interface</h1><p>{PROSE}</p><h2>Commands</h2><p>Two.</p></section>"
    assert read(f"<main>{page}</main>").extract.lead == PROSE


@pytest.mark.slow
def test_a_page_of_very_many_cards_takes_linear_time() -> None:
    assert_linear(lambda cards: read(f"<main><a href=/x>{'<h2>Card</h2>' * cards}</main>"), 10_000)
