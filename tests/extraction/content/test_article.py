from __future__ import annotations

import pytest
import trafilatura
from tests.extraction.reading import markdown, of_main, read

from llmstxt_sched.extraction.content.article import BESIDE, looks_like_article
from llmstxt_sched.extraction.content.main_element.main_content import find_main_content
from llmstxt_sched.extraction.dom.parse import parse
from llmstxt_sched.extraction.extract import extract

PARAGRAPHS = "".join(
    f"<p>{text}</p>"
    for text in (
        "The council voted on Tuesday to open the old harbour to walkers, after a debate that lasted for nine hours.",
        "Nobody had expected the mayor, who has been against it for years, to change his mind on the last evening.",
        "Work on the quays, which are closed since the flood, will begin in spring and take about two years, he said.",
        "The cost, which is shared by the city and the port, is put at forty million, less than was feared at first.",
    )
)
TEASERS = "<div class=more-stories><p><a href=/1>Ten recipes for rhubarb that you will love</a></p></div>"
CODE = "<pre>make harbour</pre>"
ARTICLE_TYPE = "<meta property=og:type content=article>"
JSON_LD = '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"]}]}</script>'


def page(content: str, head: str = ARTICLE_TYPE, name: str = "story") -> str:
    return f"<html><head>{head}</head><body><div class={name}><h1>Harbour</h1>{content}</div></body></html>"


@pytest.mark.parametrize("head", [ARTICLE_TYPE, JSON_LD, "<meta property=article:published_time content=2026-01-01>"])
def test_what_stands_around_an_article_is_left_out(head: str) -> None:
    written = markdown(page(PARAGRAPHS + TEASERS, head))
    assert "rhubarb" not in written
    assert written.startswith("# Harbour\n\nThe council")
    assert "forty million" in written


def test_a_theme_of_blogs_makes_an_article() -> None:
    assert "rhubarb" not in markdown(page(PARAGRAPHS + TEASERS, head="", name="entry-content"))


def test_a_page_that_does_not_look_like_an_article_stays_whole() -> None:
    assert "rhubarb" in markdown(page(PARAGRAPHS + TEASERS, head=""))


def test_documentation_stays_whole_whatever_it_says() -> None:
    assert "rhubarb" in markdown(page(PARAGRAPHS + TEASERS, name="vp-doc"))


@pytest.mark.parametrize(("around", "is_article"), [("rst-content", False), ("story", True)])
def test_what_read_the_docs_calls_the_body_of_an_article_is_documentation(around: str, *, is_article: bool) -> None:
    text = f"<div class={around}><div itemprop=articleBody>{PARAGRAPHS}</div></div>"
    tree = parse(text, as_xml=False)
    assert looks_like_article(tree, find_main_content(tree), text, says_so=False) is is_article


@pytest.mark.parametrize("name", ["vp-doc", "book-article", "nextra-content", "gdoc-markdown"])
def test_what_generators_of_documentation_call_their_content_is_no_article(name: str) -> None:
    assert "rhubarb" in markdown(page(PARAGRAPHS + TEASERS, name=name))


@pytest.mark.parametrize(
    ("line", "is_article"),
    [
        ("<div>Last updated on <time>May 1, 2024</time></div>", False),
        ("<p>Last updated <time>3 months ago</time></p>", False),
        ("<p>Zuletzt aktualisiert am <time>3. Mai 2024</time></p>", False),
        ("<p>Changed <b><time itemprop=dateModified>May 1, 2024</time></b> by Ann</p>", False),
        ("<p>By Ann, <time>May 1, 2024</time></p>", True),
        ("<p><time>May 1, 2024</time></p><p>Last updated on <time>May 2, 2024</time></p>", True),
    ],
)
def test_the_date_of_an_update_alone_makes_no_article(line: str, *, is_article: bool) -> None:
    html = f"<body><article><h1>Harbour</h1>{PARAGRAPHS}{TEASERS}{line}</article></body>"
    assert ("rhubarb" not in markdown(html)) is is_article


def test_an_empty_element_makes_no_article() -> None:
    page = f"<body><div><span class=post></span></div>{TEASERS}{PARAGRAPHS}"
    assert "rhubarb" in markdown(page)


def test_a_page_with_much_code_stays_whole() -> None:
    assert "rhubarb" in markdown(page(PARAGRAPHS + CODE * 30 + TEASERS))


def test_a_page_that_is_too_large_for_an_article_stays_whole() -> None:
    assert "rhubarb" in markdown(page(PARAGRAPHS + "<br>" * 15_000 + TEASERS))


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


def test_what_an_article_names_as_its_sources_stays() -> None:
    sources = "<h2>References</h2><ul><li><a href=/p1>Paper one</a></li><li><a href=/p2>Paper two</a></li></ul>"
    written = markdown(page(f"{PARAGRAPHS}{sources}<h2>More</h2><ul><li><a href=/x>Recipes</a></ul>{TEASERS}"))
    assert "- [Paper one](https://docs.example/p1)\n- [Paper two]" in written
    assert "rhubarb" not in written
    assert "Recipes" not in written


@pytest.mark.parametrize(
    "cited", ["<p>— <a href=/book>The book</a></p>", "<footer><a href=/book>The book</a></footer>"]
)
def test_who_said_what_an_article_quotes_stays(cited: str) -> None:
    said = "<blockquote><p>It is of no use to be there when the others have left for the harbour.</p>{}</blockquote>"
    written = markdown(page(f"{said.format(cited)}{PARAGRAPHS}{said.format(cited)}{TEASERS}"))
    assert written.count("[The book](https://docs.example/book)") == 2
    assert "rhubarb" not in written


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


def test_an_article_of_a_line_stays(caplog: pytest.LogCaptureFixture) -> None:
    assert "Closed." in markdown(page("<p>Closed.</p>"))
    assert not caplog.records


def test_names_of_news_make_an_article_where_there_is_no_code() -> None:
    teaser = "<div class=teaser-box>Ten recipes for rhubarb that you will love</div>"
    assert "rhubarb" not in markdown(page(PARAGRAPHS + teaser, head=""))
    assert "rhubarb" in markdown(page(PARAGRAPHS + CODE + teaser, head=""))


def test_of_several_titles_only_that_of_the_article_stays() -> None:
    written = markdown(page(f"{PARAGRAPHS}<div class=more-stories><h1>Our partners</h1></div>{TEASERS}"))
    assert written.startswith("# Harbour\n")
    assert "partners" not in written


def test_a_heading_of_what_is_left_out_goes_with_it() -> None:
    written = markdown(page(f"{PARAGRAPHS}{TEASERS}<div class=more-stories><h3>More rhubarb</h3></div>{PARAGRAPHS}"))
    assert "rhubarb" not in written


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


def test_a_section_that_is_called_as_a_part_of_news_makes_no_article() -> None:
    sections = "".join(
        f"<section id={name}><h2>{name.title()}</h2><p>It shows the {name} of a page.</p></section>"
        for name in ("share", "news", "headline", "comments", "related-posts")
    )
    written = markdown(page(PARAGRAPHS + sections, head=""))
    assert [line for line in written.splitlines() if line.startswith("## ")] == [
        "## Share", "## News", "## Headline", "## Comments", "## Related-Posts",
    ]  # fmt: skip


PARAGRAPH = "<p>What begins with a hash goes on to the end of its line, and nothing reads it but people.</p>"


def test_what_is_beside_an_article_stays_out_whatever_it_is_called() -> None:
    first, rest = PARAGRAPHS[: PARAGRAPHS.index("<p>Work")], PARAGRAPHS[PARAGRAPHS.index("<p>Work") :]
    other = f"<div id=newsletter><h3>News</h3>{PARAGRAPH}</div>"
    assert "hash" not in markdown(page(first + rest + f"<div id=comments><h2>Comments</h2>{PARAGRAPH}</div>"))
    assert "hash" not in markdown(page(first + other + rest + TEASERS))
    comments = "<div id=comments><h2>Comments</h2><ul><li><a href=/u>Ann</a></li><li><a href=/v>Bob</a></li></ul></div>"
    assert "Comments" not in markdown(page(first + comments + rest))


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


LINK = "<a href=/1>Ten recipes for rhubarb that you will love</a>"
KEPT_LIST = f"<ul><li>{LINK}</li><li><a href=/2>Eleven more</a></li></ul>"


@pytest.mark.parametrize(("links", "is_article"), [(2, True), (30, False)])
def test_a_page_that_is_mostly_lists_of_links_is_no_article(links: int, *, is_article: bool) -> None:
    text = page(f"{PARAGRAPHS}<h2>Guides</h2><ul>{f'<li>{LINK}<ul><li>{LINK}</li></ul></li>' * links}</ul>")
    tree = parse(text, as_xml=False)
    assert looks_like_article(tree, find_main_content(tree), text, says_so=True) is is_article


@pytest.mark.parametrize(
    ("start", "end", "is_article"),
    [
        ("<div class=sidebar><ul><li><h3>Basics</h3></li>", "</ul></div>", False),
        ("<aside><ul><li>Basics<ul>", "</ul></li></ul></aside>", False),
        ("<aside><h3>Latest</h3><ul>", "</ul></aside>", True),
        ("<header><nav><ul><li>Basics<ul>", "</ul></li></ul></nav></header>", True),
    ],
)
def test_a_page_in_a_navigation_in_groups_is_documentation(start: str, end: str, *, is_article: bool) -> None:
    links = "".join(f"<li><a href={address}>Part</a></li>" for address in ("/a", "/b", "/c", "/d", "/here"))
    text = page(PARAGRAPHS + TEASERS).replace("<body>", f"<body>{start}{links}{end}")
    written = extract(text.encode(), "https://x.example/here", "text/html").markdown
    assert ("rhubarb" not in written) is is_article
    opener = extract(text.replace("/here", "#").encode(), "https://x.example/here", "text/html").markdown
    assert "rhubarb" not in opener


@pytest.mark.parametrize("named", ["<a id=dropdown-news></a>", "<i class=share-icon></i>", "<p class=news-toggle></p>"])
def test_what_opens_a_menu_or_is_a_picture_makes_no_article(named: str) -> None:
    assert "rhubarb" in markdown(page(PARAGRAPHS + TEASERS + f"<div>{named}</div>", head=""))


@pytest.mark.parametrize(("text", "is_kept"), [("Now we get:", True), ("\u6b21\uff1a", True), ("That is all.", False)])
def test_a_list_that_the_text_before_it_announces_stays(text: str, *, is_kept: bool) -> None:
    first = PARAGRAPHS.replace("was feared at first.</p>", f"was feared at first. {text}</p>")
    assert ("rhubarb" in markdown(page(first + KEPT_LIST + PARAGRAPHS.replace("Work", "Labour")))) is is_kept


def test_a_list_that_a_heading_announces_goes() -> None:
    assert "rhubarb" not in markdown(page(f"{PARAGRAPHS}<h4>More:</h4>{KEPT_LIST}"))


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
