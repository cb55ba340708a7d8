from __future__ import annotations

import pytest
from tests.extraction.content.article.pages import ARTICLE_TYPE, CODE, LINK, PARAGRAPHS, TEASERS, page
from tests.extraction.reading import markdown

from llmstxt_sched.extraction.content.article.article_page import looks_like_article
from llmstxt_sched.extraction.content.main_element.main_content import find_main_content
from llmstxt_sched.extraction.dom.parse import parse
from llmstxt_sched.extraction.extract import extract


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


def test_names_of_news_make_an_article_where_there_is_no_code() -> None:
    teaser = "<div class=teaser-box>Ten recipes for rhubarb that you will love</div>"
    assert "rhubarb" not in markdown(page(PARAGRAPHS + teaser, head=""))
    assert "rhubarb" in markdown(page(PARAGRAPHS + CODE + teaser, head=""))


def test_a_byline_makes_an_article() -> None:
    byline = "<p class=byline>By Ann Holt</p>"
    comments = "<section id=comments><h2>2 comments</h2><div class=comment><p>I like rhubarb.</p></div></section>"
    assert "rhubarb" not in markdown(page(byline + PARAGRAPHS + comments, head=""))
    assert "rhubarb" in markdown(page(byline + PARAGRAPHS + CODE + comments, head=""))
    for word in ("<code>make</code>", "<kbd>Ctrl</kbd>"):
        assert "rhubarb" in markdown(page(f"{byline}{PARAGRAPHS}<p>Run {word} now.</p>{comments}", head=""))


def test_a_section_that_is_called_as_a_part_of_news_makes_no_article() -> None:
    sections = "".join(
        f"<section id={name}><h2>{name.title()}</h2><p>It shows the {name} of a page.</p></section>"
        for name in ("share", "news", "headline", "comments", "related-posts")
    )
    written = markdown(page(PARAGRAPHS + sections, head=""))
    assert [line for line in written.splitlines() if line.startswith("## ")] == [
        "## Share", "## News", "## Headline", "## Comments", "## Related-Posts",
    ]  # fmt: skip


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


SAID = ["The stone is blunt.", "Then take a bill to it, and let that fall by its own weight."]


@pytest.mark.parametrize(
    "post",
    [
        "<div class='post bg'><h3><a href=#p>Re: Harbour</a></h3><p>by anna</p><div class=content>{}</div></div>",
        "<div itemtype=https://schema.org/DiscussionForumPosting><p>by anna</p><div class=post>{}</div></div>",
        "<div itemtype=https://schema.org/Question><p>by anna</p><time>1 May 2024</time><p>{}</p></div>",
    ],
)
def test_a_page_on_which_several_write_is_no_article(post: str) -> None:
    written = markdown(f"{ARTICLE_TYPE if 'time' in post else ''}<main><h1>T</h1>{''.join(map(post.format, SAID))}")
    assert written.count("by anna") == 2
    assert all(said in written for said in SAID)


def test_questions_that_an_article_answers_itself_make_it_no_discussion() -> None:
    asked = (
        "<div itemprop=mainEntity itemtype=https://schema.org/Question><h3>How often?</h3><p>Each third week.</p></div>"
    )
    asked = f"<section itemtype=https://schema.org/FAQPage>{asked}{asked}</section>"
    assert "rhubarb" not in markdown(page(PARAGRAPHS + asked + TEASERS))


def test_teasers_beside_a_post_make_it_no_thread() -> None:
    teaser = "<div class=more><div class=post><h3><a href=/1>Rhubarb</a></h3><p>It is good for you.</p></div></div>"
    assert "Rhubarb" not in markdown(f"<main><div class=post><h1>Harbour</h1>{PARAGRAPHS}</div>{teaser}</main>")
