from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, URL

from llmstxt_sched.extraction.dom.own_entities import own_entities, write_out
from llmstxt_sched.extraction.extract import extract

PUBLIC = 'PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"'
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>&prod; guide</title></head>'
    f"<body><p>{PROSE}</p><p>&prod; is &full;.</p></body></html>"
)


def text(subset: str, page: str = PAGE, public: str = PUBLIC) -> str:
    body = f'<?xml version="1.0"?><!DOCTYPE html {public} [{subset}]>{page}'
    return extract(body.encode(), URL, "application/xhtml+xml").markdown.removeprefix(f"{PROSE}\n\n")


def test_a_page_in_xml_uses_the_entities_that_it_declares() -> None:
    subset = "<!ENTITY prod \"Mill\"> <!-- don't --> <!ENTITY full '&prod; <b>Server</b> &copy; ]> x'>"
    assert text(subset) == text(subset, public="") == "Mill is Mill **Server** © ]> x.\n"
    assert text(f"{subset}<!ENTITY prod 'Other'>").startswith("Mill is")


def test_what_is_kept_elsewhere_is_nothing_and_what_is_always_known_stays() -> None:
    subset = "<!ENTITY prod SYSTEM 'file:///etc/passwd'><!ENTITY full '&lt;'><!ENTITY lt '<b>'>"
    assert text(subset) == "is <.\n"


def test_entities_of_entities_make_no_small_page_large() -> None:
    names = "abcdefgh"
    bomb = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("x" + names, names, strict=False))
    entities = own_entities(f'<!ENTITY x "lol">{bomb}')
    assert max(map(len, entities.values())) < 10_000
    assert len(write_out("&h;" * 10_000, entities)) < 1_100_000


@pytest.mark.slow
@pytest.mark.parametrize("part", ["<!--", "'", '"', "<!ENTITY a ", "<!ENTITY a 'b", "<!ENTITY a SYSTEM ", "[", "]"])
def test_long_hostile_document_types_are_read_in_linear_time(part: str) -> None:
    text(part * 100_000)
