from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted, read

from llmstxt_sched.documents.model import SECTION_SEPARATOR

ITEM = "<span property=itemListElement>"


@pytest.mark.parametrize(
    "crumbs",
    [
        "<nav aria-label='You are here'><ol><li><a href=/>Home</a><li><a href=/g>Guides</a><li>Page</ol></nav>",
        "<ul class=breadcrumbs><li><a href=/>Home</a><li><span>Guides</span><li><span>Page</span></ul>",
        "<ul class=breadcrumbs><li><a href=/>Home</a><li>/<li>Guides<li>/<li>Page</ul>",
        "<nav class=breadcrumb><a href=/>Home</a> <span>\u203a</span> <span>Guides</span> <span>Page</span></nav>",
        f"<p typeof=BreadcrumbList>{ITEM}<a href=/>Home</a></span> / {ITEM}Guides</span> {ITEM}Page</span></p>",
    ],
)
def test_a_crumb_may_have_no_link(crumbs: str) -> None:
    assert extracted(f"{crumbs}<main><h1>Page</h1><p>{PROSE}</p></main>").section == "Guides"


def test_when_the_site_was_made_and_what_leads_to_the_top_are_no_breadcrumbs() -> None:
    date = "<li id=publishDate><span class=divider>|</span> Last Published: 2026-08-18</li>"
    version = "<li id=projectVersion><span class=divider>|</span>Version: 14.0.0</li>"
    crumbs = "<li><a href=/>Home</a></li><li><a href=/g>Guides</a></li><li>Page</li>"
    page = f"<main><h1>Page</h1><p>{PROSE}</p></main>"
    assert extracted(f"<ul class=breadcrumb>{date}{version}<li><a>toTop</a></li></ul>{page}").section == ""
    assert extracted(f"<ul class=breadcrumb>{date}{version}{crumbs}</ul>{page}").section == "Guides"


def test_a_badge_that_says_what_a_page_is_about_is_no_crumb() -> None:
    # Doctum's.
    badge = "<li><span class='label label-default'>class</span></li>"
    crumbs = f"<ol class=breadcrumb>{badge}<li><a href=/Mill.html>Mill</a><li class=backslash>\\<li>Sail</ol>"
    assert extracted(f"{crumbs}<main><h1>Sail</h1><p>{PROSE}</p></main>").section == "Mill"


def test_breadcrumbs_that_a_script_of_writerside_draws_count_too() -> None:
    body = "<body data-article-props='{}' data-breadcrumbs='Guides///first.md|First steps'>"
    page = f"{body}<main><h1>Page</h1><p>{PROSE}</p></main>"
    assert extracted(page).section == f"Guides{SECTION_SEPARATOR}First steps"
    assert extracted(page.replace("Guides///first.md|First steps", "")).section == ""
    assert extracted(page.replace("data-article-props='{}'", "")).section == ""


def test_many_items_in_items_take_no_time() -> None:
    items = "<li>" * 400 + "Guides"
    assert extracted(f"<ul class=breadcrumb>{items}</ul><h1>Page</h1><p>{PROSE}</p>").section == ""


def test_a_link_to_another_host_is_no_breadcrumb() -> None:
    crumbs = "<li><a href=https://www.docs.example/guide/>Guides</a><li class=right><a href=//tool.example/>Tool</a>"
    html = f"<ul class=breadcrumb>{crumbs}<li><a href=https://tool.example>Tool</a></ul><h1>Page</h1><p>{PROSE}</p>"
    assert extracted(html).section == "Guides"


def test_breadcrumbs_that_only_an_id_names_are_a_list() -> None:
    crumbs = "<ol id=breadcrumbs><li><a href=/>Home</a><li><span><a href=Guides.html>Guides</a></span></ol>"
    assert extracted(f"{crumbs}<main><h1>Page</h1><p>{PROSE}</p></main>").section == "Guides"
    # As Sphinx makes it of a heading.
    section = "<section id=breadcrumbs><h2>Breadcrumbs</h2><p><a href=Guides.html>Guides</a></p></section>"
    assert extracted(f"<main><h1>Page</h1><p>{PROSE}</p>{section}</main>").section == ""


def test_words_before_breadcrumbs_and_a_list_of_related_pages_are_none() -> None:
    here = "<ol class=breadcrumb><li>You are here:&nbsp;</li><li><a href=/>Home</a></li><li>Page</li></ol>"
    related = "<div class='related questions'><a href=/q/1>How do I weigh flour?</a></div>"
    more = "<div class=related><h3>More</h3><ul><li><a href=/a>The weir</a><li><a href=/b>The sluice</a></ul></div>"
    for crumbs in (here, related, more):
        assert extracted(f"{crumbs}<h1>Page</h1><p>{PROSE}</p>").section == ""


def test_the_bar_of_older_versions_of_sphinx_says_nothing_of_its_role() -> None:
    links = "<li class=right><a href=genindex.html>index</a> <li><a href=/guide/>Guides</a> &raquo;"
    bar = f"<div class=related><h3>Navigation</h3><ul>{links}</ul></div>"
    assert extracted(f"{bar}<div class=body><h1>Page</h1><p>{PROSE}</p></div>").section == "Guides"


def test_the_link_to_the_source_behind_the_breadcrumbs_is_none_of_them() -> None:
    source = "<li class=wy-breadcrumbs-aside><a href=_sources/page.rst.txt rel=nofollow> View page source</a>"
    crumbs = f"<ul class=wy-breadcrumbs><li><a href='#'></a><li class=breadcrumb-item>Page{source}</ul>"
    assert extracted(f"{crumbs}<div role=main><h1>Page</h1><p>{PROSE}</p></div>").section == ""
    group = crumbs.replace("<li class=breadcrumb-item>", "<li class=breadcrumb-item><a href=g>Guides</a><li>")
    assert extracted(f"{group}<div role=main><h1>Page</h1><p>{PROSE}</p></div>").section == "Guides"


def test_the_last_crumb_is_the_title_of_a_page_that_has_no_other() -> None:
    # Compodoc's pages of classes all have the same <title>.
    crumbs = "<ol class=breadcrumb><li class=breadcrumb-item>Injectables<li class=breadcrumb-item>TodoStore</ol>"
    page = f"<title>Todo documentation</title>{crumbs}<main><h3>Description</h3><p>{PROSE}</p></main>"
    assert read(page).markdown.startswith("# TodoStore\n\n### Description\n")
    assert (extracted(page).h1, extracted(page).section) == ("TodoStore", "Injectables")
    one = page.replace("<li class=breadcrumb-item>Injectables", "")
    assert extracted(one).h1 == "TodoStore"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h3>Description</h3>", "<h1>The store</h1>"),
        ("<h3>Description</h3>", "<h2>TodoStore</h2>"),
        ("<h3>Description</h3>", "<h2>Todo</h2>"),
        ("Todo documentation", "TodoStore - Todo documentation"),
        ("<li>TodoStore", "<li><a href=store.html>TodoStore</a>"),
        ("<li>TodoStore", "<li>Home"),
    ],
)
def test_a_page_with_another_title_is_not_called_as_its_last_crumb(old: str, new: str) -> None:
    page = (
        "<title>Todo documentation</title><ol class=breadcrumb><li><a href=/>Injectables</a><li>TodoStore</ol>"
        f"<main><h3>Description</h3><p>{PROSE}</p></main>"
    )
    assert read(page).markdown.startswith("# TodoStore\n")
    assert not read(page.replace(old, new)).markdown.startswith("# TodoStore\n")


@pytest.mark.parametrize("label", ["当前位置\uff1a", "Sie sind hier: ", "<b>You are here:</b> ", "您的位置:"])
def test_the_way_to_a_page_is_told_by_the_words_before_it(label: str) -> None:
    menu = "<ul class=nav><li><a href=/a>A</a></li><li><a href=/b>B</a></li></ul>"
    way = f"<div class=place>{label}<a href=/>首页</a> &gt; {{}}<a href=/docs>Guides</a> &gt; T</div>"
    for between in ("", menu):
        assert extracted(f"{way.format(between)}<div class=content><h1>T</h1><p>{PROSE}</p></div>").section == "Guides"


def test_a_sentence_that_begins_as_the_way_to_a_page_does_is_none() -> None:
    for text in (
        "<p>You are here because of <a href=/x>the stones</a>.</p>",
        "<p>位置\uff1a<a href=/x>Bern</a> (BE)</p>",
    ):
        assert extracted(f"<main><h1>T</h1><p>{PROSE}</p>{text}</main>").section == ""


def test_a_sentence_that_says_where_a_reader_is_has_no_breadcrumbs() -> None:
    said = "<p>Sie sind hier <a href=/g>richtig</a>.</p>"
    assert extracted(f"<main><h1>Page</h1><p>{PROSE}</p>{said}</main>").section == ""
    way = "<p>Sie sind hier: <a href=/g>Guides</a></p>"
    assert extracted(f"<main>{way}<h1>Page</h1><p>{PROSE}</p></main>").section == "Guides"
