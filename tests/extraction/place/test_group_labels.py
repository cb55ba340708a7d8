from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted, read

from llmstxt_sched.documents.model import SECTION_SEPARATOR


@pytest.mark.parametrize("mark", ["\u203a", "(2)", "<i>12</i>"])
def test_a_sign_or_a_number_beside_a_button_is_no_label(mark: str) -> None:
    label = f"<div><button>Guides</button> {mark}</div>"
    page = read(f"<nav>{label}<ul><li><a href=page.html>P</a></ul></nav><main><h1>Page</h1><p>{PROSE}</p></main>")
    assert page.extract.section.startswith("Guides ")


@pytest.mark.parametrize("icon", ["<i class=material-icons>folder</i>", "<svg><title>Folder</title></svg>"])
@pytest.mark.parametrize("label", ["<button>{} Guides</button>", "<a href=/guides/>{}Guides</a>", "<h3>Guides {}</h3>"])
def test_the_name_of_an_icon_is_no_part_of_a_label(label: str, icon: str) -> None:
    menu = f"<ul><li>{label.format(icon)}<ul><li><a href=page.html>P</a><li><a href=b.html>B</a></ul></ul>"
    page = read(f"<nav class=sidebar>{menu}</nav><main><h1>Page</h1><p>{PROSE}</p></main>")
    assert page.extract.section == "Guides"


@pytest.mark.parametrize("label", ["Site Navigation", "Section Navigation"])
def test_what_says_that_it_is_navigation_is_no_section(label: str) -> None:
    # PyData's theme for Sphinx.
    menu = f"<p role=heading>{label}</p><ul><li><a href=page.html>Page</a><li><a href=other.html>Other</a></ul>"
    assert read(f"<nav>{menu}</nav><main><h1>Page</h1><p>{PROSE}</p></main>").extract.section == ""


@pytest.mark.parametrize(
    "label",
    ["Inhaltsverzeichnis", "Навигация", "ナビゲーション", "目录：", "Gezinti", "Menú", "المحتويات", "목차", "विषय सूची"],
)
def test_the_label_of_a_whole_navigation_is_no_section_in_any_language(label: str) -> None:
    menu = f"<nav><h3>{label}</h3><ul><li><a href=a.html>A</a><li><a href=page.html>P</a></ul></nav>"
    assert read(f"{menu}<main><h1>Page</h1><p>{PROSE}</p></main>").extract.section == ""
    crumbs = f"<nav aria-label=Breadcrumb><a href=a.html>{label.rstrip('：')}</a> / <a href=g.html>Guides</a></nav>"
    assert read(f"{crumbs}<main><h1>Page</h1><p>{PROSE}</p></main>").extract.section == "Guides"


def test_what_unfolds_is_no_label_of_what_follows_it() -> None:
    settings = "<div><details><summary><h3>Settings</h3></summary><label>Theme</label></details></div>"
    menu = "<div class=menu><nav><a href=page.html>P</a><ul><li><a href=a.html>A</a></ul></nav></div>"
    page = read(f"<div class=sidebar>{settings}{menu}</div><main><h1>P</h1><p>{PROSE}</p></main>")
    assert page.extract.section == ""


@pytest.mark.parametrize("item", ["<li><h3><a href=page.html>Page</a></h3>", "<li class=part-title><a href=''>P</a>"])
def test_a_heading_that_is_a_page_does_not_stand_below_the_one_before(item: str) -> None:
    page = read(f"<nav><ul><li><h3>Guides</h3><li><a href=a.html>A</a>{item}</ul></nav>{PROSE}")
    assert page.extract.section == ""


def test_an_item_with_more_than_a_heading_is_none() -> None:
    item = "<li><h3>Guides</h3> and more"
    page = read(f"<nav><ul>{item}<li><a href=page.html>P</a></ul></nav>{PROSE}")
    assert page.extract.section == ""


def test_the_version_behind_the_name_of_a_crate_is_no_part_of_its_label() -> None:
    crate = "<h2><a href=/mill/>mill</a><span class=version>1.0.0</span></h2>"
    links = "<ul><li><a href=a.html>A</a><li><a href=page.html>P</a></ul>"
    html = f"<nav>{crate}{links}</nav><main><h1>P</h1><p>{PROSE}</p></main>"
    assert read(html).extract.section == "mill"
    release = html.replace(crate, "<h3>Release <span class=version>2.0</span></h3>")
    assert read(release).extract.section == "Release 2.0"


@pytest.mark.parametrize("count", ["<h4>Guides</h4><span>3</span>", "Guides <b class=badge>(3)</b>"])
def test_the_number_of_pages_in_a_group_is_no_part_of_its_label(count: str) -> None:
    html = (
        f"<aside><div><div>{count}</div><ul><li><a href=/guide/page.html>P</a></ul></div></aside><main>{PROSE}</main>"
    )
    assert extracted(html).section == "Guides"
    assert extracted(html.replace(count, "Chapter <b>3</b>")).section == "Chapter 3"


def test_a_button_in_the_main_content_is_in_no_navigation_though_what_is_around_that_is_called_so() -> None:
    content = f"<p>Note: all is read.</p><div><a href='#'>Import</a><ol><li>{PROSE}</ol></div>"
    html = f"<div class=sidenav-layout><nav><ul><li><a href=/x>X</a></ul></nav><div role=main>{content}</div></div>"
    assert extracted(html).section == ""


def test_what_has_a_sidebar_beside_it_is_no_navigation() -> None:
    menu = "<div class=sidebar><h3>Guides</h3><ul><li><a href=a.html>A</a><li><a href=page.html>P</a></ul></div>"
    see = "<div class=note><h4>See also</h4><p><a href=page.html>P</a></p></div>"
    for name in ("withsidebar", "content has-sidebar", "with-sidebar"):
        text = f"<div id=text class='{name}'><h1>P</h1><div><h2>Members</h2><p>{PROSE}</p>{see}</div></div>"
        assert read(menu + text).extract.section == "Guides"
        assert read(text).extract.section == ""


def test_what_passes_over_a_menu_or_says_the_version_is_no_label() -> None:
    pages = "<ul><li><a href=a.html>A</a><li><a href=page.html>P</a></ul>"
    for label in ("<div><a href='#on'>Skip navigation links</a></div>", "<p>Version 13.1.5</p>"):
        assert read(f"<nav>{label}{pages}</nav><main><h1>P</h1><p>{PROSE}</p></main>").extract.section == ""
    assert read(f"<nav><p>Versions</p>{pages}</nav><main><h1>P</h1>{PROSE}</main>").extract.section == "Versions"


def test_what_oxygen_shows_of_a_page_over_its_link_is_no_part_of_a_label() -> None:
    tooltip = "<div class=wh-tooltip><p class=shortdesc>What the mill is</p></div>"
    own = (
        f"<ul role=group><li role=treeitem class=active><div class=title><a href=page.html>Page</a>{tooltip}</div></ul>"
    )
    group = (
        f"<li role=treeitem><div class=topicref><div class=title><a href=about.html>About</a>{tooltip}</div></div>{own}"
    )
    page = f"<nav><ul role=tree>{group}</ul></nav><main><h1>Page</h1><p>{PROSE}</p></main>"
    assert read(page).extract.section == "About"


@pytest.mark.parametrize(
    "menu",
    [
        # That of Read the Docs' theme, Chirpy's, and NexT's.
        (
            "<div class=wy-side-nav-search><a href=index.html>Mill</a><div role=search><form><label>Search docs</label>"
            "<input id=q></form></div></div><div class=wy-menu><ul><li><a href=page.html>P</a></ul></div>"
        ),
        "<section><h2 class=panel-heading>Recently Updated</h2><ul><li><a href=page.html>P</a></ul></section>",
        (
            "<div class=site-author><p class=site-author-name>Ada</p><div class=site-description>On mills.</div></div>"
            "<div class=site-state-wrap><nav><a href=page.html>P</a></nav></div>"
        ),
    ],
)
def test_what_names_no_group_of_pages_is_no_section(menu: str) -> None:
    assert read(f"<aside>{menu}</aside><main><h1>Page</h1><p>{PROSE}</p></main>").extract.section == ""


@pytest.mark.parametrize("name", ["net", "<span>net</span>"])
def test_the_name_above_a_page_and_its_own_places_is_no_group(name: str) -> None:
    places = "<ul><li><a href=page.html>Top of manual page</a><li><a href=page.html#a>a</a></ul>"
    menu = f"<h3>Chapters</h3><ul><li>app<ul><li><a href=app.html>Top</a></ul><li>{name}{places}</ul>"
    main = f"<main><h1>net</h1><p>{PROSE}</p></main>"
    assert extracted(f"<nav>{menu}</nav>{main}").section == ""
    assert extracted(f"<nav>{menu.replace('Chapters', 'Modules')}</nav>{main}").section == "Modules"
    sections = f"<a href=app.html>App</a><ul><li><a href=app.html#a>A</a>{places.replace('page.html#a', 'b.html')}</ul>"
    assert extracted(f"<nav><ul><li>{sections}</ul></nav>{main}").section == f"App{SECTION_SEPARATOR}A"
    two = "<ul><li><a href=app.html>App</a><ul><li><a href=b.html>B</a><li><a href='#'>Net</a></ul></ul>"
    assert extracted(f"<nav>{two}</nav>{main}").section == "App"
    # A group may have one page, with its places below it.
    below = places.replace("</a><li><a href=page.html#a>a</a></ul>", "</a><ul><li><a href=#a>a</a></ul></ul>")
    assert extracted(f"<nav>{menu.replace(places, below)}</nav>{main}").section == "net"


def test_the_sign_before_a_label_in_a_menu_is_no_part_of_it() -> None:
    menu = "<div id=Menu><a href=a.html>+&nbsp; admin</a><div>&nbsp;-&nbsp;<a href=page.html>net</a></div></div>"
    main = f"<main><h1>Page</h1><p>{PROSE}</p></main>"
    assert extracted(menu + main).section == "admin"
    assert extracted(menu.replace("+&nbsp; admin", "C++") + main).section == "C++"


def test_what_the_site_says_of_itself_above_its_menu_is_no_label() -> None:
    labels = ("span class=site-subtitle", "a class=site-title href=/", "p class=tagline")
    for label in (f"<{label}>Power</{label[:1] if label[0] != 's' else 'span'}>" for label in labels):
        menu = f"<nav>{label}<ul><li><a href=page.html>P</a><li><a href=b.html>B</a></ul></nav>"
        assert extracted(f"{menu}<main><h1>P</h1><p>{PROSE}</p></main>").section == ""


def test_what_names_the_places_in_a_page_or_says_nothing_is_no_label_of_pages() -> None:
    for label in ("<h3>Page contents</h3>", "<p><a href='#'>&gt; Page contents:</a></p>", "<p>|||</p>"):
        column = f"<div class=sidebar>{label}<ul><li><a href='#'>Mill</a><ul><li><a href=a.html>A</a></ul></ul></div>"
        assert extracted(f"{column}<main><h1>Mill</h1><p>{PROSE}</p></main>").section in ("", "Mill")
        groups = "<nav><h3>Guides</h3><ul><li><a href=page.html>Mill</a></ul></nav>"
        assert extracted(f"{column}{groups}<main><h1>Mill</h1><p>{PROSE}</p></main>").section == "Guides"


def test_the_label_of_a_list_is_none_of_a_part_with_a_heading_of_its_own_behind_it() -> None:
    # Alabaster's.
    groups = "<p class=caption>Guides</p><ul><li><a href=a.html>A</a></ul><p class=caption>Others</p>"
    around = "<div class=relations><h3>Matters</h3><ul><li><a href='#'>Start</a><ul><li><a href=a.html>A</a></ul></ul>"
    text = f"<main><h1>Mill</h1><p>{PROSE}</p></main>"
    listed = f"<div class=sidebar>{groups}<ul><li><a href=b.html>B</a></ul>{around}</div></div>{text}"
    assert extracted(listed).section == f"Matters{SECTION_SEPARATOR}Start"
    assert extracted(f"<div class=sidebar>{groups}{around}</div></div>{text}").section.startswith("Others")


def test_the_groups_in_a_bar_of_menus_are_those_of_its_pages() -> None:
    # MkDocs' own theme.
    menu = "<li class=dropdown><a href='#' class=dropdown-toggle>{}</a><ul class=dropdown-menu>{}</ul></li>"
    menus = menu.format("Guides", "<li><a href=a.html>A</a>") + menu.format("Api", "<li><a href=page.html>Mill</a>")
    bar = f"<div class=navbar><a class=navbar-brand href=/>Site</a><div><ul class=navbar-nav>{menus}</ul></div></div>"
    assert extracted(f"{bar}<main><h1>Mill</h1><p>{PROSE}</p></main>").section == "Api"


def test_an_item_called_a_header_that_leads_nowhere_names_those_that_follow() -> None:
    # HonKit's.
    menu = (
        "<ul class=summary><li class=chapter><a href=/>Site</a><li class=header>{}<li class=divider>"
        "<li class=chapter><a href=a.html>A</a><li class='chapter active'><a href=page.html>Mill</a></ul>"
    )
    for label, section in (("Guides", "Guides"), ("<a href=b.html>Guides</a>", "")):
        nav = f"<nav role=navigation>{menu.format(label)}</nav>"
        assert extracted(f"{nav}<main><h1>Mill</h1><p>{PROSE}</p></main>").section == section


def test_what_opens_the_links_for_which_a_bar_has_no_room_names_no_group() -> None:
    # That of the PyData theme.
    bar = (
        "<nav><ul><li><a href=a.html>A</a><li class=dropdown><button class='btn dropdown-toggle'>{}</button>"
        "<ul class=dropdown-menu><li class=current><a href='#'>Mill</a></ul></ul></nav>"
    )
    for label, section in (("More", ""), ("Mehr", ""), ("More mills", "More mills")):
        assert extracted(f"{bar.format(label)}<main><h1>Mill</h1><p>{PROSE}</p></main>").section == section
    menu = "<nav><h3>More</h3><ul><li><a href=page.html>Mill</a></ul></nav>"
    assert extracted(f"{menu}<main><h1>Mill</h1><p>{PROSE}</p></main>").section == "More"


def test_a_label_that_is_called_a_badge_stays_where_it_is_all_that_a_group_is_called() -> None:
    list_ = "<ul><li><a href=page.html>P</a></ul>"
    for label in ("<h3><span class=badge>Guides</span></h3>", "<h3>1 <span class=badge>Guides</span></h3>"):
        page = read(f"<nav>{label}{list_}</nav><main><h1>Page</h1><p>{PROSE}</p></main>")
        assert page.extract.section.endswith("Guides")


@pytest.mark.parametrize(
    ("label", "section"),
    [
        ("<b class=badge>API</b> REST API", "API REST API"),
        ("<b class=badge>I</b> API", "I API"),
        ("<span class=sr-only>Mill</span> Big Mill", "Big Mill"),
        ("API <b class=badge>API</b>", "API"),
    ],
)
def test_a_label_that_ends_as_the_badge_before_it_stays_whole(label: str, section: str) -> None:
    for group in (f"<h3>{label}</h3>", f"<ul><li><a href=g.html>{label}</a>"):
        menu = f"<nav>{group}<ul><li><a href=page.html>P</a><li><a href=q.html>Q</a></ul></nav>"
        assert extracted(f"{menu}<main><h1>Page</h1><p>{PROSE}</p></main>").section == section
