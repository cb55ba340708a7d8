from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, URL, read

from llmstxt_sched.extraction.extract import extract


def h1_of(html: str, others: str = "h1") -> str:
    page = f"<body>{html}<{others}>DESCRIPTION</{others}><p>{PROSE}</p>"
    return extract(page.encode(), URL, "text/html; charset=utf-8").extract.h1


@pytest.mark.parametrize(
    "line", ["mill - grinds corn", "mill, oat-mill -- grinds <b>corn</b>", "mill::oat \u2013 grinds"]
)
def test_a_manual_page_is_called_what_its_first_section_says(line: str) -> None:
    assert h1_of(f"<h1 id=NAME>NAME </h1>\n\n<p>{line}</p>") == line.replace("<b>", "").replace("</b>", "")


@pytest.mark.parametrize(
    "html",
    ["<h1>NAME</h1><p>How to name a mill: say it aloud.</p>", "<h1>NAME</h1><ul><li>a - b</ul>", "<h1>NAME</h1>"],
)
def test_another_page_of_that_name_keeps_it(html: str) -> None:
    assert h1_of(html, "h2") == "NAME"
    assert h1_of("<h1>Names</h1><p>mill - grinds corn</p>", "h2") == "Names"


def test_a_section_name_is_a_manual_pages_only_among_those_that_these_have() -> None:
    page = f"<body><h2>NAME</h2><p>string - what you are called</p><h2>AGE</h2><p>number - in years</p><p>{PROSE}</p>"
    assert extract(page.encode(), URL, "text/html").extract.h1 == ""


@pytest.mark.parametrize("level", ["h1", "h2"])
def test_a_manual_page_keeps_a_title_that_begins_with_its_name(level: str) -> None:
    page = f"<{level}>NAME</{level}><p>open - opens a file</p><{level}>DESCRIPTION</{level}><p>{PROSE}</p>"
    for title, h1 in (("open(2) - a manual", ""), ("OPEN", ""), ("opendir", "open - opens a file")):
        text = f"<head><title>{title}</title></head><body>{page}"
        assert extract(text.encode(), URL, "text/html").extract.h1 == h1


def test_a_title_that_names_its_first_section_alone_is_none() -> None:
    text = f"<h1>NAME</h1><p>open - opens a file</p><h2>DESCRIPTION</h2><p>{PROSE}</p>"
    page = f"<head><title>open(2)</title></head><body>{text}"
    assert extract(page.encode(), URL, "text/html").extract.h1 == "open - opens a file"


def lead_of(html: str) -> str:
    return extract(f"<body>{html}<p>{PROSE}</p>".encode(), URL, "text/html").extract.lead


@pytest.mark.parametrize(
    "line",
    [
        "<pre>\n       <b>mill</b> - grinds corn\n</pre>",
        "<div class=sectionbody><p>mill - grinds corn</p></div>",
        f"<pre>mill, {', '.join(f'mill_{n}' for n in range(40))} - grinds corn</pre>",
        "<p><code>mill</code>, <code>oat-mill</code> &mdash; grinds corn</p>",
    ],
)
@pytest.mark.parametrize("name", ["NAME", "Name"])
def test_what_a_manual_pages_line_says_is_what_the_page_begins_with(line: str, name: str) -> None:
    page = f"<h1>mill(1) Manual Page</h1><h2>{name}</h2>{line}"
    assert lead_of(f"{page}<h2>SYNOPSIS</h2><pre>mill [-q]</pre><h2>DESCRIPTION</h2>") == "grinds corn"
    assert lead_of(f"{page}<h2>AGE</h2>") != "grinds corn"
    other = page.replace("mill(1) Manual Page", "Records")
    assert (lead_of(f"{other}<h2>Options</h2>") == "grinds corn") is (name == "NAME")


def test_a_line_that_is_the_title_is_not_said_again() -> None:
    line = "<h1>NAME</h1><p>mill - grinds corn</p><h1>DESCRIPTION</h1>"
    assert lead_of(line) not in ("grinds corn", "")


def test_a_section_name_without_such_a_line_is_left_to_what_follows() -> None:
    for line in ("<p>What a mill is called.</p>", "<pre>mill grinds</pre>", ""):
        assert lead_of(f"<h1>Mills</h1><h2>Name</h2>{line}<h2>Description</h2>") not in ("grinds", "")


def test_a_manual_page_in_one_block_is_read_as_well() -> None:
    rest = f"DESCRIPTION\n       {PROSE * 30}\n"
    for line, does in (("mill, gear -\n       grinds corn", "grinds corn"), ("What a mill is.", "")):
        page = f"<pre>\nMILL(8)\n\n<b>NAME</b>\n       {line}\n\n<b>SYNOPSIS</b>\n       mill\n\n{rest}</pre>"
        assert extract(page.encode(), URL, "text/html").extract.lead == does


def test_what_docbooks_line_below_a_name_says_is_what_a_page_begins_with() -> None:
    name = "<h2><span class=refentrytitle><a name=top></a>Great Mill</span></h2>"
    rest = f"<h2>Known mills</h2><p>Great Mill is required by the mill of Tarn.</p><h2>About</h2><p>{PROSE}</p>"
    line = "<p>Great Mill \u2014 Grinds corn</p>"
    laid_out = f"<table width='100%'><tr><td>{name}{line}</td><td class=gallery_image></td></tr></table>"
    for said in (laid_out, f"{name}{line}"):
        assert lead_of(f"<div class=refnamediv>{said}</div>{rest}") == "Grinds corn"
    other = line.replace("Great Mill", "Small Mill")
    assert lead_of(f"<div class=refnamediv>{name}{other}</div>{rest}") != "Grinds corn"
    assert lead_of(f"<div>{name}{line}</div>{rest}") != "Grinds corn"


ABROAD = [
    ("BEZEICHNUNG", "ÜBERSICHT", "mahlen - mahlt Korn"),
    ("NOM", "SYNOPSIS", "moudre, moulin - moud le grain"),
    ("NOMBRE", "SINOPSIS", "moler - muele el grano"),
    ("İSİM", "KULLANIM", "değirmen - tahıl öğütür"),
    ("ИМЯ", "СИНТАКСИС", "mill - мелет зерно"),
    ("名前", "書式", "mill - 穀物を挽く"),
    ("NAME(名称)", "概述 SYNOPSIS", "mill - 碾磨谷物"),
    ("TÊN", "TÓM TẮT", "mill - xay ngũ cốc"),
]


@pytest.mark.parametrize(("name", "other", "line"), ABROAD)
def test_a_manual_page_is_told_by_its_sections_in_other_languages(name: str, other: str, line: str) -> None:
    title = line.split()[0].rstrip(",")
    page = f"<title>{title}(1)</title><body><h1>{title}</h1><h2>{name}</h2><p>{line}</p><h2>{other}</h2><p>{PROSE}</p>"
    assert extract(page.encode(), URL, "text/html; charset=utf-8").extract.lead == line.partition(" - ")[2]
    page = page.replace(f"<h1>{title}</h1>", "").replace(f"{title}(1)", "Handbuch")
    assert extract(page.encode(), URL, "text/html; charset=utf-8").extract.h1 in (line, "")


def test_a_field_of_a_record_is_no_name_of_a_manual_page() -> None:
    page = f"<body><h1>記録</h1><h2>名前</h2><p>文字列 - 呼び名</p><h2>説明</h2><p>{PROSE}</p>"
    assert "呼び名" not in extract(page.encode(), URL, "text/html; charset=utf-8").extract.lead


def test_the_line_of_docbook_below_the_word_name_is_the_lead_and_no_synopsis_is() -> None:
    name = "<div class=refnamediv><h2>Name</h2><p>mill \u2014 Grinds corn</p></div>"
    arguments = "<p><code class=command>mill</code> { start | stop | flush | clear sack | clear all | show all }</p>"
    synopsis = f"<div class=refsynopsisdiv><h2>Synopsis</h2><div class=cmdsynopsis>{arguments}</div></div>"
    rest = f"<h2>DESCRIPTION</h2><p>{PROSE}</p>"
    assert lead_of(f"<div class=refentry>{name}{synopsis}{rest}</div>") == "Grinds corn"
    assert lead_of(f"<div class=refentry><h2>mill</h2>{synopsis}{rest}</div>") == PROSE


def test_the_line_below_name_that_no_element_is_around_is_the_lead() -> None:
    place = "<a name=lbAC>&nbsp;</a>"
    name = f"<h1>MILL</h1>Section: Tools (1)<br><a name=lbAB>&nbsp;</a><h2>NAME</h2>mill - grind corn{place}"
    synopsis = f"<h2>SYNOPSIS</h2><b>mill</b> [<i>options</i>] sack and the other sacks that are there{place}"
    description = f"<h2>DESCRIPTION</h2>The <b>mill</b> grinds corn between stones, in any weather.<p>{PROSE}"
    assert read(f"<body>{name}{synopsis}{description}").extract.lead == "grind corn"
    named = "<h2>NAME</h2><em><b>mill</b></em>  - Grinds corn.<h2>KEYWORDS</h2>corn, flour"
    assert read(f"<body>{named}{synopsis}{description}").extract.lead == "Grinds corn."
    other = name.replace("mill - grind corn", "The mill of Tarn, which grinds corn for all of the valley.")
    assert read(f"<body>{other}{synopsis}{description}").extract.lead.startswith("The mill of Tarn")
