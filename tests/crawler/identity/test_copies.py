from __future__ import annotations

import pytest
from tests.support.contents import content
from tests.support.growth import assert_linear

from llmstxt_sched.crawler.identity.copies import is_source, printed_page, repeats
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.domain.urls import Url, parse
from llmstxt_sched.extraction.model import Content

LEAD, OTHER = "Thing answers requests quickly.", "The page A says how to use the letter A."
START = Extract(title="Thing", lead=LEAD)


def url(target: str) -> Url:
    return parse(f"https://docs.example{target}")


def titled(markdown: str, title: str = "") -> Content:
    return content(markdown, Extract(title=title, first_heading=title))


POSTS = "# Posts\n\n## [One](https://docs.example/one)\n\nFirst words.\n\n## [Two](https://docs.example/two)\n"


@pytest.mark.parametrize(
    ("target", "markdown", "is_list"),
    [
        ("/page/2/", POSTS, True),
        ("/blog/page/3", POSTS, True),
        ("/page2.html", POSTS, True),
        ("/blog/", POSTS, False),
        ("/article/page/2/", "# Article\n\n## Results\n\nText.\n\n## Discussion\n\nText.\n", False),
        ("/article/page/2/", "More text, without a heading.\n", False),
        ("/blog?page=2", POSTS, True),
        ("/index.php?page=2", "# [Mills](https://docs.example/index.php?page=2#mills)\n\nText.\n", False),
    ],
)
def test_a_further_page_of_a_list_repeats_its_posts(target: str, markdown: str, is_list: bool) -> None:
    assert bool(repeats(url(target), titled(markdown), START, [])) is is_list


def test_the_site_on_one_page_repeats_it() -> None:
    whole = titled("# Thing\n\n*Thing* answers requests quickly.\n\n# A\n\nMore.\n", "Thing")
    assert repeats(url("/print.html"), whole, START, [LEAD])
    assert repeats(url("/book/print_page/"), whole, START, [LEAD])
    assert not repeats(url("/whole.html"), whole, START, [LEAD])
    assert not repeats(url("/print.html"), whole, None, [LEAD])


def test_the_site_on_one_page_may_have_a_title_of_its_own() -> None:
    whole = titled(f"# All of it\n\n{LEAD}\n\n# A\n\n{OTHER}\n", "All of it")
    assert repeats(url("/print/"), whole, START, [LEAD, OTHER])
    assert not repeats(url("/print/"), whole, START, [LEAD])


def test_a_sentence_that_several_pages_begin_with_tells_no_whole_site() -> None:
    chapter = titled(f"# Print labels\n\n{LEAD}\n\nPaper is needed for it.\n", "print")
    assert not repeats(url("/labels/print/"), chapter, None, [LEAD, LEAD])


def test_a_chapter_about_printing_is_a_page() -> None:
    chapter = titled("# print\n\nPrints its arguments.\n", "print")
    assert not repeats(url("/commands/print.html"), chapter, START, [LEAD, OTHER])


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("/clay?view=print", "/clay"),
        ("/clay?id=3&printable=yes", "/clay?id=3"),
        ("/clay?print", "/clay"),
        ("/clay?tmpl=component&print=1&layout=default&page=", "/clay"),
        ("/clay?format=print", "/clay"),
        ("/clay?tmpl=component", None),
        ("/clay?print=2", None),
        ("/clay?q=print", None),
    ],
)
def test_a_view_for_printing_shows_a_page(target: str, page: str | None) -> None:
    shown = printed_page(url(target))
    assert (shown.target if shown else None) == page


def test_sources_stand_beside_pages() -> None:
    assert is_source(url("/en/_sources/guide/a.rst.txt"))
    assert not is_source(url("/guide/sources.html"))


def test_the_frames_of_javadoc_repeat_its_pages() -> None:
    frame = titled(
        "# All Classes\n\n- [Gate](https://docs.example/api/Gate.html)\n- [Rail](https://docs.example/api/Rail.html)\n"
    )
    for name in ("allclasses-frame", "allclasses-noframe", "overview-frame", "com/acme/package-frame"):
        assert "frame" in repeats(url(f"/api/{name}.html"), frame, None, [])
    for name in ("package-summary", "data-frame", "frame"):
        assert not repeats(url(f"/api/{name}.html"), frame, None, [])
    assert not repeats(url("/shop/package-frame.html"), titled("# A frame\n\nOf oak, for a picture.\n"), None, [])


@pytest.mark.slow
@pytest.mark.parametrize("part", ["[", "[x](a#", "[x]("])
def test_what_looks_like_the_beginning_of_links_takes_linear_time(part: str) -> None:
    def looked_at(parts: int) -> None:
        assert not repeats(url("/package-frame.html"), titled(f"# Gates\n\n{part * parts}\n"), None, [])

    assert_linear(looked_at, 200_000)
