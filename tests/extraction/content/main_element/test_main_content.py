from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, URL, extracted, id_of_main_content, markdown

from llmstxt_sched.extraction.extract import extract

# Prose that weighs more than the content below, and is none of it.
RIVAL = f"<div><p>{PROSE}, {PROSE}</p><p>{PROSE}, {PROSE}</p></div>"

# In each the content is the element with this id; what is beside it has no name that tells it apart.
DOCBOOK = {
    "a chapter whose section holds nearly all of its text": (
        "<div id=here class=chapter><div class=titlepage><h1>Chapter</h1></div><p>Short.</p>"
        f"<div class=section><p>{PROSE}</p><p>{PROSE}</p></div></div>"
    ),
    "an article that has a main element in it": (
        "<div id=here class=article><div class=titlepage><h1>Article</h1></div><p>Short.</p>"
        f"<div class=main><p>{PROSE}</p></div></div>"
    ),
}
DECLARED = {
    "the article's body, within a main element": (
        f"<main><p>{PROSE}</p><div id=here itemprop=articleBody><p>{PROSE}</p></div></main>"
    ),
    "a generator's container, within a main element": (
        f"<main><p>{PROSE}</p><div id=here class=vp-doc><p>{PROSE}</p></div></main>"
    ),
    "the home page of VitePress, and not the hero alone": (
        f"<div class=VPHome id=here><div class=VPHero><div class=main><h1>Gate</h1><p>{PROSE}</p></div></div>"
        f"<div class=VPFeatures><article class=box><h2>Fast</h2><p>{PROSE}</p></article></div></div>"
    ),
    "a main element": f"<main id=here><p>{PROSE}</p></main>",
    "the role of a main element": f"<div role=main id=here><p>{PROSE}</p></div>",
    "a main element before what themes call content": (
        f"<div class=content><p>{PROSE}</p><main id=here><p>{PROSE}</p></main></div>"
    ),
    "what themes call content": f"<div class=content id=here><p>{PROSE}</p></div>",
    "what a theme has in the container of its page": (
        f"<div class=document><p>Dark mode</p><div id=here class=content><p>{PROSE}, {PROSE}</p></div></div>"
    ),
    "no table of contents of that name": (
        f"<div class=contents><a href=/a>{PROSE}</a></div><div class=main id=here><p>{PROSE}</p><p>{PROSE}</p></div>"
    ),
    "no list of links of that name": (
        f"<div class=content><p><a href=/a>{PROSE}</a></p></div>"
        f"<div class=post id=here><p>{PROSE}</p><p>{PROSE}</p></div>"
    ),
    "the longer of two": f"<article><p>Short.</p></article><article id=here><p>{PROSE}</p></article>",
    "the outer of two": f"<div class=post id=here><p>{PROSE}</p><div class=post><p>{PROSE}</p></div></div>",
}


def test_of_many_articles_none_is_the_page() -> None:
    articles = "".join(f"<article><h2>Post {number}</h2><p>{PROSE}</p></article>" for number in range(5))
    text = markdown(f"<nav>JUNK</nav><main>{articles}</main>")
    assert text.count(PROSE) == 5


def test_of_many_parts_with_one_name_none_is_the_page() -> None:
    parts = "".join(f"<article class=func><h4>f{at}</h4><p>{PROSE * at}</p></article>" for at in (1, 9, 1, 3, 3, 3))
    text = markdown(f"<div class=leftnav>JUNK</div><div id=content>{parts}</div>")
    assert text.count("#### ") == 6
    assert "JUNK" not in text


@pytest.mark.parametrize("case", DOCBOOK)
def test_of_docbook_it_is_the_element_that_the_title_page_stands_in(case: str) -> None:
    assert id_of_main_content(DOCBOOK[case] + RIVAL) == "here"


@pytest.mark.parametrize("case", DECLARED)
def test_what_the_page_declares_goes_before_what_its_prose_weighs(case: str) -> None:
    assert id_of_main_content(RIVAL + DECLARED[case]) == "here"


def test_the_name_of_a_man_page_stands_before_the_rest() -> None:
    page = (
        "<body class=manpage><div id=header><h1>tool(1)</h1><h2>NAME</h2><p>tool - does it</p></div>"
        f"<div id=content><h2>SYNOPSIS</h2><p>{PROSE}</p></div><div id=footer>Version 1.0</div>"
    )
    assert markdown(page) == f"# tool(1)\n\n## NAME\n\ntool - does it\n\n## SYNOPSIS\n\n{PROSE}\n"


def test_footnotes_beside_the_content_belong_to_it() -> None:
    page = f"<div><p>{PROSE}</p><p>{PROSE}</p></div><div class=footnote><p>1 A note.</p></div>"
    assert markdown(page) == f"{PROSE}\n\n{PROSE}\n\n1 A note.\n"


def test_a_title_beside_the_content_comes_first() -> None:
    links = "<div class=summary><a href=/a>Public types</a> <a href=/b>List of all members</a></div>"
    title = f"<div class=header>{links}<div class=headertitle><div class=title>Class A</div></div></div>"
    doxygen = f"{title}<div class=contents><p>{PROSE}</p></div>"
    assert markdown(doxygen) == f"# Class A\n\n{PROSE}\n"
    assert markdown(f"<h1>Title</h1><main><p>{PROSE}</p></main>") == f"# Title\n\n{PROSE}\n"


def test_a_generators_title_counts_before_the_heading_of_a_section_or_of_the_site() -> None:
    module = f"<div id=module-header><p class=caption>Data.Gate</p></div><p>{PROSE}</p><h1>Types</h1><p>Of gates.</p>"
    assert markdown(f"<div id=content>{module}</div>") == f"# Data.Gate\n\n{PROSE}\n\n# Types\n\nOf gates.\n"
    package = '<span class="phpdocumentor-element__package">in package <a href=/acme>Acme</a></span>'
    title = f'<h2 class="phpdocumentor-content__title">Gate{package}</h2>'
    php = f'<main><article class="phpdocumentor-element -class">{title}<p>{PROSE}</p></article></main>'
    assert markdown(f"<title>Acme</title><h1><a href=/>Acme</a></h1>{php}") == f"# Gate\n\n{PROSE}\n"


def test_a_level_1_heading_before_a_generators_title_has_the_name_of_the_site() -> None:
    title = "<div class=header><div class=headertitle><div class=title>Gate Class Reference</div></div></div>"
    page = f"<div id=titlearea><h1>Acme</h1></div>{title}<div class=contents><h2>Details</h2><p>{PROSE}</p></div>"
    assert markdown(page) == f"# Gate Class Reference\n\n## Details\n\n{PROSE}\n"


def test_the_excerpt_of_readme_belongs_to_its_page_and_what_is_around_does_not() -> None:
    excerpt = '<div class="excerpt"><div class="rm-Markdown markdown-body"><p>What gates are for.</p></div></div>'
    head = f'<header><h1>Gates</h1>{excerpt}<a class="suggestEdits" href=/edit>Suggest Edits</a></header>'
    foot = '<div class="UpdatedAt"><p class="DateLine">Updated October 2025</p></div><hr class="NextStepsDivider">'
    asked = '<div class="rm-PageThumbs PageThumbs">Did this page help you?<span>Yes</span><span>No</span></div>'
    toc = '<section class="content-toc rm-Aside"><ul><li><a href="#a">Open</a></li></ul></section>'
    content = f'<div class="rm-Markdown markdown-body"><p>{PROSE}</p></div>{foot}{asked}'
    body = f'{head}<section class="content-body">{content}</section>{toc}'
    page = f'<article class="rm-Article"><div class="rm-Breadcrumb">START</div>{body}</article>'
    assert markdown(page) == f"# Gates\n\nWhat gates are for.\n\n{PROSE}\n"


def test_of_several_titles_the_first_is_the_pages_where_it_says_so() -> None:
    page = f"<title>std/lexbase</title><h1>std/lexbase</h1><main><h1>Types</h1><p>{PROSE}</p><h1>Procs</h1></main>"
    assert markdown(page) == f"# std/lexbase\n\n# Types\n\n{PROSE}\n\n# Procs\n"


@pytest.mark.parametrize(
    ("title", "head", "section"),
    [
        ("Bindings - Acme docs", "<h1>Bindings</h1>", "Acme"),
        ("Bindings - Acme docs", "<h1>Bindings</h1>", "C"),
        ("Bindings - Acme docs", "<h1>Bindings</h1><svg><title>Rails</title></svg>", "Rails"),
    ],
)
def test_a_section_whose_name_is_a_part_of_a_word_or_of_a_picture_leaves_the_title(
    title: str, head: str, section: str
) -> None:
    page = f"<title>{title}</title><div>{head}</div><main><h1>{section}</h1><p>{PROSE}</p><h1>Go</h1></main>"
    assert markdown(page) == f"# Bindings\n\n# {section}\n\n{PROSE}\n\n# Go\n"


def test_the_text_of_a_note_is_not_all_of_the_page() -> None:
    note = "<table><tr><td class=icon><i title=Note></i></td><td class=content>Mind the gap.</td></tr></table>"
    text = markdown(f"<h1>T</h1><p>{PROSE}</p><p>{PROSE}</p>{note}<p>The end.</p>")
    assert text.startswith(f"# T\n\n{PROSE}\n\n{PROSE}\n\n")
    assert "Mind the gap." in text
    assert text.endswith("The end.\n")


def test_a_heading_above_all_others_comes_first_where_there_is_no_h1() -> None:
    method = f"<h3>Method Detail</h3><h4>turn</h4><p>{PROSE}</p>"
    javadoc = (
        f"<div class=header><h2 class=title>Class Client</h2></div><div class=contentContainer>{method}{method}</div>"
    )
    assert markdown(f"{javadoc}<div class=bottomNav>x</div>").startswith("## Class Client\n\n### Method Detail\n")


def test_one_of_several_headings_beside_the_main_element_is_none_of_it() -> None:
    page = f"<main><h3>Turning</h3><p>{PROSE}</p></main>"
    assert markdown(f"<div><h2>Products</h2></div><div><h2>News</h2></div>{page}").startswith("### Turning")
    assert markdown(f"<div><h2><a href=/>The Mill</a></h2></div>{page}").startswith("### Turning")
    menu = "<div><h2>Guides</h2><p><a href=/a>Grinding by hand</a><p><a href=/b>Grinding by water</a></div>"
    assert markdown(f"{menu}{page}").startswith("### Turning")


@pytest.mark.parametrize("beside", ["<h3>Search</h3>", "<h2>We value your privacy</h2>", "<h3 class=title>About</h3>"])
@pytest.mark.parametrize("first", ["", "<h4>Turning</h4>"])
def test_a_heading_of_a_part_of_the_site_is_no_title(beside: str, first: str) -> None:
    page = f"<title>Turning - The Mill</title><div>{beside}<h5>More</h5></div><main>{first}<p>{PROSE}</p></main>"
    assert markdown(page) == f"{'#### Turning' if first else ''}\n\n{PROSE}\n".lstrip("\n")


@pytest.mark.parametrize(("title", "is_above"), [("Turning", 1), ("Turning - The Mill", 1), ("Turnings", 0), ("", 0)])
def test_a_heading_that_the_title_begins_with_is_above_the_content(title: str, is_above: int) -> None:
    page = f"<title>{title}</title><div><h2>Turning</h2></div><main><h3>By hand</h3><p>{PROSE}</p></main>"
    assert markdown(page).count("## Turning\n") == is_above


def test_an_article_is_read_with_the_header_of_its_section() -> None:
    jsdoc = (
        "<div id=main><h1>Class: Gate</h1><section><header><h2>Gate(id)</h2><div>A gate with a name.</div></header>"
        f"<article><h4>new Gate(id)</h4><p>{PROSE}</p></article></section></div>"
    )
    text = f"# Class: Gate\n\n## Gate(id)\n\nA gate with a name.\n\n#### new Gate(id)\n\n{PROSE}\n"
    assert markdown(jsdoc) == text


def test_an_article_with_a_title_of_its_own_needs_no_header_around_it() -> None:
    header = "<header><h1>Acme's engineering blog</h1><p>Stories of how we build and run things.</p></header>"
    html = f"<body><section>{header}<article><h1>Post</h1><p>{PROSE}</p></article></section>"
    assert markdown(html) == f"# Post\n\n{PROSE}\n"


def test_bikeshed_fills_in_content_before_and_behind_main() -> None:
    abstract = f"<div data-fill-with=abstract><h2>Abstract</h2><p>{PROSE}</p></div>"
    page = f"<h1>Gates</h1>{abstract}<main><h2>1. Text</h2><p>{PROSE}</p></main><h2>References</h2><p>One.</p>"
    assert markdown(page) == (f"# Gates\n\n## Abstract\n\n{PROSE}\n\n## 1. Text\n\n{PROSE}\n\n## References\n\nOne.\n")


def test_what_lies_in_the_item_of_a_list_is_not_all_of_the_page() -> None:
    piece = (
        f"<li><div class=annotation><p>{PROSE}</p></div><div class=content><pre>a = 1\n{'b = 2;' * 40}</pre></div></li>"
    )
    assert PROSE in markdown(f"<ul class=sections><li><div class=annotation><h1>a.js</h1></div></li>{piece}</ul>")


def test_a_container_around_the_sites_navigation_as_well_is_not_the_content() -> None:
    menu = "<div id=navigation><h1>Penlight</h1><h2>Modules</h2><ul><li><a href=/a>pl.app</a></li></ul></div>"
    page = f"<div id=main>{menu}<div id=content><h1>Module pl.app</h1><p>{PROSE}</p><p>{PROSE}</p></div></div>"
    assert markdown(page) == f"# Module pl.app\n\n{PROSE}\n\n{PROSE}\n"


def test_a_page_of_scribble_may_be_a_list_of_links_alone() -> None:
    toggle = "<td><a href='javascript:void(0);' class=tocviewtoggle>&#9660;</a></td>"
    top = f"<table><tr>{toggle}<td><a href=index.html>How to Design Programs</a></td></tr></table>"
    pages = "".join(f"<tr><td>1.{at}</td><td><a href={at}.html>Functions of part {at}</a></td></tr>" for at in range(9))
    beside = f"<div class=tocset><div class=tocview>{top}<table>{pages}</table></div></div>"
    parts = "".join(f"<tr><td><p><a href={at}.html>1.{at} Functions</a></p></td></tr>" for at in range(6))
    main = f"<div class=maincolumn><div class=main><h3>1 Teachpacks</h3><table>{parts}</table></div></div>"
    written = markdown(f"<body>{beside}{main}</body>")
    assert written.startswith("### 1 Teachpacks\n\n")
    assert written.count("Functions") == 6


@pytest.mark.parametrize("name", ["content", "main", "post", "article"])
def test_a_field_that_is_called_so_is_not_the_page(name: str) -> None:
    field = f"<div class=head><h2>Sizes</h2><div><div class='{name} field'><label>Height</label></div></div></div>"
    written = markdown(f"<body>{field}<div class=page>{f'<p>{PROSE}</p>' * 9}</div></body>")
    assert written.count(PROSE) == 9


def test_what_is_called_content_is_the_page_with_a_brief_paragraph() -> None:
    brief = f"<div class=content><p>Gone.</p></div><div id=more>{f'<p>{PROSE}</p>' * 9}</div>"
    assert markdown(f"<body>{brief}</body>") == "Gone.\n"


def test_a_heading_in_the_sites_menu_is_no_title_of_a_page_without_one() -> None:
    links = "".join(f"<li><a href={at}>pl.app{at}</a></li>" for at in range(9))
    menu = f"<div id=navigation><h1>Penlight</h1><h2>Modules</h2><ul>{links}</ul></div>"
    page = f"<div id=main>{menu}<div id=content><h2>Introduction</h2><p>{PROSE}</p><p>{PROSE}</p></div></div>"
    assert markdown(page) == f"## Introduction\n\n{PROSE}\n\n{PROSE}\n"


def test_the_lists_of_doxygen_are_content_though_they_are_nothing_but_links() -> None:
    brief = "<div id=top><p>The library of gates, as a brief sentence of the project says it.</p></div>"
    head = "<div class=header><div class=headertitle><div class=title>Class List</div></div></div>"
    rows = "".join(f"<tr><td><a href={name}.html>{name}</a></td></tr>" for name in ("gate", "rail", "signal") * 9)
    text = markdown(f"{brief}{head}<div class=contents><table>{rows}</table></div>")
    assert text.startswith("# Class List\n\n|")
    assert "[signal](" in text
    assert "library" not in text


def test_a_long_algorithm_is_not_all_of_a_specification() -> None:
    steps = "".join(f"<li>Let x be {n}, and y be the value, or z, of a long step in it.</li>" for n in range(8))
    clause = f"<emu-clause><h1>Clause</h1><p>Short.</p><emu-alg><ol>{steps}</ol></emu-alg></emu-clause>"
    assert markdown(f"<div><h1>Spec</h1>{clause * 12}</div>").count("# Clause") == 12


def test_a_page_of_javadoc_before_version_11_is_its_description_and_summaries_too() -> None:
    block = f"<div class=block>{PROSE}</div>"
    content = f"<pre>public class M</pre>{block}<h3>Methods</h3><ul><li><h4>f</h4>{block}{block}</li></ul>"
    page = f"<div class=header><h2 class=title>Class M</h2></div><div class=contentContainer>{content}</div>"
    assert markdown(page).startswith(f"## Class M\n\n```\npublic class M\n```\n\n{PROSE}\n\n### Methods\n")


def test_contents_of_doxygen_may_be_links_alone() -> None:
    banner = f"<div><p>{PROSE} {PROSE} {PROSE}</p></div>"
    head = "<div class=header><div class=headertitle><div class=title>Backends</div></div></div>"
    links = "".join(f"<li><a href={n}.html>The backend of number {n}</a></li>" for n in range(5))
    page = f"{banner}<div id=doc-content>{head}<div class=contents><p>See:</p><ul>{links}</ul></div></div>"
    assert markdown(page).startswith("# Backends\n\nSee:\n\n- [The backend of number 0](")


def test_a_main_element_that_is_the_menu_beside_an_article_is_not_the_content() -> None:
    menu = "".join(f"<li><a href={n}.html>The page {n}</a></li>" for n in range(20))
    article = f"<article><h2>Post</h2>{f'<p>{PROSE}</p>' * 12}</article>"
    assert f"## Post\n\n{PROSE}" in markdown(f"<main><h1>Site</h1><ul>{menu}</ul></main>{article}")


def test_a_page_of_contents_is_its_links_and_not_the_foot_of_the_site() -> None:
    links = "".join(f"<li><a href={n}.html>Objects of kind {n}</a></li>" for n in range(30))
    foot = f"<div class=legal>Copyright of the authors. {PROSE * 20}</div>"
    text = markdown(f"<div class=body role=main><h1>Objects</h1><p>The modules.</p><ul>{links}</ul></div>{foot}")
    assert text.startswith("# Objects\n\nThe modules.\n\n- [")
    assert "Copyright" not in text


def test_of_several_level_1_headings_the_first_is_the_title_where_the_pages_title_begins_with_it() -> None:
    parts = f"<p>{PROSE}</p><h1>Linux</h1><p>Use apt.</p><h1>Windows</h1><p>Use winget.</p>"
    wiki = f"<title>Installing · acme Wiki</title><h1>Installing</h1><main>{parts}</main>"
    assert markdown(wiki).startswith(f"# Installing\n\n{PROSE}\n\n# Linux\n")
    site = f"<title>Acme: Installing</title><header><h1>Acme</h1></header><main>{parts}</main>"
    assert markdown(site).startswith(PROSE)


@pytest.mark.parametrize("holder", ["docContent", "docs-body"])
def test_a_site_around_docbook_says_what_holds_the_page(holder: str) -> None:
    book = f"<div class=sect1><div class=titlepage><h2>Gates</h2></div><p>{PROSE}</p></div>"
    site = f"<div class=container><p>Supported versions: 18, 17 and 16 of this.</p><div id={holder}>{book}</div></div>"
    assert markdown(site) == f"## Gates\n\n{PROSE}\n"


def test_a_report_of_maven_is_its_table_and_not_the_menu_beside_it() -> None:
    items = "".join(f"<li><a href={n}.html>Dependencies of the project {n}</a></li>" for n in range(5))
    menu = f"<div id=leftColumn><div id=navcolumn><h5>Project Documentation</h5><ul>{items}</ul></div></div>"
    table = "<h2>Plugins</h2><table><tr><th>Artifact<th>Version<tr><td>maven-jar<td>2.1</table>"
    text = markdown(f"{menu}<div id=bodyColumn><div id=contentBox>{table}</div></div>")
    assert text == "## Plugins\n\n| Artifact | Version |\n| --- | --- |\n| maven-jar | 2.1 |\n"


@pytest.mark.parametrize("name", ["class=project-description", "id=contentBox"])
def test_what_pypi_and_maven_name_is_a_part_of_the_page_elsewhere(name: str) -> None:
    page = f"<main><h1>Gates</h1><div {name}><p>A rail for gates.</p></div><h2>Usage</h2><p>{PROSE}</p></main>"
    assert markdown(page) == f"# Gates\n\nA rail for gates.\n\n## Usage\n\n{PROSE}\n"


def test_the_text_of_a_project_on_pypi_is_the_page() -> None:
    head = "<div class=package-header><h1>gates 1.2</h1><p>pip install gates, which is what most do.</p></div>"
    text = f"<div class=project-description><h1>Gates</h1><p>{PROSE}</p></div>"
    page = f"{head}<div id=description><h2>Project description</h2>{text}</div>"
    assert markdown(f"<main>{page}</main>") == f"# Gates\n\n{PROSE}\n"


def test_the_title_of_rdoc_stands_above_the_only_level_1_heading_of_its_text() -> None:
    head = "<title>Mill::Gates</title><div class=header><h1 class=name><span>module</span> Mill::Gates</h1></div>"
    page = f"{head}<main><div class=description><h1>Turning</h1><p>{PROSE}</p></div></main>"
    assert markdown(page) == f"# module Mill::Gates\n\n# Turning\n\n{PROSE}\n"


def test_the_title_of_javadoc_before_version_13_is_that_of_the_page() -> None:
    block = f"<div class=block>{PROSE}</div>"
    head = "<title>M (Mill API)</title><div class=header><h2 class=title>Class M</h2></div>"
    page = f"{head}<div class=contentContainer>{block}<h3>Methods</h3><ul><li><h4>f</h4>{block}</li></ul></div>"
    assert extract(page.encode(), URL, "text/html").extract.h1 == "Class M"


PIECES = [
    "<h2 id=content>Content</h2>{0}",
    "<section id=content><h2>Content</h2>{0}</section><section id=o><h2>O</h2>{0}{0}</section>",
    "<dl><dt id=main>m</dt><dd>{0}</dd></dl>",
    "<h2 class=content>Content</h2>{0}",
    "<span class=content>x</span>{0}",
    "<div class=listingblock><div class=content><pre>x = 1</pre></div></div>{0}",
    "<div class=note><p class=title>Note</p><div class=content>{0}</div></div>{0}",
    "<article class=card>{0}</article>{0}",
    "<div class=main>{0}</div>{0}",
    "<div class=markdown-body>{0}</div>{0}",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_of_a_text_is_not_all_of_it_whatever_it_is_called(piece: str) -> None:
    part = piece.format(f"<p>{PROSE}</p>")
    text = f"<h1>T</h1>{f'<p>{PROSE}</p>' * 3}{part}{f'<p>{PROSE}</p>' * 2}"
    for page in (text, f"<div class=page>{text}</div>"):
        assert markdown(f"<body>{page}</body>").count(PROSE) == text.count(PROSE)


@pytest.mark.parametrize("longest", [5, 12])
def test_of_several_articles_beside_each_other_none_is_the_page(longest: int) -> None:
    others = "".join(f"<article><h2>O</h2><p>{PROSE}</p></article>" for _ in range(5))
    page = f"{others}<article><h2>A</h2>{f'<p>{PROSE}</p>' * longest}</article>{others}"
    assert markdown(f"<body><div>{page}</div></body>").count(PROSE) == longest + 10
    teasers = "<article><h2><a href=/a>Another one</a></h2><p>Short.</p></article>" * 2
    assert "Another" not in markdown(f"<body><article><h1>T</h1>{f'<p>{PROSE}</p>' * 9}</article>{teasers}</body>")


@pytest.mark.parametrize("start", ["article", "div class=content", "div id=main"])
def test_a_brief_page_is_told_by_its_title_from_what_the_site_says_beside_it(start: str) -> None:
    site = f"<div class={{0}}><h2>Site</h2><p>{PROSE}</p><p>{PROSE}</p></div>"
    page = f"<{start}><h1>Closed</h1><p>Only this.</p></{start.split()[0]}>"
    written = markdown(f"<body>{site.format('hero')}{page}{site.format('call')}</body>")
    assert written == "# Closed\n\nOnly this.\n"


def test_teasers_of_the_class_of_an_article_are_none_of_several() -> None:
    teaser = f"<article class=post><h3><a href=/a>Another</a></h3><p>{PROSE}</p></article>"
    page = f"<article class=post><h1>T</h1>{f'<p>{PROSE}</p>' * 6}</article>{teaser * 2}"
    assert "Another" not in markdown(f"<body><div class=all>{page}</div></body>")
    assert markdown(f"<body><div class=all>{teaser * 9}</div></body>").count(PROSE) == 9


@pytest.mark.parametrize("start", ["article", "div class=content", "div class=markdown-body"])
def test_a_page_whose_title_stands_in_a_box_above_its_text_is_read_as_a_whole(start: str) -> None:
    box = f"<{start}><h1>Mill</h1><p>It grinds.</p></{start.split()[0]}>"
    text = "".join(f"<section><h2>{name}</h2><p>{PROSE}</p><p>{PROSE}</p></section>" for name in ("Gears", "Sacks"))
    for before in ("", f"<div><h2>News</h2><p>{PROSE}</p></div>"):
        assert markdown(f"<body>{before}{box}{text}</body>").count(PROSE) >= 4


SECTION = f"<{{0}}><h2>Gears</h2><p>{PROSE} {PROSE}</p></{{0}}>"


@pytest.mark.parametrize("start", ["article", "div class=content", "div id=main"])
@pytest.mark.parametrize(
    "text",
    [
        f"<div>{SECTION.format('div') * 4}</div>",
        f"<div class=all>{f'<h2>Gears</h2><p>{PROSE} {PROSE}</p>' * 4}</div>",
        f"<div class=row><div class=content>{SECTION.format('div')}</div></div>" * 4,
    ],
)
def test_the_text_below_a_box_with_the_title_may_be_in_a_box_of_its_own(start: str, text: str) -> None:
    box = f"<{start}><h1>Mill</h1><p>It grinds.</p></{start.split()[0]}>"
    assert markdown(f"<body><nav><a href=/>All</a></nav>{box}{text}</body>").count(PROSE) == 8


@pytest.mark.parametrize(
    "other",
    [
        f"<div class=sidebar-right>{SECTION.format('div') * 4}</div>",
        f"<div class=more>{SECTION.format('div').replace('Gears', '<a href=/a>Gears</a>') * 4}</div>",
        f"<div>{SECTION.format('div') * 2}</div>",
    ],
)
def test_what_a_site_puts_below_a_brief_page_is_none_of_it(other: str) -> None:
    assert markdown(f"<body><article><h1>Closed</h1><p>Only this.</p></article>{other}</body>").count(PROSE) == 0


@pytest.mark.parametrize(
    ("own", "heading"),
    [
        ("h1", "<h2 id=m><a href=#m>open()</a></h2>"),
        ("h1", "<h2><a href=page.html#m>open()</a></h2>"),
        ("h1", "<h2><a href=https://tools.example/a>Saw</a></h2>"),
        ("h1", "<h2><a href='http://['>Saw</a></h2>"),
        ("h2", "<h2><a href=/api/open.html>open()</a></h2>"),
    ],
)
def test_parts_of_a_page_whose_headings_are_links_are_no_teasers(own: str, heading: str) -> None:
    part = f"<article class=entry>{heading}<p>{PROSE}</p></article>"
    page = f"<article class=entry><{own}>T</{own}>{f'<p>{PROSE}</p>' * 6}</article>{part * 3}"
    assert markdown(f"<body><div class=all>{page}</div></body>").count(PROSE) == 9


def test_teasers_may_link_to_their_pages_on_the_pages_own_host() -> None:
    teaser = f"<article class=post><h3><a href=https://docs.example/a>Another</a></h3><p>{PROSE}</p></article>"
    page = f"<article class=post><h1>T</h1>{f'<p>{PROSE}</p>' * 6}</article>{teaser * 2}"
    head = "<head><link rel=canonical href=https://docs.example/guide/page.html></head>"
    assert "Another" not in markdown(f"{head}<body><div class=all>{page}</div></body>")
    assert "Another" in markdown(f"<body><div class=all>{page}</div></body>")
    page = page.replace("<h1>T</h1>", "")
    assert "Another" not in markdown(f"{head}<body><header><h1>T</h1></header><div class=all>{page}</div></body>")


@pytest.mark.parametrize(
    "block",
    [
        "<div class=listingblock><div class=title>{0}, and by whom</div><div class=content><pre>a=1</pre></div></div>",
        "<div class=exampleblock><div class=title>{0}</div><div class=content><p>By {0}.</p></div></div>",
        "<table class=tableblock><tr><td class=tableblock><div class=content><p>By {0}.</p></div></table>",
    ],
)
def test_a_block_of_asciidoctor_is_a_part_of_the_page_though_its_title_is_long(block: str) -> None:
    text = f"<div class=paragraph><p>{PROSE}</p></div>"
    section = (
        f"<div class=sect1><h2>B</h2><div class=sectionbody>{text}{block.format('How the gate is opened')}</div></div>"
    )
    written = markdown(f"<div class=bar><a href=/a>A</a></div><div class=page><h1>A</h1>{text}{section}</div>")
    assert written.count(PROSE) == 2


FUNCTION = f"<article class=func><code>run()</code><p>{PROSE} {PROSE} {PROSE}</p></article>"
ABOVE = "".join(f"<div><h3>{name}</h3><p>It grinds corn, all of it that there is.</p></div>" for name in "ABCDEF")
FUNCTIONS = {
    "below sections that begin with a place to link to": (
        f"<section><a name=b></a><h3>Gears</h3><p>{PROSE}</p><p>{PROSE}</p></section>" * 4 + f"<div>{FUNCTION}</div>"
    ),
    "below brief sections": f"{ABOVE}<div>{FUNCTION}</div>",
    "beside another one, below brief sections": (
        f"{ABOVE}<div>{FUNCTION}<article class=func><code>stop()</code><p>{'It stops. ' * 8}</p></article></div>"
    ),
    "of Erlang's documentation": (
        "<div><h3>Module</h3>mill</div><div><h3>Exports</h3></div>"
        f"<div class=exports-body>{FUNCTION}</div><section><h3>See also</h3><p>It grinds corn.</p></section>"
    ),
}


@pytest.mark.parametrize("page", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_function_that_is_an_article_is_a_part_of_its_module(page: str) -> None:
    written = markdown(f"<body><div id=all><div><h1>mill</h1></div>{page}</div></body>")
    headings = [line for line in written.splitlines() if line.startswith("#")]
    assert len(headings) == page.count("<h3>") + 1
    assert written.count(PROSE) == page.count(PROSE)


def test_an_article_below_what_the_site_says_of_itself_is_the_page() -> None:
    lists = "<div><h3>Archive</h3><ul>" + "<li><a href=/a>Posts of the year before</a>" * 9 + "</ul></div>"
    article = f"<article class=post><p>{PROSE}</p><p>{PROSE}</p></article>"
    written = markdown(f"<body><div><h1>Mill</h1>{lists * 4}<div>{article}</div></div></body>")
    assert written.count(PROSE) == 2
    assert "Archive" not in written


@pytest.mark.parametrize("start", ["div id=sidebar", "div class=comments", "div id=comments class=comments-area"])
def test_what_stands_beside_a_brief_page_by_its_name_is_none_of_it(start: str) -> None:
    beside = "".join(f"<div><h3>{name}</h3><p>{PROSE}</p><p>{PROSE}</p></div>" for name in "ABCD")
    page = f"<article><h1>Closed</h1><p>Only this.</p></article><{start}>{beside}</div>"
    assert markdown(f"<body>{page}</body>").count(PROSE) == 0


def test_a_box_of_text_without_a_heading_is_not_the_page_whose_sections_stand_below_it() -> None:
    sections = "".join(f"<div><h3>{name}</h3><p>{PROSE} {PROSE}</p></div>" for name in "ABCD")
    page = f"<div><h1>Mill</h1></div><div class=content><p>{PROSE} {PROSE}</p></div><div>{sections}</div>"
    written = markdown(f"<body>{page}</body>")
    assert written.count(PROSE) == 10
    assert written.startswith("# Mill")


def test_the_topics_below_a_page_of_dita_are_part_of_it() -> None:
    links = "<div class=related-links><ul><li class='link {}'><a href=/a>Stones</a><br>How they turn.</ul></div>"
    page = f"<h1>T</h1><div class=body><p>{PROSE}</p></div>{links}"
    assert "- [Stones](https://docs.example/a)" in markdown(page.format("ulchildlink"))
    assert "Stones" not in markdown(page.format("relatedlink"))


def test_the_body_of_a_topic_within_a_topic_is_not_the_page() -> None:
    inner = f"<div class='topic nested1'><h2>Why</h2><div class=body><p>{PROSE * 9}</p></div></div>"
    written = markdown(f"<body><h1>Mill</h1><div class=body><p>It grinds.</p></div>{inner}</body>")
    assert written.startswith("# Mill\n\nIt grinds.\n\n## Why\n\n")


def test_a_main_element_in_what_a_site_calls_nested_is_the_page() -> None:
    page = f"<body><div class=nested1><main><h1>T</h1><p>{PROSE}</p></main></div><div><p>Sieves. {PROSE}</p></div>"
    assert "Sieves" not in markdown(page)


def test_of_nodes_manual_the_sites_column_and_its_pickers_are_no_content() -> None:
    links = "<div id=intro><a href=index.html>Node.js</a></div><ul><li><a href=fs.html>Files</a></ul>"
    picker = "<li class=picker-header><a href='#'><span>\u25ba</span>Index</a><div class=picker><ul></ul></div>"
    head = f"<header class=header><h1>Node.js documentation</h1><div id=gtoc><ul>{picker}</ul></div></header><hr>"
    text = f"<div id=apicontent><h2>Wheels<span><a class=mark href=#w id=w>#</a></span></h2><p>{PROSE}</p></div>"
    columns = f"<div id=column2>{links}</div><div id=column1>{head}{text}</div>"
    page = f"<title>Wheels | Node.js v1 Documentation</title><div id=content>{columns}</div>"
    assert markdown(page) == f"## Wheels\n\n{PROSE}\n"
    assert extracted(page).h1 == "Wheels"


def test_the_topic_of_a_page_of_twikis_is_its_content() -> None:
    top = "<div class=patternTop>You are here: <a href=/>TWiki</a>&gt;<a href=/w>Mill</a> <a href=/e>Edit</a></div>"
    toc = "<div class=twikiToc><ul><li><a href=#a>Tools</a></ul></div>"
    topic = f"<div class=patternTopic><h1>Stones</h1><p></p>{PROSE}{toc}<h2><a name=a></a>Tools</h2><p>Bills</div>"
    foot = "<div class=patternInfo>Topic revision: r4 - 06 May 2024 - <a href=/a>AnnaMiller</a></div>"
    assert markdown(f"<body>{top}{topic}{foot}") == f"# Stones\n\n{PROSE}\n\n## Tools\n\nBills\n"


def test_a_box_with_the_title_is_no_page_where_its_links_lead_to_sections_behind_it() -> None:
    names = ("grind", "sieve", "pack")
    links = "".join(f"<li><a href='#{name}'>{name}</a></li>" for name in names)
    intro = (
        f"<div><div class=content><h1>Mill</h1><p>All queries.</p></div><div><h5>Contact</h5><p>{PROSE}</p></div></div>"
    )
    sections = "".join(f"<section id={name}><h2>{name}</h2><p>{PROSE * 3}</p></section>" for name in names)
    written = markdown(f"<nav><ul>{links}</ul></nav><div id=docs>{intro}<div>{sections}</div></div>")
    assert written.startswith("# Mill\n\nAll queries.")
    assert all(f"## {name}" in written for name in names)
    teasers = sections.replace("id=", "class=")
    assert "## grind" not in markdown(f"<nav><ul>{links}</ul></nav><div id=docs>{intro}<div>{teasers}</div></div>")


def test_what_mediawiki_before_version_1_30_has_around_its_text_is_no_content() -> None:
    trail = "<div id=siteSub>From Mill</div><div id=contentSub><span class=subpages>&lt; <a href=/w>w</a></span></div>"
    menu = "<div class=t-navbar><div class=t-navbar-head><a href=/w>Works</a><div class=menu></div></div></div>"
    text = f"<div id=mw-content-text class=mw-content-ltr lang=en>{menu}<p>{PROSE}</p></div>"
    foot = (
        "<div class=printfooter>Retrieved from <a href=/w/Wheels>here</a></div><div id=mw-data-after-content>Ads</div>"
    )
    foot = "<div class=printfooter>Retrieved from <a href=/w/Wheels>here</a></div>"
    page = f"<div id=content><h1 class=firstHeading>Wheels</h1><div id=bodyContent>{trail}{text}{foot}</div></div>"
    assert markdown(page) == f"# Wheels\n\n{PROSE}\n"


def test_the_content_is_found_by_its_id_in_capitals() -> None:
    links = "".join(f"- <a href=m{at}.html>module {at}</a><br>" for at in range(40))
    menu = f"<div id=Header>Policy</div><div id=Menu><a href=admin.html>+ admin</a><div>{links}</div></div>"
    for name in ("Content", "MAIN"):
        page = f"{menu}<div id={name}><h1>Layer</h1><h2>Module</h2><p><p>{PROSE}</p></div>"
        assert markdown(page) == f"# Layer\n\n## Module\n\n{PROSE}\n"


def test_a_text_in_no_element_before_the_content_is_its_beginning() -> None:
    part = f"<div><p>{PROSE}, {PROSE}</p><p>{PROSE}, {PROSE}</p></div>" * 20
    page = f"<body><h2>Mills of old</h2>{{}}<br><br><div>{part}</div></body>"
    assert "The first words" in markdown(page.format(f"The first words. {PROSE}<br>{PROSE}<br>{PROSE}"))
    assert "A line" not in markdown(page.format("A line"))
