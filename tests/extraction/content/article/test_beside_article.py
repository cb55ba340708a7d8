from __future__ import annotations

import pytest
import trafilatura
from tests.extraction.content.article.pages import ARTICLE_TYPE, JSON_LD, PARAGRAPH, PARAGRAPHS, TEASERS, page
from tests.extraction.reading import markdown, read

from llmstxt_sched.extraction.content.article.parts import BESIDE


@pytest.mark.parametrize("head", [ARTICLE_TYPE, JSON_LD, "<meta property=article:published_time content=2026-01-01>"])
def test_what_stands_around_an_article_is_left_out(head: str) -> None:
    written = markdown(page(PARAGRAPHS + TEASERS, head))
    assert "rhubarb" not in written
    assert written.startswith("# Harbour\n\nThe council")
    assert "forty million" in written


@pytest.mark.parametrize(
    "label", ["ADVERTISEMENT", "Advertisement - scroll to continue", "Anzeige", "— Publicité —", "広告", "реклама"]
)
def test_the_label_of_an_advertisement_amid_an_article_is_left_out(label: str) -> None:
    first, *others = PARAGRAPHS.split("</p>")
    for line in (f"<p>{label}</p>", f"<div><span>{label}</span></div>"):
        assert label not in markdown(page(f"{first}</p>{line}{'</p>'.join(others)}"))
    heading = f"<h2>{label}</h2><p>It was in the paper of Tuesday, and said that the harbour is closed for good.</p>"
    assert label in markdown(page(f"{PARAGRAPHS}{heading}{PARAGRAPHS}"))


def test_an_article_of_a_line_stays(caplog: pytest.LogCaptureFixture) -> None:
    assert "Closed." in markdown(page("<p>Closed.</p>"))
    assert not caplog.records


def test_of_several_titles_only_that_of_the_article_stays() -> None:
    written = markdown(page(f"{PARAGRAPHS}<div class=more-stories><h1>Our partners</h1></div>{TEASERS}"))
    assert written.startswith("# Harbour\n")
    assert "partners" not in written


def test_texts_between_blocks_are_counted_as_dropped() -> None:
    content = read(page(f"{PARAGRAPHS}<div>Rhubarb now<p><a href=/1>Ten recipes</a></p>|<p>{PARAGRAPHS}</p></div>"))
    assert "Rhubarb" not in content.markdown
    assert content.dropped[BESIDE] == 3


def test_an_article_that_stands_in_a_script_alone_costs_the_page_nothing() -> None:
    story = " ".join(PARAGRAPHS.replace("<p>", "").split("</p>"))
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{story}"}}</script>'
    assert "A short notice." in markdown(page("<p>A short notice.</p>", head=data))


def test_what_was_not_judged_is_told_without_the_words_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise RecursionError("rhubarb")

    monkeypatch.setattr(trafilatura, "extract", fail)
    content = read(page(PARAGRAPHS + TEASERS))
    assert content.unjudged == "RecursionError"
    assert "rhubarb" in content.markdown


def test_what_is_beside_an_article_stays_out_whatever_it_is_called() -> None:
    first, rest = PARAGRAPHS[: PARAGRAPHS.index("<p>Work")], PARAGRAPHS[PARAGRAPHS.index("<p>Work") :]
    other = f"<div id=newsletter><h3>News</h3>{PARAGRAPH}</div>"
    assert "hash" not in markdown(page(first + rest + f"<div id=comments><h2>Comments</h2>{PARAGRAPH}</div>"))
    assert "hash" not in markdown(page(first + other + rest + TEASERS))
    comments = "<div id=comments><h2>Comments</h2><ul><li><a href=/u>Ann</a></li><li><a href=/v>Bob</a></li></ul></div>"
    assert "Comments" not in markdown(page(first + comments + rest))


def test_the_lists_of_a_brief_article_stay_with_their_headings() -> None:
    # trafilatura gives all of it as one line.
    written = markdown(
        "<main><article><header><h1>Tools</h1><div class=meta><a href=/u/1>Anna Miller</a> 3 months ago</div></header>"
        "<div class=article-body><p>You need three tools to dress a stone in spring.</p><h2>List</h2>"
        "<ul><li>Bill</li><li>Staff</li></ul><h2>Cost</h2><p>Free.</p><ol><li>Pay</li><li>Sign in</li></ol></div>"
        "<section class=related><h2>Related articles</h2><ul><li><a href=/b>Buying rhubarb</a></li></ul></section>"
        "</article></main>"
    )
    assert written.endswith("## List\n\n- Bill\n- Staff\n\n## Cost\n\nFree.\n\n1. Pay\n2. Sign in\n")
