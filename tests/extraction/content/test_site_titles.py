from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted, markdown, of_main


def test_a_heading_that_leads_to_another_page_is_the_sites_name_beside_another() -> None:
    page = f"<div><h1><a href=/>Site</a></h1><div><h1><a href=page.html>Page</a></h1><p>{PROSE}</p></div></div>"
    assert markdown(page) == f"# Page\n\n{PROSE}\n"
    assert of_main(f"<h1><a href=/>Page</a></h1><p>{PROSE}</p>").startswith("# [Page](https://docs.example/)\n")


def test_the_title_that_a_theme_sets_above_that_of_the_text_is_left_out() -> None:
    content = (
        f"<article><div id=page-header><h1>T</h1><div><button>Copy</button></div></div>{{}}<div><h1>T</h1><p>{PROSE}"
    )
    assert markdown(f"<body>{content.format('')}") == f"# T\n\n{PROSE}\n"
    assert markdown(f"<body>{content.format('<p>What it is about.</p>')}").count("# T") == 2
    assert markdown(f"<body>{content.format('<img src=i.png alt=One>')}").count("# T") == 2
    assert markdown(f"<header><a href=/><h1>Site</h1></a></header>{content.format('')}").count("# T") == 1
    assert "# T\n\n# The other\n" in of_main(f"<h1>T</h1><h1>The other</h1><p>{PROSE}</p>")


@pytest.mark.parametrize("name", ["sr-only", "visuallyhidden", "is-sr-only", "show-for-sr", "element-invisible"])
def test_a_level_1_heading_for_screen_readers_is_left_out_beside_one_that_is_seen(name: str) -> None:
    unseen, seen = f"<h1 class={name}>Article view</h1>", "<div role=heading aria-level=1>Stones</div>"
    assert of_main(f"{unseen}{seen}<p>{PROSE}</p>") == f"# Stones\n\n{PROSE}"
    assert of_main(f"{unseen}<p>{PROSE}</p>") == f"# Article view\n\n{PROSE}"


def test_a_heading_of_which_the_title_says_nothing_is_the_sites_where_the_next_is_all_of_the_title() -> None:
    def page(title: str, below: str = "<h2>Memory</h2>") -> str:
        head = f"<table><tr><td><h1>The corn mill of Tarn</h1>{below}</td></tr></table>"
        return f"<title>{title}</title><body>{head}<div><p>{PROSE}</p><h3>Wheels</h3><p>{PROSE}</p></div>"

    assert markdown(page("Memory")).startswith("## Memory\n\nA sentence")
    assert extracted(page("Memory")).h1 == ""
    for title in ("The corn mill of Tarn", "Memory of corn", "Corn mill: Memory", ""):
        assert markdown(page(title)).startswith("# The corn mill of Tarn\n\n## Memory")
    assert markdown(page("Memory", f"<p>{PROSE}</p><h2>Memory</h2>")).startswith("# The corn mill")


def test_a_title_that_is_said_again_behind_a_line_is_written_once() -> None:
    line = "<p class=subtitle>A mill for stones</p><header><div>Anna Miller</div></header>"
    for around in ("<main>{}{}<div>{}</div></main>", "<article><div id=skip-to-frontmatter>{}{}</div>{}</article>"):
        page = around.format("<h1>Mill</h1>", line, f"<h1>Mill</h1><p>{PROSE}</p>")
        written = markdown(page)
        assert written.startswith("# Mill\n\nA mill for stones\n")
        assert written.count("# Mill") == 1
        for other in (f"<p>{PROSE * 3}</p>", "<ul><li>One</ul>", "<h2>Part</h2>", "<pre>x</pre>"):
            assert markdown(page.replace(line, other)).count("# Mill") == 2


def test_the_name_of_the_site_above_the_title_is_dropped_where_it_is_a_link_alone() -> None:
    page = "<title>{}</title><main><div class=top><button></button><a href=index.html>{}</a></div>{}<p>{}</p></main>"
    for said in ("Mill \u2014 Stones", "Mill | Stones", "Stones"):
        assert markdown(page.format(said, "Stones", "<h1>Mill</h1>", PROSE)) == f"# Mill\n\n{PROSE}\n"
    # Another page, a part of a word, and what may be the page's only title.
    for said, name, title in (
        ("Mill - Stones", "Grinding", "<h1>Mill</h1>"),
        ("Millstones", "stones", "<h1>Mill</h1>"),
        ("Mill - Stones", "Stones", "<h2>Mill</h2>"),
    ):
        assert f"[{name}](" in markdown(page.format(said, name, title, PROSE))
    beside = page.replace("<button></button>", "The site of ")
    assert "The site of [Stones](" in markdown(beside.format("Mill - Stones", "Stones", "<h1>Mill</h1>", PROSE))


SITE = "<header><h1><a href=/>Site</a></h1></header>"


@pytest.mark.parametrize("heading", ["h1", "h2"])
def test_a_list_of_posts_is_not_called_by_the_sites_name_above_it(heading: str) -> None:
    posts = "".join(f"<li><a href=/p{number}>Post number {number}</a>" for number in range(9))
    page = f"<title>Rust | Site</title>{SITE}<main><{heading}>Rust</{heading}><ul>{posts}</ul></main>"
    assert extracted(page).h1 == "Rust"
    assert markdown(page).startswith(f"{'#' * int(heading[1])} Rust\n")
    bare = f"<title>Rust | Site</title>{SITE}<main><ul>{posts}</ul></main>"
    assert extracted(bare).h1 == ""
    assert markdown(bare).startswith("- [Post number 0]")


@pytest.mark.parametrize("title", ["Site", "Site | Rust", "Rust on Site", "Rust | Site | x"])
def test_a_level_1_heading_that_title_does_not_say_last_stays(title: str) -> None:
    page = f"<title>{title}</title><h1><a href=/>Site</a></h1><p>{PROSE}</p>"
    assert extracted(page).h1 == "Site"


def test_the_only_level_1_heading_stays_where_it_leads_nowhere_else() -> None:
    for heading in ("Site", "<a href=page.html>Site</a>", "<a href=/>Site</a> of mills"):
        assert "Site" in extracted(f"<title>Rust | Site</title><h1>{heading}</h1><p>{PROSE}</p>").h1


def test_the_only_level_1_heading_in_the_content_stays_wherever_it_leads() -> None:
    page = (
        f"<title>Reference | Mill</title><main><h1><a href=https://code.example/mill>Mill</a></h1><p>{PROSE}</p></main>"
    )
    assert extracted(page).h1 == "Mill"
