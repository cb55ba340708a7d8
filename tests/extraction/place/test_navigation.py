from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted, read

NAVIGATION = {
    "list under its label": (
        "<nav><p class=caption>Guides</p><ul><li><a href=other.html>O</a><li><a href=page.html>P</a></ul>"
        "<p class=caption>Reference</p><ul><li><a href=ref.html>R</a></ul></nav>"
    ),
    "a label with a mark before it, of Docusaurus 1": (
        "<nav><h2><i>\u203a</i><span>Guides</span></h2><ul><li><a href=page.html>P</a></ul></nav>"
    ),
    "a label that says on demand what it is about, as Oxygen has it": (
        "<nav><ul><li><div><span></span><div class=title><a href=g.html>Guides</a><div class=wh-tooltip>"
        "<p>How the mill is used</p></div></div></div><ul><li><div><a href=page.html>P</a></div></ul></ul></nav>"
    ),
    "a label that only says that it is a navigation": (
        "<nav><p>Section Navigation</p><div><ul><li><a href=g.html>Guides</a>"
        "<ul><li><a href='#'>P</a></ul></ul></div></nav>"
    ),
    "a row of links below a label, in no list": (
        "<aside role=navigation><div><strong>Start</strong><a href=s.html>S</a><strong>Guides</strong>"
        "<a href=a.html>A</a><a href=page.html>P</a><strong>Reference</strong><a href=r.html>R</a></div></aside>"
    ),
    "nested list": "<aside class=sidebar><ul><li><a href=/guide/>Guides</a><ul><li><a href='#'>P</a></ul></ul></aside>",
    "the page of a group, beside the button that opens it": (
        "<nav><ul><li><div><a href=page.html>Guides</a><button></button></div>"
        "<ul><li><a href=a.html>A</a></ul></ul></nav>"
    ),
    "a page in a box of its own": (
        "<nav><ul><li><div><a href=g.html>Guides</a></div><ul><li><div><a href=page.html>P</a></div></ul></ul></nav>"
    ),
    "a label with a badge behind it": (
        "<nav><h3>Guides <span class='sl-badge small'>New</span></h3><ul><li><a href=page.html>P</a></ul></nav>"
    ),
    "a button with words that are not seen": (
        "<nav><ul><li><button>Guides<span class=sr-only>, expanded</span></button>"
        "<ul><li><a href=page.html>P</a></ul></ul></nav>"
    ),
    "words that are not seen before a label": (
        "<nav><ul><li><h3><span class=visually-hidden>Group: </span>Guides</h3>"
        "<ul><li><a href=page.html>P</a></ul></ul></nav>"
    ),
    "a link to a group with a badge behind it": (
        "<nav><ul><li><a href=g.html>Guides<sup class='badge badge-pill'>2.0</sup></a>"
        "<ul><li><a href=page.html>P</a></ul></ul></nav>"
    ),
    "a heading that is not seen": (
        "<nav><h2>Site</h2><h3><span class=sr-only>Guides</span></h3><ul><li><a href=page.html>P</a></ul></nav>"
    ),
    "fold": "<nav><details><summary>Guides</summary><ul><li><a href=page.html>P</a></ul></details></nav>",
    "items that are no lists": (
        "<aside class=VPSidebar><section><div class=item><h2>Guides</h2></div><div class=items>"
        "<div class='it is-link'><a href=a.html>A</a></div><div class='it is-active'><a href=page.html>P</a></div>"
        "</div></section></aside>"
    ),
    "part title": "<nav><ol><li class=part-title>Guides<li><a href=a.html>A</a><li><a href=page.html>P</a></ol></nav>",
    "a heading among the items": (
        "<nav><ul><li><h3>Basics</h3><li><a href=a.html>A</a>"
        "<li> <h3>Guides</h3> <li><a href=b.html>B</a><li><a href=page.html>P</a></ul></nav>"
    ),
    "a heading among the items, by its class": (
        "<nav><ul><li class=nav-header>Guides<li><a href=a.html>A</a><li><a href=page.html>P</a></ul></nav>"
    ),
    "an item that is no link, by its class": (
        "<nav><ul><li class=header>Start<li><a href=s.html>S</a><li class=header>Guides<li><a href=a.html>A</a>"
        "<li><a href=page.html>P</a></ul></nav>"
    ),
    "links in a fold, which are in no list": (
        "<nav><details><summary>Guides</summary><a href=a.html>A</a><a href=page.html>P</a></details></nav>"
    ),
    "a label with a picture that has a name": (
        "<nav><ul><li><button>Guides<svg><title>chevron</title></svg></button><ul><li><a href=page.html>P</a></ul>"
        "</ul></nav>"
    ),
    "a link with a picture that has a name": (
        "<nav><ul><li><a href=g.html><svg><title>book</title></svg>Guides</a>"
        "<ul><li><a href=a.html>A</a><li><a href=page.html>P</a></ul></ul></nav>"
    ),
    "breadcrumbs with pictures that have names": (
        "<ol class=breadcrumb><li><a href=/><svg><title>house</title></svg></a>"
        "<li><a href=g.html>Guides<svg><title>arrow</title></svg></a></ol>"
    ),
    "a label that holds a choice of the version": (
        "<nav><h2>Guides <select><option>2.x<option>1.0</select></h2><ul><li><a href=page.html>P</a></ul></nav>"
    ),
    "a label beside a button": (
        "<nav><div><h2>Guides</h2><button><b class=sr-only>Show contents</b></button></div><div class=menu>"
        "<ul><li><a href=page.html>P</a></ul></div></nav>"
    ),
    "a label in a button": ("<nav><div><button>Guides</button></div><ul><li><a href=page.html>P</a></ul></nav>"),
    "the current item, whose link leads nowhere": (
        "<nav><ul><li class=nav-header>Guides<li><a href=a.html>A</a> <li class=active> <a>P</a></ul></nav>"
    ),
    "the current item, whose link leads nowhere, with pages below it": (
        "<nav><ul><li class=active><a>Guides</a><ul><li><a href=a.html>A</a></ul></ul></nav>"
    ),
    "breadcrumbs": "<ul class=breadcrumbs><li><a href=/>Home</a><li><a href=/guide/>Guides</a><li>Page</ul>",
    "sphinx's related bar": (
        "<div class=related role=navigation><h3>Navigation</h3><ul><li class=right><a href=n.html>next</a>"
        "<li><a href=/guide/>Guides</a><li class=nav-item-this><a href=''>Page</a></ul></div>"
    ),
    "what is marked as the current page": (
        "<nav><h3>Guides</h3><ul><li><a href=a.html>A</a><li><span aria-current=page>P</span></ul></nav>"
    ),
    "what is marked as the current group": (
        "<nav><ul><li><a href=/guide/ aria-current=true>Guides</a><li><a href=/ref/>Reference</a></ul></nav>"
    ),
    "what is marked as the current group, and says its name twice": (
        "<nav><a href=/guide/ aria-current=true><b>Guides</b><b class=nx-invisible>Guides</b></a></nav>"
    ),
    "a chapter before its list": (
        "<nav><ol><li><a href=g.html><b>2.</b> Guides</a>"
        "<li><ol><li><a href=page.html><b>2.1.</b> P</a></ol></ol></nav>"
    ),
    "a group that begins with its name": "<nav><ul><li>Guides <ul><li><a href=page.html>P</a></ul></ul></nav>",
    "a group that a link opens": (
        "<nav><ul><li><a href='#'>Tutorials</a><ul><li><a href=t.html>T</a></ul>"
        "<li><a href='#'>Guides</a><ul><li><a href=page.html>P</a></ul></ul></nav>"
    ),
    "one of many groups that links open": (
        "<nav><ul>" + "<li><a href='#'>Other</a><ul><li><a href=t.html>T</a></ul>" * 30 + ""
        "<li><a href='#'>Guides</a><ul><li><a href=page.html>P</a></ul></ul></nav>"
    ),
    "a group of definitions": "<nav><dl><dt>Guides</dt><dd><a href=page.html>P</a></dd></dl></nav>",
    "the page's own item that is no link": (
        "<nav><h4>Basics</h4><ul><li><a href=a.html>A</a></ul><h4>Guides</h4>"
        "<ul><li><b>Page</b><li><a href=c.html>C</a></ul></nav>"
    ),
    "the page's own item that is called by its title": (
        "<title>P - Site</title><nav><h4>Guides</h4><ul><li><a href=a.html>A</a><li><span>P</span></ul></nav>"
    ),
    "a group whose link has a button with a name that is not seen": (
        "<nav><ul><li><a href=/guide/>Guides</a><label><b class=sr-only>Toggle Guides</b></label>"
        "<ul><li><a href='#'>P</a></ul></ul></nav>"
    ),
    "the page above": "<link rel=up href=g.html title=Guides>",
}


@pytest.mark.parametrize("name", NAVIGATION)
def test_the_section_comes_from_the_sites_own_navigation(name: str) -> None:
    page = read(f"{NAVIGATION[name]}<main><h1>Page</h1><p>{PROSE}</p></main>")
    assert page.extract.section == "Guides"


SITE = {
    "sphinx's related bar": (
        "<div class=related role=navigation><h3>Navigation</h3><ul><li class='nav-item nav-item-0'>"
        "<a href=../index.html>Thing docs</a><li class='nav-item nav-item-this'><a href=''>Page</a></ul></div>"
    ),
    "breadcrumbs": ("<nav aria-label=Breadcrumb><ol><li><a href=/>Thing docs</a><li aria-current=page>Page</ol></nav>"),
    "texinfo's first page": "<link rel=up href=index.html title=Top>",
    "texinfo's directory": "<p>Up: <a href=dir.html accesskey=u title='(dir)'>(dir)</a></p>",
}


@pytest.mark.parametrize("name", SITE)
def test_the_site_itself_is_no_section(name: str) -> None:
    page = read(f"<title>Page \u2014 Thing docs</title>{SITE[name]}<main><h1>Page</h1><p>{PROSE}</p></main>")
    assert page.extract.section == ""


@pytest.mark.parametrize(
    "opener",
    [
        "href='#' class=dropdown-toggle",
        "href='#' data-toggle=dropdown",
        "href='#more' data-bs-toggle=collapse",
        "href='#' aria-haspopup=true",
        "href='#' role=button aria-expanded=false",
        "href='#' aria-pressed=false",
    ],
)
def test_what_opens_another_group_is_no_link_to_the_page(opener: str) -> None:
    bar = f"<nav><ul><li><a {opener}>More</a><ul id=more><li><a href=/legal>Legal</a></ul></ul></nav>"
    beside = "<nav><p class=caption>Guides</p><ul><li><a href=a.html>A</a><li><a href={}>P</a></ul></nav>"
    text = f"<main><h1>T</h1><p>{PROSE}</p></main>"
    assert not read(f"{bar}{text}").extract.section
    for own in ("page.html", "'#'"):
        assert read(f"{bar}{beside.format(own)}{text}").extract.section == "Guides"


def test_another_item_that_is_no_link_tells_nothing() -> None:
    for nav in ("<li>Pa<li>Site", "<li>Page and more", "<li><a href=b.html>Page</a>"):
        page = read(f"<title>Page - Site</title><nav><h4>Guides</h4><ul>{nav}</ul></nav><h1>Page</h1><p>{PROSE}</p>")
        assert page.extract.section == ""
    bar = (
        "<div><a href='#top'>Skip links</a></div><ul><li>Class</li><li>Tree</li><li><a href=i.html>Index</a></li></ul>"
    )
    page = read(f"<title>Class Hierarchy</title><nav>{bar}</nav><main><h1>Hierarchy</h1><p>{PROSE}</p></main>")
    assert page.extract.section == ""
    page = read(f"<title>Page</title><ul><li>Page</ul><main><h1>Page</h1><p>{PROSE}</p></main>")
    assert page.extract.section == ""


def test_the_first_of_several_current_items_counts() -> None:
    again = "<li>About<ul><li>More<ul><li class=active><a>P</a></ul></ul>"
    page = read(f"<nav><h3>Guides</h3><ul><li class=active><a>Page</a>{again}</ul></nav>{PROSE}")
    assert page.extract.section == "Guides"


def test_the_current_item_counts_more_than_other_links_to_the_page() -> None:
    about = "<li>About<ul><li><a href=page.html>P</a></ul>"
    page = read(f"<nav><h3>Guides</h3><ul><li class=active><a>Page</a>{about}</ul></nav>{PROSE}")
    assert page.extract.section == "Guides"


def test_a_list_of_places_in_the_page_is_no_section() -> None:
    page = read(
        f"<nav><h3>On this page</h3><ul><li><a href='#'>Page</a><ul><li><a href='#x'>X</a></ul></ul></nav>{PROSE}"
    )
    assert page.extract.section == ""


def test_the_rank_of_pages_grows_as_their_navigation_lists_them() -> None:
    groups = {"Guides": "abc", "Reference": "xyz"}
    lists = "".join(
        f"<li><span>{label}</span><ul>{''.join(f'<li><a href={name}.html>{name}</a>' for name in names)}</ul>"
        for label, names in groups.items()
    )

    def rank(name: str, navigation: str = f"<nav><ul>{lists}</ul></nav>") -> int:
        html = f"<body>{navigation}<main><h1>{name}</h1>{PROSE}</main>"
        return read(html, url=f"https://s.example/docs/{name}.html").extract.rank

    ranks = [rank(name) for name in "abcxyz"]
    assert ranks == sorted(set(ranks))
    assert ranks[0] > 0
    assert rank("other") == 0
    assert rank("a", "<nav aria-label=breadcrumb><ol><li><a href=/g>Guides</a><li><a href=a.html>A</a></ol></nav>") == 0


def test_the_name_of_a_page_beside_a_sign_that_leads_to_its_top_is_no_section() -> None:
    # SQLAlchemy's.
    own = "<li class=selected><span><strong>Mill</strong><a class=headerlink href='#'>\u00b6</a></span></li>"
    menu = f"<div class=sidebar><h3><a href=index.html>Stones</a></h3><ul><li><a href=a.html>A</a></li>{own}</ul></div>"
    assert extracted(f"{menu}<main><h1>Mill</h1><p>{PROSE}</p></main>").section == "Stones"
