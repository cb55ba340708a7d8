from __future__ import annotations

import pytest
from tests.extraction.reading import PARAGRAPH, lead, read


@pytest.mark.parametrize(
    "text",
    ["By Default, a run of the project is started at noon.", "This service is free for projects of any size."],
)
def test_a_sentence_that_only_begins_as_terms_or_a_byline_is_the_lead(text: str) -> None:
    assert lead(f"<p>{text}</p><p>{PARAGRAPH}</p>") == text


def test_an_imprint_in_another_language_is_no_lead() -> None:
    assert lead("<p>製作著作 © 2013-2021 Osamu Aoki (青木 修)、すべての権利を保有します。</p>") == ""


@pytest.mark.parametrize(
    "date",
    [
        "Released: Mon, 21 Nov 2021 17:07:47 -0700",
        "Published on 3 May 2024.",
        "Generated 2024-05-01 12:00 by mill 4.1.",
        "Revised by millers on May 1st, 2024",
    ],
)
def test_a_date_alone_is_no_lead(date: str) -> None:
    assert lead(f"<p>{date}</p>") == ""
    assert lead("<p>Released in 2021, the second edition of the mill grinds three times as fast as the first.</p>")


@pytest.mark.parametrize(
    "sentence",
    [
        "Published containers listen on port 8080 by default.",
        "Generated code targets the standard of 2015 by default.",
        "Built in 2015, Mill is a tool.",
        "Released versions are kept until 2030 at least.",
    ],
)
def test_a_sentence_with_a_year_or_a_number_is_a_lead(sentence: str) -> None:
    assert lead(f"<p>{sentence}</p>") == sentence


@pytest.mark.parametrize(
    "terms",
    [
        "Permission is granted to copy, distribute and modify this document under the terms of the GNU license.",
        '"Mill" and this document are free software; you can redistribute them under the terms of the GNU license.',
    ],
)
def test_what_a_page_lists_says_more_than_terms(terms: str) -> None:
    page = f"<main><h1>T</h1><p>{terms}</p><ul><li><a href=a>Mills</a><li><a href=b>Gears</a></ul></main>"
    extract = read(page).extract
    assert (extract.lead, extract.outline) == ("", "Mills \u00b7 Gears")
    assert lead(f"<p>{terms}</p>") == terms


@pytest.mark.parametrize(
    "imprint",
    [
        "Alle Rechte vorbehalten, Mühle GmbH, Berlin und Köln am Rhein.",
        "作者：水车，磨坊的主人，住在河边的房子里，每天磨面粉。",
    ],
)
def test_whose_and_whose_work_a_page_is_is_no_lead_in_any_language(imprint: str) -> None:
    assert lead(f"<p>{imprint}</p>") == ""


def test_a_sentence_that_says_when_its_subject_was_updated_is_a_lead() -> None:
    text = "The state of mills (last updated May 3, 2024) compares all of them by what they grind, and how fast."
    assert lead(f"<p>{text}</p><p>{PARAGRAPH}</p>") == text


@pytest.mark.parametrize(
    "imprint",
    [
        "This document is Copyright \u00a9 2010-2021 by its contributors as listed below.",
        "This manual is copyrighted by the people who have worked on it for so long.",
        "All trademarks within this guide belong to their legitimate owners.",
        "Mill and Oracle of Stones are registered trademarks of Mill and its affiliates.",
        "Anna Miller, Jon van den Berg, and Glenn J. Stone.",
        "The Mill project welcomes feedback, bug reports, and suggestions of all kinds.",
    ],
)
def test_whose_a_page_is_and_who_wrote_it_is_no_lead(imprint: str) -> None:
    assert lead(f"<p>{imprint}</p><h2>Introduction</h2><p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead("<p>Trademarks of React Native are explained to those who ask for the name.</p>") != ""
