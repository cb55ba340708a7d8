from __future__ import annotations

import pytest
from tests.extraction.content.article.pages import ARTICLE_TYPE, CODE, PARAGRAPH, PARAGRAPHS, TEASERS, page
from tests.extraction.reading import markdown, of_main


def test_code_and_headings_in_an_article_stay() -> None:
    written = markdown(page(f"{PARAGRAPHS}<h2>How</h2><p>By hand.</p>{CODE}{PARAGRAPHS}{TEASERS}"))
    assert "```\nmake harbour\n```" in written
    assert "## How" in written
    assert "rhubarb" not in written


def test_code_that_an_article_ends_with_stays() -> None:
    written = markdown(
        page(f"{PARAGRAPHS}<p>For the harbour alone:</p>{CODE}<div><i>Makefile</i><div>{CODE}</div></div>{TEASERS}")
    )
    assert written.count("make harbour") == 2
    assert "rhubarb" not in written


@pytest.mark.parametrize(
    "cited", ["<p>— <a href=/book>The book</a></p>", "<footer><a href=/book>The book</a></footer>"]
)
def test_who_said_what_an_article_quotes_stays(cited: str) -> None:
    said = "<blockquote><p>It is of no use to be there when the others have left for the harbour.</p>{}</blockquote>"
    written = markdown(page(f"{said.format(cited)}{PARAGRAPHS}{said.format(cited)}{TEASERS}"))
    assert written.count("[The book](https://docs.example/book)") == 2
    assert "rhubarb" not in written


def test_a_heading_of_what_is_left_out_goes_with_it() -> None:
    written = markdown(page(f"{PARAGRAPHS}{TEASERS}<div class=more-stories><h3>More rhubarb</h3></div>{PARAGRAPHS}"))
    assert "rhubarb" not in written


def test_a_sentence_in_a_box_of_the_site_amid_an_article_goes() -> None:
    asked = "<section id=subscribe><div id=x><p>Get ten recipes for rhubarb.</p></div></section>"
    assert "rhubarb" not in markdown(page(f"{PARAGRAPHS}{asked}{PARAGRAPHS}"))


@pytest.mark.parametrize(
    "kept",
    [
        "<ol><li>Open:<pre>make harbour</pre></li><li>Close:<pre>make quay</pre></li></ol>",
        "<button role=tab id=t>npm</button><div role=tabpanel aria-labelledby=t><pre>npm i</pre></div>",
        "<blockquote><p>Water finds its own way.</p><footer>A. Miller</footer></blockquote>",
        "<figure><img src=i.jpg alt=one><figcaption>Three pumps in the yard.</figcaption></figure>",
        "<aside class=note><p>Close the valve before.</p></aside>",
        "<dl><dt>Head</dt><dd>How high.</dd></dl>",
        "<p>So be it.</p>",
        "<section id=ambient-authority><h3>8.2. Authority</h3><div id=s8.p1><p>So be it (or not.)</p></div></section>",
        f"<h2 id=comments>Comments</h2><div id=comments-body>{PARAGRAPH}</div>",
        f"<details id=comments><summary>Comments in code</summary>{PARAGRAPH}</details>",
        f"<section id=share-volumes><h2>Share volumes</h2>{PARAGRAPH}</section>",
        f"<div id=related_settings><h3>Related settings</h3><div>{PARAGRAPH}</div></div>",
        "<div class=katex-display><math><annotation encoding='application/x-tex'>Q = A v</annotation></math></div>",
    ],
)
def test_what_is_between_two_parts_of_an_article_stays(kept: str) -> None:
    """A page of documentation may say that it is an article as well."""
    first, rest = PARAGRAPHS[: PARAGRAPHS.index("<p>Work")], PARAGRAPHS[PARAGRAPHS.index("<p>Work") :]
    alone, within = of_main(kept), markdown(page(first + kept + rest + TEASERS))
    assert alone
    assert alone in within
    assert "rhubarb" not in within


def test_headings_before_other_headings_and_without_a_text_yet_stay() -> None:
    more = PARAGRAPHS.replace("Work", "Labour")
    content = f"<div>{PARAGRAPHS}<h2>Plans</h2><h3>Quays</h3>{more}<h2>Pumps</h2><h2>Gates</h2></div>{TEASERS}"
    written = markdown(page(content))
    assert [line for line in written.splitlines() if line.startswith("##")] == [
        "## Plans", "### Quays", "## Pumps", "## Gates",
    ]  # fmt: skip
    assert "rhubarb" not in written


def test_the_label_of_a_note_in_an_article_stays() -> None:
    note = f"<div class='box notices cstyle warning'><div>Warning</div><div>{PARAGRAPHS}</div></div>"
    teaser = f"<div class=box><div>Warnings</div><div>{PARAGRAPHS}</div></div>"
    assert "Warning\n" in markdown(page(PARAGRAPHS.replace("Work", "Labour") + note + TEASERS))
    assert "Warnings\n" not in markdown(page(PARAGRAPHS.replace("Work", "Labour") + teaser + TEASERS))


def test_a_label_in_the_line_that_a_note_in_an_article_begins_with_stays() -> None:
    note = "<div class='messages messages--info'><span class=title>Tip</span><p>Come early.</p></div>"
    written = markdown(page(f"{PARAGRAPHS}{note}{PARAGRAPHS}{TEASERS}"))
    assert "\n\nTip\n\nCome early.\n\n" in written


@pytest.mark.parametrize("name", ["class=note", "class='alert alert-info'", "class='callout blue'", "dir=ltr"])
@pytest.mark.parametrize("behind", [PARAGRAPHS, f"<ul>{PARAGRAPHS.replace('p>', 'li>')}</ul>"])
def test_a_box_with_a_text_of_its_own_between_two_parts_of_an_article_stays(name: str, behind: str) -> None:
    story = f"{PARAGRAPHS}<div {name}>The gates shut at six.</div>{behind}{TEASERS}"
    assert "\n\nThe gates shut at six.\n\n" in markdown(page(story))


@pytest.mark.parametrize(
    "name", ["class=author-info", "class=promo", "class=newsletter-notice", "class='callout embed'"]
)
def test_a_box_of_the_site_between_two_parts_of_an_article_is_left_out(name: str) -> None:
    story = f"{PARAGRAPHS}<div {name}>Our rhubarb is the best.</div>{PARAGRAPHS}{TEASERS}"
    assert "rhubarb" not in markdown(page(story))


FOLDED = [
    "<h3><button aria-controls=a aria-expanded=false>How loud?</button></h3><div id=a hidden>About 60 dB.</div>",
    "<div class=x-accordion><h3>How loud?</h3><div class=x-panel>About 60 dB.</div></div>",
]


@pytest.mark.parametrize("folded", FOLDED)
def test_what_is_folded_between_two_parts_of_an_article_stays_with_its_heading(folded: str) -> None:
    written = markdown(page(f"{PARAGRAPHS}{folded}{PARAGRAPHS}{TEASERS}"))
    assert "\n\n### How loud?\n\nAbout 60 dB.\n\n" in written


LATER = (
    "The harbour, of which {0}, was dug by hand in the years after the flood, when the river had left its old bed. " * 2
)


@pytest.mark.parametrize(("name", "is_kept"), [("article__body", True), ("comment__body", False)])
def test_long_paragraphs_in_the_next_box_of_an_article_stay(name: str, *, is_kept: bool) -> None:
    second = "".join(f"<p>{LATER.format(who)}</p>" for who in ("few know", "all are proud", "some dream"))
    advertisement = "<div class=ad><p><a href=/ad>Buy now</a></p></div>"
    box = "<div class={}>{}</div>"
    text = f"{box.format('article__body', PARAGRAPHS)}{advertisement}{box.format(name, second)}"
    written = markdown(page(f"<article>{text}</article>"))
    assert ("all are proud" in written) is is_kept
    assert "forty million" in written
    assert "Buy now" not in written


def test_the_title_of_an_article_stays_though_it_is_no_level_1_heading() -> None:
    # After it a date or a rule keeps it from being beside the text.
    story = f"<div><h2>Harbour</h2><p>Modified on: 6 May 2026</p><hr><article>{PARAGRAPHS}</article></div>"
    head = f"{ARTICLE_TYPE}<title>Harbour : News</title>"
    assert markdown(f"{head}<body><main>{story}{TEASERS}</main>").startswith("## Harbour\n\n---\n\nThe council")


@pytest.mark.parametrize("formula", ["<math display=block><mi>x</mi></math>", "<d-math block>x</d-math>"])
def test_a_formula_between_two_paragraphs_of_an_article_stays(formula: str) -> None:
    story = f"{PARAGRAPHS}{formula}{PARAGRAPHS}"
    assert "\n\n$$x$$\n\n" in markdown(page(story + TEASERS))
