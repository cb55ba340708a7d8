from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

JUNK = [
    "<nav><ul><li><a href=/x>JUNK</a></ul></nav>",
    "<script>JUNK</script><style>JUNK</style><noscript>JUNK</noscript><template>JUNK</template>",
    "<!-- JUNK --><button>JUNK</button><svg><text>JUNK</text></svg><iframe src=/x>JUNK</iframe>",
    "<div hidden>JUNK</div><p aria-hidden=true>JUNK</p><p style='color:red; DISPLAY : none'>JUNK</p>",
    "<a class=headerlink href=#x title=JUNK>¶</a>",
    "<div class='breadcrumbs x'>JUNK</div><div class=cookie-consent>JUNK</div><div id=cookie-banner>JUNK</div>",
    "<a href=/edit>Edit this page</a><p><a href=/gh>View source on GitHub</a></p>".replace("<a", "<a title=JUNK"),
    "<a rel=next href=/n>JUNK</a><a rel=prev href=/p>JUNK</a><div class=pagination-nav>JUNK</div>",
    "<div class='toc'><ul><li><a href=#a>JUNK</a><li><a href=#b>JUNK</a></ul></div>",
    "<div class=ttc>JUNK</div><div class=method-source-code><pre>JUNK</pre></div><div class=menu-bar>JUNK</div>",
    "<div id=CybotCookiebotDialog>JUNK</div><div class=js-cookie-consent>JUNK</div><div class=md-consent>JUNK</div>",
    "<div id=usercentrics-root>JUNK</div><div id=didomi-host>JUNK</div><div class=cky-consent-container>JUNK</div>",
    "<div id=div-gpt-ad-17>JUNK</div><div class='ad_unit wide'>JUNK</div><div class=google-ad>JUNK</div>",
    "<div class=adsense>JUNK</div><div class=google-auto-placed>JUNK</div><div class=bsa-cpc><a href=/x>JUNK</a></div>",
    "<div class=user-greeting>Hello, JUNK</div><p class=logged-in-as>Logged in as JUNK</p>",
    "<div class=ethical-alabaster><div class=ea-content>JUNK</div></div><div class=sponsored-content>JUNK</div>",
    "<div data-ea-publisher=x><div class=ea-callout><small>JUNK by EthicalAds</small></div></div>",
    "<div id=jp-relatedposts class=jp-relatedposts><h3 class=jp-relatedposts-headline><em>JUNK</em></h3></div>",
    "<div class=fsdocs-tip id=fs1>JUNK: int</div>",
    "<div class=sphx-glr-thumbnail-title>JUNK</div>",
    "<div id=intercom-container><div>JUNK</div></div><div class=crisp-client>JUNK</div><div id=tawkchat-x>JUNK</div>",
    "<div id=kapa-widget-container>JUNK</div><div class=_hj_feedback_container>JUNK</div><div id=zsiq_f>JUNK</div>",
    "<section class=recommended-articles><h3>JUNK</h3><ul><li><a href=/a>JUNK</a></ul></section>",
    "<p id=cookie-notice>JUNK</p><p id=breadcrumbs><a href=/>JUNK</a></p>",
    "<button aria-expanded=false aria-controls=s>JUNK</button><div id=s hidden><form><p>JUNK</form></div>",
    "<footer>JUNK</footer><div role=contentinfo>JUNK</div>",
    "<embed src=a.mid><noembed>JUNK</noembed>",
    "<h2 class=feedback--title>JUNK</h2><p class=feedback--question>JUNK</p><p class=feedback--response>JUNK</p>",
    "<div class=td-page-meta__lastmod>Last modified May 1, 2024: <a href=/commit/1>fix JUNK (abc1234)</a></div>",
    "<a class=fsdocs-source-link href=/a#L1 title=JUNK><img src=/g.png alt=JUNK></a>",
    "<div><span class=ModifiedDate>May 1, 2024 at 11:43 AM JUNK</span></div>",
    "<div><p>Was this helpful?</p><button>JUNK</button></div>",
    "<div><p>Was this page helpful?</p><label><input type=radio>Yes</label><label><input type=radio>No</label></div>",
    "<div><h2>Feedback</h2><p>Was this page helpful?<div><button>Yes</button><button>No</button></div></div>",
    "<div><div><p>Did this page help you?</p></div><div><button>Yes</button></div></div>",
    "<div class=node><a name=x></a><p>Next: <a rel=next href=/b>JUNK</a>, Up: <a rel=up href=/>JUNK</a><hr></div>",
    "<div class=trac-modifiedby><a href='?action=diff'>JUNK</a></div><p class=wiki-update-info>JUNK</p>",
    "<div id=dw__toc class=dw__toc><h3>JUNK</h3><ul><li><a href=#b>JUNK</a></ul></div><div class=docInfo>JUNK</div>",
    "<a class=test-arrow href=/play?code=x>JUNK</a><div class=dynheader><p>JUNK of the class:</p></div>",
    "<devsite-content-footer class=nocontent><p>JUNK</p></devsite-content-footer>",
    "<div class=familylinks><div class=parentlink>JUNK: <a href=/p>JUNK</a></div></div>",
    "<nav class=related-links><ul class=linklist><li class=linklist><a href=/p>JUNK</a></ul></nav>",
    "<div class=search-results><h1>JUNK results matching</h1><ul></ul></div><div class=navsettop>JUNK</div>",
    "<p><span class='nx-sr-only nx-select-none'> (JUNK in a new tab)</span><b class=x:sr-only>JUNK</b></p>",
    "<div class=last-modified>05 June 2026 JUNK</div>",
    "<div id=menu><a href=/_index>JUNK (J)</a> » <a href=/m>M</a> » <span class=title>JunkOfALongerName</span></div>",
    "<span class=out-of-band><a class=src href='/src/umm/a.rs.html#1'>source</a> · <button>[<b>-</b>]</button></span>",
    "<div id=skip-to-frontmatter><header><div>Authors JUNK</div><div>Affiliations JUNK</div></header></div>",
    "<div class=nextra-breadcrumb><div>JUNK</div><svg></svg><div>T of another name JUNK</div></div>",
    "<div class=offcanvas-header><h5 class=offcanvas-title>JUNK</h5><button>JUNK</button></div>",
    "<span class=mobile-hide><b class=divider>|</b><a href=https://github.com/x/x/edit/a.md>Edit this page</a></span>",
    "<div class='taxonomy taxonomy-terms-article'><h5>JUNK:</h5><ul><li><a href=/c>JUNK</a></ul></div>",
    "<h2>JUNK</h2><div class='vp-nolebase-git-changelog x'><div>JUNK</div></div>",
    "<div class=vp-nolebase-page-properties><span>JUNK</span></div>",
    "<h2>JUNK</h2><div class=vp-contributors>JUNK</div><h2>JUNK</h2><div class=vp-changelog-wrapper>JUNK</div>",
    "<section class=VPHomeSponsors><h2>JUNK</h2><p>JUNK</p></section>",
    "<small class=dont-index>Source: <a href=b><code>JUNK.R</code></a></small><div class=one_section>JUNK</div>",
    "<div class=navigationbar><ul><li>JUNK 5.15</li><li><a href=i>JUNK</a></li><li>T</li></ul></div>",
    "<label class=phpdocumentor-sidebar__menu-icon>JUNK</label>",
    "<table><caption><span class=activeTableTab>JUNK</span><span class=tableTab>JUNK</span></caption></table>",
    "<div class='mb-8 print:hidden'><a href=/b>JUNK</a></div><div class=nx-x><a href=/><span>Next</span>JUNK</a></div>",
]


@pytest.mark.parametrize("name", ["sidebar", "documentation__sidebar"])
def test_an_aside_that_is_called_a_sidebar_is_the_sites_menu_where_it_is_links(name: str) -> None:
    menu = f"<aside class={name}><h4>Guides</h4>{_MENU}</aside>"
    assert of_main(f"{menu}<div><h1>T</h1><p>{PROSE}</p></div>") == f"# T\n\n{PROSE}"


def test_what_docfx_does_with_a_heading_is_none_of_it() -> None:
    action = "<a class='header-action link-secondary' title='View source' href=https://git.example/x#L1><i></i></a>"
    assert of_main(f"<h1>Class Gate {action}</h1><p>{PROSE}</p>") == f"# Class Gate\n\n{PROSE}"


@pytest.mark.parametrize("junk", JUNK)
def test_what_is_not_content_is_left_out(junk: str) -> None:
    text = of_main(f"<h1>T</h1><p>{PROSE}</p>{junk}<p>The end.</p>")
    assert text == f"# T\n\n{PROSE}\n\nThe end."


def test_only_writersides_head_of_a_panel_is_left_out() -> None:
    head = "<header class=panel__header><div class=container><h3>Mill Help</h3></div></header>"
    page = f"<main><h1>T</h1><p>{PROSE}</p>{head}<p>The end.</p></main>"
    assert markdown(f"<body data-article-props='{{}}'>{page}</body>") == f"# T\n\n{PROSE}\n\nThe end.\n"
    assert markdown(f"<body>{page}</body>") == f"# T\n\n{PROSE}\n\n### Mill Help\n\nThe end.\n"


@pytest.mark.parametrize(
    "inner",
    [
        "<p class=title>Soup of the day</p>",
        "<a href=/a>Soup</a><h3 class=title>Of the day</h3>",
        "Each day another, <a href=/a>Soup</a> <span class=title>of the day</span>",
    ],
)
def test_a_menu_with_a_title_that_is_no_way_to_the_page_stays(inner: str) -> None:
    assert "of the day" in of_main(f"<h1>T</h1><p>{PROSE}</p><div id=menu>{inner}</div><p>{PROSE}</p>").lower()


LISTED = (
    "<tr><td><a href=a>map()</a><br><a href=b>filter()</a><br><a href=c>reduce()</a><td><p>Functions over lists.</p>"
)
_FORK = "<p>First, <a href=https://github.com/x/x/fork>fork X on GitHub</a>.</p>"
_NAME = "<li>(<a href=/x>A::Long::Name</a>)"
_RETURNS = f"<div class=tags><p class=tag_title>Returns:</p><ul class=return>{_NAME}</ul></div>"
_RAISES = "<ul class=at-tags><li><span class=at-tag>raises</span> <a href=/x>Insufficient</a></ul>"
_PAGER = "<a rel=prev href=/a>Intro</a> <a rel=next href=/b>Usage</a>"
_MENU = f"<ul>{'<li><a href=/a>JUNK</a>' * 5}</ul>"
KEPT = [
    ("<h2>See also</h2><div class=dont-index><p><a href=/m>map()</a> for all.</p></div>", "[map()]"),
    (f"<aside class=sidebar><p class=sidebar-title>More of it</p>{_MENU}</aside>", "JUNK"),
    (f"<aside class='admonition tip'>{_MENU}</aside>", "JUNK"),
    (_RETURNS, "Returns:\n\n- ([A::Long::Name]"),
    (_RAISES, "- raises [Insufficient]"),
    ("<p><a href=/db.html>View Document</a></p>", "[View Document](https://docs.example/db.html)"),
    ("<dl><dt>Versions<dd><a rel=prev href=/TR/1>The first of them</a></dl>", "[The first of them]"),
    (_FORK, "First, [fork X on GitHub](https://github.com/x/x/fork)."),
    ("<p>You can <a href=/r>report a problem</a>.</p>", "You can [report a problem]"),
    ("<p>Fix it <a href=https://x.example/c/1>§</a></p>", "Fix it [§](https://x.example/c/1)"),
    ("<pre>a\n<div class=viewcode-block id=Ln>class Ln:\n    b</div></pre>", "class Ln:\n    b"),
    (f"<div class=node><h2>Set-up</h2><p>Of a gate.</p>{_PAGER}</div>", "Of a gate."),
    (f"<div class=node><p>{PROSE} {PROSE}</p>{_PAGER}</div>", PROSE),
    ("<aside class=sidebar><p>Content all the same.</p></aside>", "Content all the same."),
    ("<div id=sidebar><p>Content all the same.</p></div>", "Content all the same."),
    ("<div role=tabpanel hidden><p>The other tab.</p></div>", "The other tab."),
    ("<aside class='admonition note'><p>A note.</p></aside>", "A note."),
    ("<details><summary>More</summary><p>Folded.</p></details>", "Folded."),
    ("<div id=related-package-summary><p><a href=/p>Packages related to it</a></p></div>", "Packages related to it"),
    ("<table><tr><td><a href=/a>A</a> <a href=/b>B</a> <a href=/c>C</a><td><p>Text.</table>", "[C]"),
    ("<table><tr><td><p><a href=/a>A</a><p><a href=/b>B</a><p><a href=/c>C</a><td><p><a href=/d>D</a></table>", "C]"),
    (f"<table>{LISTED}<tr><td>x<td>y</table>", "[reduce()]"),
    (f"<table><tr><td><b>Topic</b><td><b>What</b>{LISTED * 3}</table>", "[reduce()]"),
    (f"<table>{LISTED * 4}<tr><td>x<td><h3>Others</h3></table>", "[reduce()]"),
    ("<table class=contents><tr><th>Type<tr><td><a href=/a>Widget</a></table>", "Widget"),
    ("<table class=menu><tr><td><a href=/a accesskey=1>Below</a></table>", "Below"),
    ("<div id=ad-unit><h2>Ad unit</h2><p>What it is.</p></div>", "What it is."),
    ("<div class=ad-hoc-queries><p>Ad hoc.</p></div>", "Ad hoc."),
    ("<div id=cookies><p>How cookies work.</p></div>", "How cookies work."),
    ("<div id=crisp-client><h2>crisp-client</h2><p>How it chats.</p></div>", "How it chats."),
    ("<p id=livechat-widget>How it is embedded.</p>", "How it is embedded."),
    ("<a href=#usersnap-key>Key</a><div id=usersnap-key><code>key</code><p>Its key.</p></div>", "Its key."),
    ("<footer><ol><li id=fn1>A note that no link leads to.</ol></footer>", "1. A note that no link leads to."),
    ("<footer class=footnotes><p>A note that no link leads to.</p></footer>", "A note that no link leads to."),
    ("<p>Press <a href=#up>↑</a> to go up.</p>", "[↑]"),
    ("<table><tr><th>Key<th>What<tr><td><a href=#up>↑</a><td>Up</table>", "[↑]"),
    ("<p id=comments>Comments begin with a hash sign.</p>", "Comments begin"),
    ("<table><tr><th>Field<th>Comments<tr><td>id<td class=comments>The key.</table>", "| id | The key. |"),
    ("<table id=sharing><tr><th>Key<tr><td>What is shared</table>", "What is shared"),
    ("<table><tr><th>Button<th>What<tr><td><button>Send</button><td>Sends it</table>", "| Send |"),
    ("<p>Press <input type=submit value='Find now'> to begin.</p>", "Press Find now to begin."),
    ("<h3><button aria-expanded=false aria-controls=a>How?</button></h3><div id=a hidden>By card.</div>", "By card."),
    (
        "<button aria-expanded=false aria-controls=a>How do I pay?</button><div id=a hidden><p>By card.</p></div>",
        "**How do I pay?**\n\nBy card.",
    ),
    ("<button aria-expanded=false aria-controls=a>Show more</button><p id=a hidden>Also.</p>", f"{PROSE}\n\nAlso."),
    ("<p>Undo is drawn as <a href=/undo>↩</a></p>", "[↩]"),
    ("<ul><li>Was this page helpful?<li>How often do you read it?</ul>", "- Was this page helpful?"),
    ("<h2>Feedback<button>Copy link</button></h2><p>Feedback is welcome.</p>", "## Feedback"),
    ("<p>A <a class='MCTextPopup popup' name=k>kernel<b class=popupBody>x</b></a> is used.</p>", "A kernel is"),
    ("<pre><a class=selflink id=s1 href=#s1>1</a>.  Introduction</pre>", "1.  Introduction"),
    ("<nav class=related-links><ul><li class=ulchildlink><a href=/a>Wrench</a><br>Turns bolts.</ul></nav>", "Wrench"),
    ("<nav role=navigation class=related-links><li class=olchildlink><a href=/a>Wrench</a></nav>", "Wrench"),
    ("<aside class='onebox x'><article><h3><a href=/e>Title of it</a></h3></article></aside>", "[Title of it]"),
    ("<awsdocs-tabs><dl style='display: none'><dt>CLI<dd>Run it.</dl></awsdocs-tabs>", "- **CLI**: Run it."),
    ("<awsui-expandable-section header='Step 1'><p>Enable it.</awsui-expandable-section>", "**Step 1**\n\nEnable it."),
    ("<div class=print:hidden><p>What is not <a href=/p>printed</a>.</p></div>", "What is not [printed]"),
]


@pytest.mark.parametrize(("html", "text"), KEPT)
def test_content_with_a_suspect_name_stays(html: str, text: str) -> None:
    assert text in of_main(f"<h1>T</h1><p>{PROSE}</p>{html}<p>The end.</p>")


@pytest.mark.parametrize("back", ["&#8617;", "&#8617;&#xFE0E;", "\u2191", "&#8617;<sup>2</sup>"])
def test_the_link_from_a_footnote_back_to_the_text_is_left_out(back: str) -> None:
    note = f"<ol><li id=fn1><p>The note.&nbsp;<a href=#fnref1 role=doc-backlink>{back}</a></p></ol>"
    assert of_main(f"<p>{PROSE}</p>{note}") == f"{PROSE}\n\n1. The note."


@pytest.mark.parametrize(
    "back",
    [
        "<b><a href=#cite_ref-1>^</a></b>",
        "↑ <sup><a href=#cite_ref-1_0>1.0</a></sup> <sup><a href=#cite_ref-1_1>1.1</a></sup>",
    ],
)
def test_of_mediawikis_references_those_back_to_the_text_are_left_out(back: str) -> None:
    note = f"<ol class=references><li><span class=mw-cite-backlink>{back}</span> Smith</ol>"
    assert of_main(f"<p>{PROSE}</p>{note}") == f"{PROSE}\n\n1. Smith"


def test_a_page_that_is_a_table_of_contents_keeps_each_of_its_rows() -> None:
    rows = "".join(f"<div class=toc-h2><a href=/{at}>Section {at}</a></div>" for at in range(9))
    assert markdown(f"<h2>Contents</h2><div class=toc>{rows}</div>").count("[Section ") == 9


@pytest.mark.parametrize(
    "label",
    [
        "<h2 class='no_toc text-delta'>Table of contents</h2>{}",
        "<details open><summary class=text-delta>Table of contents</summary>{}</details>",
        "<p><b>On this page:</b></p>{}",
        "<p>Inhalt</p>\n{}",
        "<h2>Table of Contents</h2><div><div>{}</div></div>",
    ],
)
def test_the_name_of_a_table_of_contents_goes_with_it(label: str) -> None:
    contents = "<ol id=markdown-toc><li><a href=#a>Ovens</a><li><a href=#b>Mills</a></ol>"
    assert of_main(f"<h1>T</h1>{label.format(contents)}<p>{PROSE}</p>") == f"# T\n\n{PROSE}"
    assert of_main(f"<h1>Contents</h1>{contents}<p>{PROSE}</p>") == f"# Contents\n\n{PROSE}"
    # All sections of a draft are of level 1.
    sections = f"<h1>1. Mills</h1><p>{PROSE}</p>"
    assert of_main(f"<h1>Table of Contents</h1>{contents}{sections}") == f"# 1. Mills\n\n{PROSE}"
    assert "[Ovens]" in of_main(f"<h1>T</h1>{label.format(contents.replace('markdown-toc', 'ovens'))}<p>{PROSE}</p>")


@pytest.mark.parametrize("name", ["footer", "copyright", "site-info"])
def test_the_foot_of_a_page_without_a_main_element_is_left_out(name: str) -> None:
    text = f"<h1>T</h1><p>{PROSE}</p><p>{PROSE}</p>"
    foot = f"<div class={name}><p>Built on 3 May from 3f2a1b.</p></div>"
    expected = f"# T\n\n{PROSE}\n\n{PROSE}\n"
    assert markdown(f"<body>{text}{foot}<script>1</script></body>") == expected
    assert markdown(f"<body><div>{text}{foot} </div></body>") == expected
    assert markdown(f"<body>{text}{foot}<div class=copyright>2020, by us</div></body>") == expected
    for kept in (
        f"<div class=card><p>{PROSE}</p>{foot}</div>",
        f"{foot}<p>{PROSE}</p>",
        foot.replace("Built", "[1] Built"),
    ):
        assert "from 3f2a1b" in markdown(f"<body>{text}{kept}</body>")


@pytest.mark.parametrize("name", ["navigation", "left-nav", "sidebar"])
def test_a_menu_that_is_called_so_by_its_id_may_have_headings(name: str) -> None:
    groups = "".join(f"<h5>{group}</h5>{_MENU}" for group in ("Docs", "About"))
    page = f"<body><div id=content><div id={name}>{groups}</div><div>{{}}</div></div></body>"
    assert markdown(page.format("<h1>4.1</h1>")) == "# 4.1\n"
    assert markdown(page.format(f"<h2>T</h2><p>{PROSE}</p>")) == f"## T\n\n{PROSE}\n"
    own = page.replace("Docs", name).format("<h1>4.1</h1>")
    marked = page.replace("Docs", f"{name}<a class=headerlink href=#{name}>\u00b6</a>").format("<h1>4.1</h1>")
    for kept in (page.format(f"<p>{PROSE}</p>"), own, marked):
        assert "JUNK" in markdown(kept)


@pytest.mark.slow
def test_very_many_menus_with_headings_take_linear_time() -> None:
    def read(size: int) -> None:
        menus = "".join(f"<div id=menu><h5 id={at}>A</h5><h5>B</h5><a href=/a>JUNK</a></div>" for at in range(size))
        markdown(f"<body><h1>T</h1><p>{PROSE}</p>{menus}</body>")

    assert_linear(read, 1500)


@pytest.mark.slow
def test_menus_in_one_another_take_linear_time() -> None:
    def read(depth: int) -> None:
        inside = f"<a href=x>{PROSE * depth}</a>" + "<span></span>" * (200 * depth)
        assert PROSE in of_main(f"<p>{PROSE}</p>{'<div id=menu>' * depth}{inside}{'</div>' * depth}")

    assert_linear(read, 200)


def test_the_foot_of_a_site_may_have_lists_of_links_with_headings() -> None:
    text = f"<h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>"
    links = f"<ul><li><h5>Docs</h5>{'<li><a href=/a>JUNK here</a> of it' * 4}</ul>"
    foot = f"<div class=footer>{links}<p>\u00a9 2020, by us</p></div>"
    assert "JUNK" not in markdown(f"<body>{text}{foot}</body>")
    for kept in (foot.replace("\u00a9 2020", "Written in 2020"), f"{foot}<p>{PROSE}</p>"):
        assert "JUNK" in markdown(f"<body>{text}{kept}</body>")


@pytest.mark.parametrize("start", ["<section id=footer>", "<div class=section id=footer>"])
def test_a_section_that_is_called_footer_is_no_foot_of_the_site(start: str) -> None:
    text = f"<h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>"
    said = "Set <a href=/a>copyright notices</a> or <a href=/b>built with</a>."
    section = f"{start}<h2>Footer<a class=headerlink href=#footer>\u00b6</a></h2><p>{said}</p></{start[1:].split()[0]}>"
    assert "copyright notices" in markdown(f"<body><section id=t>{text}{section}</section></body>")


def test_the_foot_in_the_element_around_the_content_may_be_called_so_by_its_id() -> None:
    lists = "<div id=content><h1>T</h1><h2>A</h2><ul>" + "<li><a href=/a>Aperture</a></li>" * 20 + "</ul></div>"
    foot = "<div id=footer>Generated on 3 May by <a href=https://yardoc.org>yard</a> 0.9.36.</div>"
    assert "Generated" not in markdown(f"<body><div id=nav></div><div id=main>{lists}{foot}</div></body>")
    for kept in (
        foot.replace("Generated", "[1] Generated"),
        f"{foot}<p>{PROSE}</p>",
        foot.replace("Gen", "<h2>Footer</h2>Gen"),
    ):
        assert "Generated on 3" in markdown(f"<body><div id=main>{lists}<p>{PROSE}</p>{kept}</div></body>")


@pytest.mark.parametrize("button", ["<img src=/c.svg alt='Copy item path'>", "Copy item path"])
def test_of_rustdocs_page_its_controls_are_left_out(button: str) -> None:
    page = (
        "<main><div class=sub-container><a class=sub-logo-container href=/><img src=/l.svg alt=logo></a></div>"
        "<section id=main-content class=content><h1>Function <a href=/i>core</a>::f"
        f"<button id=copy-path>{button}</button></h1><pre><code>fn f()</code></pre><details open>"
        f"<summary class=hideme><span>Expand description</span></summary>"
        f"<div class=docblock><p>{PROSE}</p></div></details></section></main>"
    )
    assert markdown(page) == f"# Function [core](https://docs.example/i)::f\n\n```\nfn f()\n```\n\n{PROSE}\n"


def test_a_heading_that_is_its_own_permalink_stays() -> None:
    assert of_main(f"<h2><a class=permalink href=#n>NAME</a></h2><p>{PROSE}</p>").startswith("## NAME\n")
    assert of_main(f"<h2><a class=header href=#n>Name</a></h2><p>{PROSE}</p>").startswith("## Name\n")


TOOLS = [
    "<a href=#>Copy</a>",
    "<a href='javascript:copy()'>Copied!</a>",
    "<a href=/edit>Edit this page on GitHub</a>",
    "<a href=src/Data.html#x>Source</a>",
    "<a href=_modules/x.html>[source]</a>",
    "<a href=https://git.example/nim/tree/v1/lexbase.nim#L28>Source</a>",
    "<a href=https://git.example/nim/edit/devel/lexbase.nim#L28>Edit</a>",
    "<a href=https://git.example/mill/blob/main/Mill.php#L38>at line 38</a>",
    "<a href=file/lib/mill.js.html#lineNumber28>source</a>",
    "<a href=classIndex.html#mill.Mill>View In Hierarchy</a>",
    "<a href=https://git.example/mill/tree/v1/Mill.swift#L7-L9>Show on GitHub</a>",
]
SAID = [
    "<p>Moves a file as <a href=/copy>copy</a> does.</p>",
    "<p><a href=/copy>Copy</a></p>",
    "<p><a href=#copy>copy</a></p>",
    "<p>Where the page is wrong, please <a href=/new>open an issue</a>, or send us a letter.</p>",
    "<pre>T: <a href=/Copy>Copy</a></pre>",
    "<pre>T: <a href=/top>back to top</a></pre>",
    "<p>The <a href=/downloads/source/>source</a></p>",
    "<p>It breaks <a href=#line>at line 38</a></p>",
]


@pytest.mark.parametrize("tool", TOOLS)
def test_links_that_do_something_with_the_page_are_left_out(tool: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><div>{tool}</div>") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize("said", SAID)
def test_links_with_the_words_of_tools_are_content_where_they_say_or_lead_to_something(said: str) -> None:
    text = of_main(f"<h1>T</h1><p>{PROSE}</p>{said}")
    words = LexborHTMLParser(said).text()
    assert re.sub(r"\[(.*?)\]\(.*?\)|```|\n", r"\1", text.removeprefix(f"# T\n\n{PROSE}")) == words


def test_a_line_of_links_to_neighbours_goes_with_its_labels() -> None:
    links = "Next: <a href=/n rel=next>Next chapter</a>, Previous: <a href=/p rel=prev>The one before</a>"
    short = "Next: <a href=/n rel=next>A</a>, Up: <a href=/p rel=up>B</a> [<a href=#c rel=contents>Contents</a>]"
    for line in (links, short):
        assert of_main(f"<h1>T</h1><p>{PROSE}</p><div class=header><p>{line}</p></div>") == f"# T\n\n{PROSE}"


def test_what_is_left_around_navigation_goes_with_it() -> None:
    side = f"<div id=sidebar><div role=navigation>JUNK {PROSE}</div><h3>Last update:</h3><p>Nov 11, 2026</p></div>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{side}") == f"# T\n\n{PROSE}"


def test_a_permalink_is_a_mark_beside_a_text_or_the_text() -> None:
    terms = "<dl><dt><a class=permalink href=#v><b>-v</b></a>=<i>N</i></dt><dd>Says more.</dd></dl>"
    assert of_main(f"<p>{PROSE}</p>{terms}").endswith(
        "- **[-v](https://docs.example/guide/page.html#v)=*N***: Says more."
    )
    for mark in ("¶", "Permalink", "Link to this heading", "Section titled \u201cName\u201d"):
        assert of_main(f"<h2>Name<a class=headerlink href=#n>{mark}</a></h2><p>{PROSE}</p>") == f"## Name\n\n{PROSE}"


def test_white_space_between_links_makes_no_text_of_them() -> None:
    apart = "\n" + 20 * " "
    links = f"{apart}|{apart}".join(f"<a href=/{name}>{name}</a>" for name in ("previous", "up", "next"))
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><div class=nav>{links}</div>") == f"# T\n\n{PROSE}"


def test_a_cell_of_links_beside_the_page_is_left_out() -> None:
    side = "<td><ul><li><a href=/a>JUNK</a><li><a href=/b>JUNK</a><li><a href=/c>JUNK</a></ul>"
    for page in (f"<h2>Mill</h2><p>{PROSE}", f"<p>{PROSE}" * 4):
        assert "JUNK" not in markdown(f"<table><tr><td colspan=2>Bob's page<tr>{side}<td>{page}</table>")


@pytest.mark.slow
def test_tables_of_links_are_read_at_once() -> None:
    def read(size: int) -> None:
        rows = "".join(f"<tr><td><a href=/{at}>f{at}</a><td>int<td><p>What it does" for at in range(size))
        assert of_main(f"<p>{PROSE}</p><table>{rows}</table>").count("[f") == size

    assert_linear(read, 2000)


@pytest.mark.slow
def test_rows_of_buttons_are_read_at_once() -> None:
    def read(buttons: int) -> None:
        assert of_main(f"<p>{PROSE}</p><p>{'<button>x</button>' * buttons}</p>") == PROSE

    assert_linear(read, 12_000)


@pytest.mark.slow
def test_the_title_above_contents_is_looked_for_at_once() -> None:
    def read(size: int) -> None:
        heads = "<div class=header><i>x</i></div>" * size
        parts = "<div class=contents><a href=/a>JUNK of it</a></div>" * size
        assert "JUNK" not in markdown(f"<div>{heads}{parts}</div>{f'<p>{PROSE}</p>' * (size // 2)}")

    assert_linear(read, 1200)


def test_the_source_that_a_page_shows_on_demand_is_left_out_however_long_it_is() -> None:
    listing = "<div class='pdoc-code codehilite'><pre>import os\nimport re\nimport sys</pre></div>"
    button = "<label class=view-source-button>View Source</label>"
    assert "import" not in of_main(f"<p>Text</p><section>{button}{listing}</section>")
    assert "import os" in of_main(f"<p>Text</p><section>{listing}</section>")


@pytest.mark.parametrize(
    "html", ["<h3>Install <button>Copy</button></h3>", "<p>pip install it <a href='#'>Copy</a></p>"]
)
def test_a_copy_button_beside_a_text_is_a_tool(html: str) -> None:
    assert "Copy" not in of_main(f"<p>{PROSE}</p>{html}<p>The end.</p>")


@pytest.mark.parametrize("name", ["comments", "pagination", "modal"])
def test_what_has_a_heading_by_its_role_is_not_dropped_for_its_id(name: str) -> None:
    html = f"<div id={name}><div role=heading aria-level=3>A part</div><p>{PROSE}</p></div>"
    assert of_main(f"<h1>T</h1>{html}") == f"# T\n\n### A part\n\n{PROSE}"


def test_what_holds_blocks_is_no_heading_whatever_its_role() -> None:
    html = f"<h1>T</h1><div role=heading>Sub<p>{PROSE}<ul><li>a</ul>"
    assert of_main(html) == f"# T\n\nSub\n\n{PROSE}\n\n- a"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<pre><div role=heading>code line</div>x=1</pre>", "```\ncode line\nx=1\n```"),
        (
            "<table><tr><td><div role=heading>port</div><td>the port<tr><td>host<td>a host</table>",
            "| port | the port |",
        ),
    ],
)
def test_in_code_and_in_a_table_a_role_makes_no_heading(html: str, text: str) -> None:
    assert text in of_main(f"<h1>T</h1><p>{PROSE}</p>{html}")


def test_a_heading_by_its_role_without_a_level_has_the_second() -> None:
    assert of_main("<h1>T</h1><div role=heading>A part</div><p>x</p>") == "# T\n\n## A part\n\nx"


def test_what_javadoc_says_to_see_also_stays() -> None:
    notes = "<dl class=notes><dt>See Also:</dt><dd><ul class=tag-list><li><a href=S.html>Server</a></li></ul></dd></dl>"
    assert "[Server](https://docs.example/guide/S.html)" in of_main(f"<p>{PROSE}</p>{notes}")


def test_what_a_copy_button_says_afterwards_goes() -> None:
    popup = "<div class=copy-popup-wrapper><span>Content copied to clipboard</span></div>"
    assert of_main(f"<p>{PROSE}</p><div>fun go(){popup}</div>") == f"{PROSE}\n\nfun go()"


def test_the_buttons_of_yard_are_no_heading() -> None:
    heading = "<h2>Instance Methods <small><a href='#' class=summary_toggle>collapse</a></small></h2>"
    assert of_main(f"<p>{PROSE}</p>{heading}<p>{PROSE}</p>") == f"{PROSE}\n\n## Instance Methods\n\n{PROSE}"


def test_a_permalink_without_a_text_and_a_picture_that_closes_another_are_left_out() -> None:
    heading = "<h2>Uses<a class=anchor-section href=uses.html#uses aria-label='Anchor link to header'></a></h2>"
    pictures = "<p><img src=/a.png alt=A><a class=lightbox-back href='javascript:back()'><img src=/a.png></a></p>"
    text = of_main(f"<p>{PROSE}</p>{heading}{pictures}")
    assert text.endswith("## Uses\n\n![A](https://docs.example/a.png)")


@pytest.mark.parametrize("label", ["<p>On this page</p>", "<h2>Contents</h2>", "<p>What's in this posts</p>"])
def test_the_label_of_a_nav_goes_with_it(label: str) -> None:
    nav = "<nav><ul><li><a href=#a>A</a></li></ul></nav>"
    assert of_main(f"<h1>T</h1>{label}{nav}<p>{PROSE}</p>") == f"# T\n\n{PROSE}"
    assert "Pumps" in of_main(f"<h1>T</h1><p>Pumps</p>{nav}<p>{PROSE}</p>")


LOOK = (
    "<div><label><input type=radio name={0} checked> Light</label><label><input type=radio name={0}> Dark</label></div>"
)
STARS = (
    "<fieldset><legend>Rate this page</legend><div><input type=radio name=rating id=b><label for=b>2 stars</label>"
    "<input type=radio name=rating id=a><label for=a>1 star</label></div></fieldset>"
)


@pytest.mark.parametrize("choice", [LOOK.format("theme"), LOOK.format("site-color-scheme"), STARS])
def test_radio_buttons_for_the_sites_look_or_a_rating_are_left_out(choice: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{choice}") == f"# T\n\n{PROSE}"


def test_radio_buttons_of_a_question_stay() -> None:
    assert "(x) Light" in of_main(f"<h1>T</h1><p>{PROSE}</p>{LOOK.format('q1')}")
    assert "Light or heavy" in of_main(
        f"<h1>T</h1><p>{PROSE}</p>{LOOK.format('theme').replace('Light', 'Light or heavy')}"
    )


def test_the_table_of_pictures_that_lead_to_the_pages_around_is_none_of_a_page() -> None:
    cells = "".join(f"<td><a accesskey={key} href={key}.html><img src=a.png alt={key}></a>" for key in "puhn")
    table = f"<table class=navigation><tr>{cells}<th>Mill Reference Manual</th></tr></table>"
    text = f"<h2>mill</h2><p>{PROSE}</p><p>{PROSE}</p>"
    assert "p.html" not in markdown(f"<title>mill: grinds</title><body>{table}{text}</body>")
    links = table.replace(" accesskey=", " name=")
    assert "p.html" in markdown(f"<title>mill: grinds</title><body>{links}{text}</body>")


def test_the_way_to_the_pages_around_is_none_of_a_page_of_next_to_nothing_else() -> None:
    around = "".join(f"{rel}: <a href={rel} rel={rel}>The Manual of all Mills</a>, " for rel in ("next", "prev", "up"))
    page = f"<div class=header><p>{around}</p></div><hr><h2>Build</h2><ul><li><a href=a>Gears</a></ul>"
    assert markdown(page) == "## Build\n\n- [Gears](https://docs.example/guide/a)\n"


def test_the_menus_of_old_javadoc_are_left_out_with_the_sites_name_in_them() -> None:
    cells = "".join(f"<td class=NavBarCell1><a href={name}.html><b>{name}</b></a></td>" for name in ("Tree", "Help"))
    inner = f"<table><tr>{cells}<td class=NavBarCell1Rev><b>Class</b></td></tr></table>"
    steps = "<tr><td class=NavBarCell2><a href=a.html>PREV CLASS</a><td class=NavBarCell2><a href=b.html>NO FRAMES</a>"
    menu = f"<table><tr><td colspan=3 class=NavBarCell1>{inner}</td><td><em>Mill 2.0</em></td></tr>{steps}</table>"
    page = "<h2>Class Wheel</h2><dl><dt><b>Since:</b><dd>2</dl><table><tr><th>Method<tr><td>turn()</table>"
    written = markdown(f"<body>{menu}<hr>{page}<hr>{menu}</body>")
    assert written.startswith("## Class Wheel")
    assert not any(name in written for name in ("Tree", "Mill", "PREV", "FRAMES"))


def test_a_list_in_a_list_of_contents_that_is_the_page_stays() -> None:
    inner = "<ul class=toc><li><a href=b>1.1 Wheels</a><ul class=toc><li><a href=c>1.1.1 Spokes</a></ul></ul>"
    outer = f"<ul class=toc><li><a href=a>Chapter 1 Mills</a>{inner}<li><a href=d>Chapter 2 Ovens</a></ul>"
    text = markdown(f"<body><h1>Contents</h1>{outer}</body>")
    assert all(name in text for name in ("Mills", "1.1 Wheels", "1.1.1 Spokes", "Ovens"))
    beside = f"<ul class=toc><li>Mills grind, and this says how they do. {inner}</ul>"
    assert "Ovens" not in of_main(f"<h1>T</h1><p>{PROSE * 3}</p>{outer}{beside}")


def test_a_line_of_what_to_see_as_well_that_is_set_as_a_header_stays() -> None:
    line = "<div class=page-header><b>See also :</b> <a href=#a>grind</a>, <a href=#b>sieve</a></div>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{line}<p>{PROSE}</p>").count("sieve") == 1
    assert "sieve" not in of_main(f"<h1>T</h1><p>{PROSE}</p>{line.replace('See also :', 'Go to')}<p>{PROSE}</p>")


def test_the_menu_of_files_over_a_source_that_docco_annotates_is_left_out() -> None:
    files = "".join(f"<a class=source href={name}.html>{name}.js</a>" for name in ("mill", "sieve"))
    menu = f"<ul id=jump_to><li><a href='javascript:void(0);'>Jump To</a><div id=jump_wrapper>{files}</div></ul>"
    text = markdown(f"<body><div id=container>{menu}<ul><li><h1>mill.js</h1><li><p>{PROSE}</p></ul></div></body>")
    assert "Jump" not in text
    assert "sieve" not in text
    assert "mill.js" in text


def test_a_function_that_is_called_like_that_menu_stays() -> None:
    for tag in ("div", "li", "section"):
        assert "line n" in of_main(f"<h1>T</h1><p>{PROSE}</p><{tag} id=jump_to>jump_to(n): goes to line n</{tag}>")


def test_what_gapdoc_sets_around_a_chapter_is_left_out() -> None:
    chapters = "".join(f"<a href=chap{n}.html>{n}</a> " for n in range(3))
    head = f"<div class=chlinktop><span>Goto Chapter: </span>{chapters}</div>"
    steps = "<div class=chlinkprevnexttop><a href=chap0.html>[Top of Book]</a> <a href=b>[Next Chapter]</a></div>"
    contents = "<div class=ChapSects><a href='#a'>1 Gears</a><div><a href='#b'>1.1 Teeth</a></div></div>"
    script = "<p id=mathjaxlink><a href=chap1_mj.html>[MathJax on]</a></p>"
    page = f"<h3>1 Gears</h3><p>{PROSE}</p><h4>1.1 Teeth</h4><p>{PROSE}</p>"
    written = markdown(f"<body>{head}{steps}{script}{contents}{page}{steps}{head}</body>")
    assert written == f"### 1 Gears\n\n{PROSE}\n\n#### 1.1 Teeth\n\n{PROSE}\n"


def test_the_bar_of_valas_manual_is_left_out() -> None:
    steps = "<span><a href=a.html>Prev</a></span><span><a href=c.html>Next</a></span>"
    bar = f"<div class='o-fixedtop c-navbar'><a href=index.html>Contents</a><span>Mill Manual</span>{steps}</div>"
    assert markdown(f"<body>{bar}<h2>Gears</h2><p>{PROSE}</p></body>") == f"## Gears\n\n{PROSE}\n"


def test_the_links_to_the_pages_around_one_of_qdoc_are_left_out() -> None:
    around = (
        "<a class=prevPage href=a.html>Wheels</a><span class=naviSeparator> \u25e6 </span><a href=c.html>Sieves</a>"
    )
    bars = [f"<p class='naviNextPrevious {end}Navi'>{around}</p>" for end in ("header", "footer")]
    assert of_main(f"{bars[0]}<h1>Gears</h1><p>{PROSE}</p>{bars[1]}") == f"# Gears\n\n{PROSE}"


@pytest.mark.parametrize("text", ["Back to index page.", "Return to Main Contents", "back to the table of contents"])
def test_a_link_back_to_the_contents_is_left_out(text: str) -> None:
    for written in ("<a href=i>{}</a>", "<a href=i>{}</a>.", "[ <a href=i>{}</a> ]"):
        assert of_main(f"<h1>T</h1><p>{PROSE}</p><p>{written.format(text)}</p>") == f"# T\n\n{PROSE}"
    assert text in of_main(f"<h1>T</h1><p>{PROSE} Then go <a href=i>{text}</a> and look for it there.</p>")


def test_a_tool_of_pages_that_a_list_of_terms_explains_stays() -> None:
    terms = "<dl><dt><a href=b>Back to index</a><dd>Leaves a page.<dt><a href=v>View source</a><dd>Shows it.</dl>"
    written = of_main(f"<h1>T</h1><p>{PROSE}</p>{terms}")
    assert "Back to index" in written
    assert "View source" in written


def test_a_picture_that_is_hidden_until_a_script_loads_it_is_shown_by_its_noscript() -> None:
    late = "<img alt=Gate data-cfsrc=/gate.png style='display:none;visibility:hidden'>"
    shown = "![Gate](https://docs.example/gate.png)"
    assert of_main(f"<p>{PROSE}</p><p>{late}<noscript><img alt=Gate src=/gate.png></noscript></p>").endswith(shown)
    assert of_main(f"<p>{PROSE}</p><p>{late}</p>") == PROSE


def test_the_advertisements_and_menus_of_amp_are_left_out() -> None:
    around = "<amp-sidebar><ul><li><a href=/>Home</a></ul></amp-sidebar><amp-ad><div placeholder>Loading</div></amp-ad>"
    assert of_main(f"<h1>T</h1>{around}<amp-accordion><section><h2>A</h2><p>{PROSE}</p></section></amp-accordion>") == (
        f"# T\n\n## A\n\n{PROSE}"
    )


def test_the_prompts_beside_the_cells_of_a_notebook_are_left_out() -> None:
    cell = "<div class=jp-InputPrompt>In [1]:</div><div class='highlight hl-ipython3'><pre>x</pre></div>"
    shown = "<div class='jp-OutputPrompt jp-OutputArea-prompt'>Out[1]:</div><pre>42</pre>"
    assert of_main(f"<h1>T</h1>{cell}{shown}") == "# T\n\n```ipython3\nx\n```\n\n```\n42\n```"


@pytest.mark.parametrize("name", ["comments-area", "comment-wrapper", "comments-section"])
def test_what_readers_said_below_a_page_is_left_out(name: str) -> None:
    comments = f"<section class={name}><h2>Comments</h2><div><p>Worked for me.</p></div></section>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{comments}") == f"# T\n\n{PROSE}"
    section = f"<section id={name}><h2>Comments</h2><p>Begin one with a hash.</p></section>"
    assert "with a hash" in of_main(f"<h1>T</h1><p>{PROSE}</p>{section}")


def test_the_running_head_of_an_rfc_is_left_out() -> None:
    head = "<table class=ears><thead><tr><td>RFC 9999</td><td>Mill</td></tr></thead></table>"
    assert of_main(f"{head}<p>{PROSE}</p>") == PROSE


def test_a_navigation_of_nothing_but_a_text_is_read() -> None:
    # Webflow's accordions.
    text = (
        "<div><div>How many may I have?</div><nav class=w-dropdown-list><p>As many as you like, of all.</p></nav></div>"
    )
    assert of_main(f"<p>{PROSE}</p>{text}").endswith("How many may I have?\n\nAs many as you like, of all.")
    for nav in ("<p>No contents of this page</p>", "<p>As many as you like, <a href=/x>of all and more</a>.</p>"):
        assert of_main(f"<p>{PROSE}</p><nav>{nav}</nav>") == PROSE


def test_the_name_of_a_table_of_contents_goes_with_a_box_that_is_called_so() -> None:
    contents = (
        "<div id=toc-container><ul><li><a href=#a>Ovens</a></ul></div><div><h2 id=a>Ovens</h2><a href=#t>Top</a></div>"
    )
    page = f"<h1 id=t>T</h1><h2>Table of Contents</h2>{contents}<p>{PROSE}</p>"
    assert of_main(page) == f"# T\n\n## Ovens\n\n[Top](https://docs.example/guide/page.html#t)\n\n{PROSE}"
    assert of_main(page.replace("#t>", "#top>")) == f"# T\n\n## Ovens\n\n{PROSE}"


def test_the_word_that_opens_a_menu_goes_with_it() -> None:
    menu = "<ul class=menu><li><a href=a>A</a><li><a href=b>B</a><li><a href=c>C</a></ul>"
    for word in ("<div class=trigger>Menu</div>", "<span>\u2630 Toggle navigation</span>"):
        assert of_main(f"<div class=sidemenu>{word}{menu}</div><h1>T</h1><p>{PROSE}</p>") == f"# T\n\n{PROSE}"
    assert "Menus" in of_main(f"<h1>T</h1><p>{PROSE}</p><p>Menus</p>{menu}")
    assert "## Menu" in of_main(f"<h1>T</h1><p>{PROSE}</p><h2>Menu</h2>{menu}<p>{PROSE}</p>")


def test_the_name_of_the_project_above_an_empty_page_of_doxygens_is_none_of_its_content() -> None:
    head = "<div id=top><div id=titlearea><table><tr><td><div id=projectname>Mill 2.0</div></table></div></div>"
    title = "<div class=header><div class=headertitle><div class=title>Mill Documentation</div></div></div>"
    page = f"{head}<div id=doc-content>{title}<div class=contents></div></div>"
    assert markdown(f"<body>{page}</body>") == "# Mill Documentation\n"


def test_a_column_that_only_its_name_for_screen_readers_calls_so_is_left_out() -> None:
    readme = f"<h1>Mill</h1><p>{PROSE}</p><p>{PROSE}</p>"
    facts = "<h3>Weekly Downloads</h3><p>1,234</p><h3>Last publish</h3><p>6 years ago</p>"
    page = f"<main><div id=readme>{readme}</div><div class=w aria-label='Package sidebar'>{facts}</div></main>"
    assert markdown(page) == f"# Mill\n\n{PROSE}\n\n{PROSE}\n"
    assert "Downloads" in markdown(page.replace("Package sidebar", "The sidebar of a page"))
    assert "Downloads" in markdown(page.replace(readme, "<h1>Mill</h1>"))


def test_what_go_says_of_a_package_beside_its_documentation_is_left_out() -> None:
    head = "<div class='go-Main-headerDetails'><a href='?tab=importedby'>Imported by: 1,234</a></div>"
    beside = "<aside class=go-Main-aside><div class=UnitMeta><h2>Details</h2><ul><li>Valid go.mod</ul></div></aside>"
    page = (
        f"<main><header>{head}<h1>http</h1></header>{beside}<article><h2>Overview</h2><p>{PROSE}</p></article></main>"
    )
    assert markdown(page) == f"# http\n\n## Overview\n\n{PROSE}\n"


def test_a_page_that_is_called_contents_keeps_its_title_below_the_name_of_the_site() -> None:
    page = "<h1>Contents</h1><nav><a href=a>Mills</a> <a href=b>Ovens</a></nav>"
    assert "# Contents\n" in of_main(f"<h1>Site</h1>{page}<p>{PROSE}</p>")


@pytest.mark.parametrize("tag", ["div", "map", "span"])
def test_signs_between_links_to_the_pages_around_leave_with_them(tag: str) -> None:
    bar = f"<{tag}>[<a href=/t>Top</a>] [<a href=/n>Next</a>]</{tag}>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{bar}") == f"# T\n\n{PROSE}"
