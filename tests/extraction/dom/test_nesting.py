from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, URL, read

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.dom.nesting import MAX_DEPTH
from llmstxt_sched.extraction.extract import extract


@pytest.mark.parametrize("unit", ["<div>", "<b>", "<font color=red><i>", "<ul><li>", "</p><DIV>", "<x-y>"])
def test_nesting_that_would_stall_the_parser_is_refused(unit: str) -> None:
    with pytest.raises(FetchFailed) as failed:
        read(unit * (MAX_DEPTH + 1))
    assert failed.value.code == "parse_error"


def test_a_flat_page_of_many_unclosed_paragraphs_is_read() -> None:
    page = read("<main>" + f"<p>{PROSE}<br><li>x" * 3000)
    assert page.markdown.count("A sentence") == 3000


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml"])
@pytest.mark.parametrize("unclosed", ["", "<p>"])
def test_empty_elements_of_a_large_manual_are_not_in_one_another(kind: str, unclosed: str) -> None:
    places = f'<p><a id="x"/>{PROSE}</p>' * (MAX_DEPTH * 6)
    page = f"<html><head><title>Wheels</title></head><body><h1>Wheels</h1>{places}{unclosed}</body></html>"
    assert extract(page.encode(), URL, kind).markdown.count("A sentence") == MAX_DEPTH * 6


def test_tags_in_scripts_and_comments_do_not_count_as_nesting() -> None:
    noise = "<script>" + "<div>" * 600 + "</script><!--" + "<div>" * 600 + "-->"
    assert read(f"{noise}<main><h1>Read</h1><p>{PROSE}</p></main>").extract.h1 == "Read"
