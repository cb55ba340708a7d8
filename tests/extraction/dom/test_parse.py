from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, URL, markdown, read
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.dom.picks import Picks
from llmstxt_sched.extraction.extract import extract


def test_a_declarative_shadow_root_is_shown_with_its_slots_filled() -> None:
    card = (
        "<x-card><template shadowrootmode=open><h2>Sluice</h2><slot name=a>None.</slot><slot></slot></template>"
        "<p>Light.</p><p slot=a>Named.</p></x-card><template><p>BLUEPRINT</p></template>"
    )
    assert markdown(f"<main><p>{PROSE}</p>{card}</main>") == f"{PROSE}\n\n## Sluice\n\nNamed.\n\nLight.\n"


@pytest.mark.parametrize("role", ["NAVIGATION", "Navigation", " navigation\n", "navigation doc-toc"])
def test_a_role_is_one_however_it_is_written(role: str) -> None:
    page = read(f"<div role='{role}'>JUNK {PROSE}</div><div ROLE='Main'><p>{PROSE}</p></div>")
    assert page.markdown == f"{PROSE}\n"


def test_what_react_streams_later_takes_its_place() -> None:
    page = (
        '<main><!--$?--><template id="B:0"></template><p>LOADING</p><!--/$--><p>After.</p></main>'
        f'<div hidden id="S:0"><h1>T</h1><p>{PROSE}</p></div><script>$RC("B:0","S:0")</script>'
    )
    assert markdown(page) == f"# T\n\n{PROSE}\n\nAfter.\n"


def test_a_page_with_nothing_else_is_its_noscript() -> None:
    page = read(f"<div id=root></div><noscript><h1>T</h1><p>{PROSE}</p><a href=/gates>All gates</a></noscript>")
    assert page.markdown == f"# T\n\n{PROSE}\n\n[All gates](https://docs.example/gates)\n"
    assert page.links == ("https://docs.example/gates",)
    asked = read("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>")
    assert asked.markdown.strip() == ""


XML = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title><script src="a.js"/></head><body>'
    "<div class='main'><p>{}</p><div/><a id='x'/><p>Caf&eacute;&nbsp;&amp; bar</p><![CDATA[raw]]></div></body></html>"
)


def test_a_page_sent_as_xml_is_read_as_xml() -> None:
    page = extract(XML.format(PROSE).encode(), URL, "application/xhtml+xml")
    assert page.extract.title == "T"
    assert page.markdown == f"{PROSE}\n\nCafé & bar\n\nraw\n"


def test_xml_that_is_none_is_read_as_html() -> None:
    assert extract(f"<main><p>{PROSE}<br></main>".encode(), URL, "application/xhtml+xml").markdown == f"{PROSE}\n"


@pytest.mark.parametrize("fault", ["Salt & pepper", "<b><i>both</b></i>", "&unknown;", "<br>", "\x01"])
def test_empty_elements_of_xml_that_is_not_well_formed_end_where_they_begin(fault: str) -> None:
    empty = "<textarea rows='2'/><iframe src='i.html'/><title /><br/><div/>"
    page = extract(XML.format(f"{PROSE}</p>{empty}<p>{fault}</p><p>Last.").encode(), URL, "application/xhtml+xml")
    assert page.markdown.startswith(PROSE)
    assert "\n\nLast.\n" in page.markdown
    assert page.extract.title == "T"


def test_empty_elements_of_xml_end_where_they_begin_for_selectors_as_well() -> None:
    page = extract(XML.format(PROSE).encode(), URL, "application/xhtml+xml", Picks(keep=("p",)))
    assert page.markdown == f"{PROSE}\n\nCafé & bar\n"


def test_a_document_type_with_a_subset_is_no_text_of_xml_that_is_not_well_formed() -> None:
    subset = '<!DOCTYPE html [<!ENTITY mill "The mill">]>'
    text = f"{subset}<html><body><main><p>{PROSE}<br></p></main></body></html>"
    assert extract(text.encode(), URL, "application/xhtml+xml").markdown == f"{PROSE}\n"


def test_xml_reads_no_entity_of_its_own() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "EXPANDED"><!ENTITY b SYSTEM "file:///etc/passwd">]><html><body><p>&a;&b;{}</p></body></html>'
    text = extract(bomb.format(PROSE).encode(), URL, "application/xhtml+xml").markdown
    assert "EXPANDED" not in text
    assert "root:" not in text


PAGE = f"<body><nav class=a><p>Menu text.</p></nav>Stray<main><h1>T</h1><p class=x>One.</p><p>{PROSE}</p></main></body>"


def test_a_project_drops_and_keeps_what_its_selectors_match() -> None:
    def of(picks: Picks) -> str:
        return extract(PAGE.encode(), URL, "text/html", picks).markdown

    assert of(Picks(drop=(".x", "h1"))) == f"{PROSE}\n"
    assert of(Picks(keep=(".a", "p.x"))) == "Menu text.\n\nOne.\n"
    assert of(Picks(keep=(".none",))) == f"# T\n\nOne.\n\n{PROSE}\n"


def test_the_selectors_that_matched_something_are_told() -> None:
    picks = Picks(keep=(".none", "p.x"), drop=("h1", ".nil"))
    assert extract(PAGE.encode(), URL, "text/html", picks).picked == ("p.x", "h1")


def test_a_second_document_type_is_no_element() -> None:
    page = f"<main><h1>T</h1><!doctype html><p class=x>One.</p><template></template><p>{PROSE}</p></main>"
    assert extract(page.encode(), URL, "text/html", Picks(drop=(".x",))).markdown == f"# T\n\n{PROSE}\n"
    assert markdown(page) == f"# T\n\nOne.\n\n{PROSE}\n"


def test_a_link_around_blocks_is_on_the_first_of_them() -> None:
    page = f"<main><a href=/gates><h2>Gates</h2><p>{PROSE}</p></a><template></template></main>"
    assert markdown(page) == f"## [Gates](https://docs.example/gates)\n\n{PROSE}\n"


@pytest.mark.slow
@pytest.mark.parametrize("part", ["<!DOCTYPE html ", "<!DOCTYPE a [", "&a", "<a:b", "<![CDATA["])
def test_long_hostile_xml_is_read_in_linear_time(part: str) -> None:
    assert_linear(lambda parts: extract((part * parts).encode(), URL, "application/xhtml+xml"), 60_000)


@pytest.mark.parametrize("kept", ["", "<template></template>"])
def test_invisible_characters_go_before_what_they_stand_in_is_escaped(kept: str) -> None:
    hidden = "&lt;\u200bb>, [x]&#8203;(http://evil.example), \\\u00ad&lt;i>"
    page = (
        f"<main><h1>T</h1><p>\U000e0041# H</p><p>{hidden}</p><pre>`\u2060``</pre><img alt='\ufeff&lt;b>'>{kept}</main>"
    )
    assert (
        markdown(page) == "# T\n\n\\# H\n\n\\<b>, [x\\](http://evil.example), \\\\\\<i>\n\n````\n```\n````\n\n\\<b>\n"
    )
    xml = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{hidden}</p></body></html>'
    text = extract(xml.encode(), URL, "application/xhtml+xml").markdown
    assert text == "\\<b>, [x\\](http://evil.example), \\\\\\<i>\n"


def test_the_attributes_of_the_root_of_xml_are_read() -> None:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><body><p>{PROSE}</p></body></html>'
    assert extract(page.encode(), URL, "application/xhtml+xml").language == "de"


def test_text_in_which_nothing_is_markup_stays_in_a_page_that_is_no_xml() -> None:
    script = "<script>//<![CDATA[\nif (a<b) x()\n//]]></script>"
    page = f"<html><body><p>If <![CDATA[ a < b & c ]]> & so</p>{script}<p>{PROSE}</p></body></html>"
    written = extract(page.encode(), "https://docs.example/x", "application/xhtml+xml").markdown
    assert written == f"If a < b & c & so\n\n{PROSE}\n"
