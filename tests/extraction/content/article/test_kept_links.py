from __future__ import annotations

import pytest
from tests.extraction.content.article.pages import KEPT_LIST, PARAGRAPHS, TEASERS, page
from tests.extraction.reading import markdown, of_main


def test_what_an_article_names_as_its_sources_stays() -> None:
    sources = "<h2>References</h2><ul><li><a href=/p1>Paper one</a></li><li><a href=/p2>Paper two</a></li></ul>"
    written = markdown(page(f"{PARAGRAPHS}{sources}<h2>More</h2><ul><li><a href=/x>Recipes</a></ul>{TEASERS}"))
    assert "- [Paper one](https://docs.example/p1)\n- [Paper two]" in written
    assert "rhubarb" not in written
    assert "Recipes" not in written


@pytest.mark.parametrize(
    "sources",
    [
        "<ol><li><p><a href=/p1>Paper one</a></p></li><li><a href=/p2>Paper two</a></li></ol>",
        "<div class=refs><ol><li><a href=/p1>Paper one</a></li><li><a href=/p2>Paper two</a></li></ol></div>",
        "<dl><dt>1</dt><dd><a href=/p1>Paper one</a></dd><dt>2</dt><dd><a href=/p2>Paper two</a></dd></dl>",
        "<p><a href=/p1>Paper one</a></p><ul><li><a href=/p2>Paper two</a></li></ul>",
        "<div class=ref><p><a href=/p1>Paper one</a></p></div><div class=ref><p><a href=/p2>Paper two</a></p></div>",
        "<div><ul><li><a href=/p1>Paper one</a></li></ul><ul><li><a href=/p2>Paper two</a></li></ul></div>",
        "<ul><li>Books<ul><li><a href=/p1>Paper one</a></li></ul></li><li><a href=/p2>Paper two</a></li></ul>",
    ],
)
def test_what_stands_behind_an_articles_sources_is_left_out(sources: str) -> None:
    written = markdown(page(f"{PARAGRAPHS}<h2>Sources</h2>{sources}{TEASERS}{TEASERS}"))
    assert "Paper one" in written
    assert "Paper two" in written
    assert "rhubarb" not in written


@pytest.mark.parametrize(("text", "is_kept"), [("Now we get:", True), ("\u6b21\uff1a", True), ("That is all.", False)])
def test_a_list_that_the_text_before_it_announces_stays(text: str, *, is_kept: bool) -> None:
    first = PARAGRAPHS.replace("was feared at first.</p>", f"was feared at first. {text}</p>")
    assert ("rhubarb" in markdown(page(first + KEPT_LIST + PARAGRAPHS.replace("Work", "Labour")))) is is_kept


def test_a_list_that_a_heading_announces_goes() -> None:
    assert "rhubarb" not in markdown(page(f"{PARAGRAPHS}<h4>More:</h4>{KEPT_LIST}"))


@pytest.mark.parametrize(
    "more",
    [
        "<ul class=read-more><li><a href=/1>Ten recipes for rhubarb that you will love</a></li></ul>",
        "<div>Advertisement for rhubarb</div>",
        "<aside class=related-box><p>Read also: <b>rhubarb</b> and what it is good for</p></aside>",
    ],
)
def test_what_leads_away_between_two_parts_of_an_article_goes(more: str) -> None:
    assert "rhubarb" not in markdown(page(PARAGRAPHS + more + PARAGRAPHS.replace("Work", "Labour")))


@pytest.mark.parametrize(
    "pointer",
    [
        "<p><a href=/1>One</a>, <a href=/2>Two</a> and <a href=/3>Three</a></p>",
        "<p><a href=/1>One</a><br><a href=/2>Two</a></p>",
        "<p><a href=/log>See the full changelog</a></p>",
        f"<p><a href=#pumps>{'What did the pumps of the old harbour cost the city? ' * 2}</a></p>",
    ],
)
def test_a_paragraph_of_links_amid_an_article_stays(pointer: str) -> None:
    written = markdown(page(PARAGRAPHS + pointer + PARAGRAPHS.replace("Work", "Labour") + TEASERS))
    assert of_main(pointer) in written
    assert "rhubarb" not in written


@pytest.mark.parametrize(
    "beside",
    [
        f"<p><a href=/1>{'Rhubarb for your aunts and all who eat with you. ' * 3}</a></p>",
        "<p class=read-on><a href=/1>Rhubarb for ten</a></p>",
        "<p><a href=/1>Like rhubarb</a> | <a href=/2>Send</a></p>",
        "<div><p><a href=/1>Rhubarb for ten</a></p></div>",
        "<p><a href=#>Back to rhubarb</a></p><p>So be it.</p><p><a href=#>Back to rhubarb</a></p>",
    ],
)
def test_a_paragraph_that_leads_away_amid_an_article_goes(beside: str) -> None:
    written = markdown(page(PARAGRAPHS + beside + PARAGRAPHS.replace("Work", "Labour")))
    assert "Labour" in written
    assert "rhubarb" not in written.lower()


def test_a_list_of_links_that_is_a_section_of_the_article_stays() -> None:
    behind = PARAGRAPHS.replace("Work", "Labour")
    for heading in ("<h2>Where to walk</h2>", "<h3>The quays</h3>"):
        written = markdown(page(f"{PARAGRAPHS}{heading}{KEPT_LIST}<h2>Afterwards</h2>{behind}"))
        assert "- [Ten recipes for rhubarb" in written
    for heading in (
        "<h2>Related stories</h2>",
        "<h2>Read also</h2>",
        "<h2>Das k\u00f6nnte Sie auch interessieren</h2>",
    ):
        assert "rhubarb" not in markdown(page(f"{PARAGRAPHS}{heading}{KEPT_LIST}{behind}"))
    named = KEPT_LIST.replace("<ul>", "<ul class=teasers>")
    assert "rhubarb" not in markdown(page(f"{PARAGRAPHS}<h2>Where to walk</h2>{named}{behind}"))
    assert "rhubarb" not in markdown(page(f"{PARAGRAPHS}<h2>Where to walk</h2>{KEPT_LIST}{TEASERS}"))
