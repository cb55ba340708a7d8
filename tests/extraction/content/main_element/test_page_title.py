from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted, markdown


def test_the_kind_in_small_behind_what_the_title_says_is_of_the_pages_heading() -> None:
    page = f"<div><h1>mill <small>Subroutine</small></h1></div><div><h2>a</h2><p>{PROSE * 4}</p><h1>See also</h1></div>"
    for title in ("mill \u2013 Corn", "mill | Corn", "mill"):
        assert extracted(f"<title>{title}</title><body>{page}</body>").h1 == "mill Subroutine"
    assert markdown(f"<title>mill - Corn</title><body>{page}</body>").startswith("# mill Subroutine\n\n## a")


def test_a_heading_beside_the_page_that_names_the_site_is_not_its_title() -> None:
    page = f"<div id=content><h2>Chapter 4 - Wheels</h2><p>{PROSE}</p></div>"
    link = "<h1><a href=http://mill.example/>Mill</a></h1>"
    assert markdown(f"<title>4. Wheels</title><body>{link}{page}</body>").startswith("## Chapter 4")
    menu = "<div id=navigation><h1>Mill</h1><ul><li><a href=a>Ovens</a><li><a href=b>Spokes</a></ul></div>"
    assert markdown(f"<title>Mill: grinds corn</title><body>{menu}{page}</body>").startswith("## Chapter 4")
    for heading, title in ((link, "Mill | A"), (link, ""), ("<h1>Mill</h1>", "4. Wheels")):
        assert extracted(f"<title>{title}</title><body>{heading}{page}</body>").h1 == "Mill"


def test_signs_between_the_names_of_a_title_that_a_stylesheet_draws_are_written() -> None:
    sign = "<span class=sep></span>"
    page = f"<main><h1><a href=i>Adw</a>{sign}<a href=b>Bin</a>{sign}new</h1><p>{PROSE}</p></main>"
    assert markdown(f"<title>Adw.Bin.new</title><body>{page}").startswith("# Adw.Bin.new\n")
    assert extracted(f"<title>Adw.Bin.new</title><body>{page}").h1 == "Adw.Bin.new"
    assert extracted(f"<title>Adw.Bin: new</title><body>{page}").h1 == "AdwBinnew"


def test_the_heading_that_the_title_begins_with_is_the_pages_below_the_name_of_the_site() -> None:
    page = f"<div class=main><h2>Stones</h2><article><p>{PROSE}</p><h3>Tools</h3><p>{PROSE}</p></article></div>"
    banner = "<header><h1>Help</h1></header>"
    for head in (banner, "<h1>Mill</h1>"):
        read = f"<title>Stones : Mill</title><body>{head}{page}</body>"
        assert extracted(read).h1 == "Stones"
        assert markdown(read).startswith("## Stones\n\nA sentence")
    for title in ("Help: Stones", "Stoneware : Mill", "Tools : Mill", ""):
        assert extracted(f"<title>{title}</title><body>{banner}{page}</body>").h1 == "Help"
    assert extracted(f"<title>Stones - Wheels</title><body><h1>All stones</h1>{page}</body>").h1 == "All stones"


@pytest.mark.parametrize("site", ["<h1><a href=/>Mill</a></h1>", "<h1>Mill</h1>"])
def test_the_title_of_an_article_stands_in_its_own_header_below_the_name_of_the_site(site: str) -> None:
    article = f"<article><header><h1>Stones</h1></header><div class=entry-content><p>{PROSE}</p></div></article>"
    page = f"<header>{site}</header>{article}<div class=window><h1>How can we help?</h1></div>"
    assert markdown(f"<title>Stones - Mill</title><body>{page}").startswith("# Stones\n\nA sentence")
    assert extracted(f"<title>Wheels - Mill</title><body>{page}").h1 == ""


def test_the_heading_that_the_title_ends_with_is_the_pages_where_it_begins_with_the_sites() -> None:
    banner = "<header><div><a href=/><img src=i.png></a><h1>Mill 10</h1><p>Version 10.1</p></div></header>"
    page = f"<div id=content><h2>Stones</h2><h3>Tools</h3><p>{PROSE}</p><p>{PROSE}</p></div>"
    for title in ("Mill 10 (10.1.2) - Stones", "Mill 10 | Stones", "Mill 10: Stones"):
        assert extracted(f"<title>{title}</title><body>{banner}{page}</body>").h1 == "Stones"
        assert markdown(f"<title>{title}</title><body>{banner}{page}</body>").startswith("## Stones\n\n### Tools")
    for title in ("Mill 10 - Tools", "Mill 10 - Millstones", "Mill 10", "Mill 10 of Stones"):
        assert extracted(f"<title>{title}</title><body>{banner}{page}</body>").h1 == "Mill 10"


def test_the_heading_that_the_title_says_behind_the_name_of_a_book_is_the_pages() -> None:
    book = "<header><div><h1>Mills</h1></div></header>"
    page = f"<body>{book}<main><h2>Mills</h2><div><h3>2 Grinding</h3><p>{PROSE}</p><h4>Stones</h4></div></main>"
    assert extracted(f"<title>Mills: Grinding | Academy</title>{page}").h1 == "2 Grinding"
    assert extracted(f"<title>Mills - 2 Grinding</title>{page}").h1 == "2 Grinding"
    assert extracted(f"<title>Mills - Sieving</title>{page}").h1 == "Mills"
    assert extracted(f"<title>Mills | Academy</title>{page}").h1 == "Mills"
    beside = f"<title>Mills - Grinding</title><body><h1>Mills</h1><main><h2>Grinding</h2><p>{PROSE}</p></main>"
    assert extracted(beside).h1 == "Mills"


def test_what_a_page_begins_with_is_its_title_where_the_head_says_the_same() -> None:
    line = "<div class=page-header>The mill</div><div class=meta>On 1 May</div>"
    page = f"<title>The mill | Site</title><main><article><div>{line}</div><section><p>{PROSE}</p></section></article>"
    assert markdown(page).startswith("# The mill\n\n")
    # Headings of its sections may be of that level.
    assert markdown(page.replace("<section>", "<section><h1>Sails</h1>")).startswith("# The mill\n\n")
    for other in (
        page.replace("<title>The mill", "<title>The mills"),
        page.replace(line, f"<p>{PROSE}</p>{line}"),
        page.replace("The mill</div>", "<a href=/>The mill</a></div>"),
        page.replace(line, f"<h1>Mills</h1>{line}"),
    ):
        assert "# The mill\n" not in markdown(other)
    assert markdown(page.replace("<section>", "<section><h1>The mill</h1>")).count("# The mill\n") == 1
