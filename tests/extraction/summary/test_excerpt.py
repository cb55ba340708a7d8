from __future__ import annotations

import pytest
from tests.extraction.reading import PARAGRAPH, PROSE, extracted, lead, read


def test_the_lead_passes_over_notes_code_and_lists_of_links() -> None:
    said = lead(
        "<p><a href=/a>A link that is as long as a sentence would be here</a></p>"
        "<div class=admonition><p>A warning that is long enough to pass for the first sentence.</p></div>"
        "<pre>code that is long enough to pass for the first sentence of it</pre>"
        "<p>It works with most systems, e.g. Debian, and needs no set-up. The rest follows.</p>"
    )
    assert said == "It works with most systems, e.g. Debian, and needs no set-up."


def test_a_link_with_half_of_the_page_is_no_card() -> None:
    assert lead(f"<a href=index.html><p>{PROSE}</p><p>{PARAGRAPH}</p>") == PROSE


@pytest.mark.parametrize("href", ["page.html", "https://docs.example/guide/page.html#more", "#more"])
def test_a_link_to_the_page_itself_is_no_card(href: str) -> None:
    code = f"<pre>{'make harbour ' * 50}</pre>"
    assert lead(f"<a href={href}><div><p>{PROSE}</p></div></a>{code}") == PROSE
    assert not lead(f"<a href=other.html><div><p>{PROSE}</p></div></a>{code}")


NO_LEADS = {
    "a cell": "<table><tr><th>Name<th>Meaning<tr><td>port<td>The number of the port that the server hears on.</table>",
    "a signature": "<p class='sig sig-object'>connect(address, *, timeout=30, retries=3) returns Connection</p>",
    "a declaration of Haddock's": "<p class=src>class Field s t a b | s -> a, t -> b, s b -> t, t a -> s</p>",
    "a listing of Doxygen's": "<div class=fragment><div class=line>/* Sends what was kept until now. */</div></div>",
    "a term": "<dl><dt>connect(address, *, timeout=30, retries=3) returns a Connection.</dt></dl>",
    "code": "<p><code>pip install thing and then thing --version --verbose</code></p>",
}


@pytest.mark.parametrize("name", NO_LEADS)
def test_a_cell_a_signature_and_code_are_no_lead(name: str) -> None:
    assert lead(NO_LEADS[name]) == ""
    assert lead(f"{NO_LEADS[name]}<p>{PARAGRAPH}</p>") == PARAGRAPH


def test_a_table_that_lays_out_the_page_holds_the_lead() -> None:
    assert lead(f"<table><tr><td><h2>Part</h2><p>{PARAGRAPH}</p></table>") == PARAGRAPH


def test_a_short_sentence_is_the_lead_where_there_is_no_longer_one() -> None:
    assert lead("<p>Install</p><p>It answers requests.</p>") == "It answers requests."
    assert lead(f"<p>It answers requests.</p><p>{PARAGRAPH}</p>") == PARAGRAPH


def test_a_banner_before_the_title_and_an_imprint_are_no_lead() -> None:
    banner = "<div class=tagline>Small. Fast. Reliable. Choose any three of these.</div>"
    page = (
        f"<body>{banner}<h1>T</h1><p>Copyright \u00a9 1996\u20132026 The Development Group, all of them.</p>{{}}</body>"
    )
    assert read(page.format(f"<p>{PARAGRAPH}</p>")).extract.lead == PARAGRAPH


def test_of_titles_below_the_pages_own_none_is_where_the_text_begins() -> None:
    parts = f"<p>{PARAGRAPH}</p><h1>Types</h1><p>Another text that is long enough to be a lead.</p>"
    assert read(f"<title>sets</title><h1>sets</h1><main>{parts}</main>").extract.lead == PARAGRAPH


def test_text_before_a_block_is_a_paragraph() -> None:
    block = f"{PARAGRAPH} It runs as a service of the system. <p>Another paragraph, of the same block, is here.</p>"
    assert lead(f"<div class=block>{block}</div>") == PARAGRAPH


def test_what_begins_as_a_note_is_one() -> None:
    assert lead(f"<p>Note: This is a draft, in which much may change.</p><p>{PARAGRAPH}</p>") == PARAGRAPH


def test_a_table_of_other_elements_holds_no_lead() -> None:
    other = "The package beside this one, of which it says much more than this one does of itself, by far."
    table = f"<div class=summary-table><div class=col-last><div class=block>{other}</div></div></div>"
    assert lead(f"<div class=block>{PARAGRAPH}</div>{table}") == PARAGRAPH


def test_the_texts_after_the_lead_are_kept_for_pages_that_begin_alike() -> None:
    texts = [f"Text number {number} of the page is long enough to be a lead." for number in range(5)]
    html = "".join(f"<p>{text} The rest.</p>" for text in texts)
    extract = read(f"<main><h1>T</h1>{html}</main>").extract
    assert (extract.lead, extract.more_leads) == (texts[0], (texts[1], texts[2]))


def test_a_sentence_of_a_list_or_of_a_note_is_better_than_none() -> None:
    assert lead(f"<ul><li>{PARAGRAPH}</ul>") == PARAGRAPH
    assert lead(f"<aside><p>{PARAGRAPH}</p></aside>") == PARAGRAPH
    assert lead(f"<ul><li>An item that is long enough but is no sentence</ul><p>{PARAGRAPH}</p>") == PARAGRAPH


def test_a_chinese_sentence_says_more_in_as_many_columns_than_others() -> None:
    first, second = (
        "控制台是 Hexo 与开发者之间沟通的桥梁。",
        "在函数中会传入 args 参数，此参数是使用者在终端中所传入的参数，是一个对象。",
    )
    assert lead(f"<p>{first}</p><p>{second}</p>") == first
    assert lead(f"<p>参见下文。</p><p>{second}</p>") == second
    first, second = (
        "コンソールは橋渡しをします。",
        "関数には引数が渡されます。この引数は端末で入力された引数を解析したものです。",
    )
    assert lead(f"<p>{first}</p><p>{second}</p>").startswith("関数")


@pytest.mark.parametrize(
    "beside",
    [
        "หมายเหตุ: หน้านี้ใช้กับรุ่นที่สามเท่านั้น โปรดตรวจสอบรุ่นของคุณก่อนอ่านต่อ",
        "تنبيه: هذه الصفحة تخص الإصدار الثالث فقط، فتحقق من إصدارك أولاً.",
        "This manual is free software; you may redistribute it under the terms of the General Public License.",
        "This book is free; you may redistribute it and/or modify it under the terms of the General Public License.",
        "A copy of the GNU General Public License is available in the distribution.",
        "by Ada Lovelace and Charles Babbage, with contributions from the community",
    ],
)
def test_a_note_terms_and_a_byline_come_after_what_is_said_of_the_page(beside: str) -> None:
    assert lead(f"<p>{beside}</p><p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"<p>{beside}</p>").startswith(beside[:30])


def test_names_alone_are_no_lead() -> None:
    names = "<li>org.thing.Client (implements org.thing.base.Connection, java.io.Serializable)</li>"
    assert lead(f"<ul>{names}</ul>") == ""
    assert lead("<p>設定は起動時にconfig.tomlから読み込まれ、どの値も上書きできます。</p>").endswith("上書きできます。")


def test_what_announces_a_list_comes_after_a_sentence() -> None:
    announced = "In the following parts of this chapter we discuss:"
    assert lead(f"<p>{announced}</p><ul><li>parts</ul><p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"<p>{announced}</p>") == announced


def test_a_piece_of_the_sentence_that_announces_a_list_is_no_lead_beside_that() -> None:
    announced = "The names of all of the mills by the river consist of:"
    piece = "the system that maps the names of mills to their addresses."
    assert lead(f"<p>{announced}</p><ul><li><p>the names, and</p><li><p>{piece}</p></ul>") == announced
    assert lead(f"<ul><li><p>{piece}</p></ul>") == piece


def test_a_call_alone_is_no_lead() -> None:
    assert lead("<ul><li>date(time-value, modifier, modifier, and so on...)</ul>") == ""
    sentence = "这是一个用于构建文档网站的静态站点生成器(static site generator)"
    assert lead(f"<p>{sentence}</p>") == sentence


def test_a_quotation_at_the_beginning_is_the_lead_of_a_home_page() -> None:
    items = "<ul><li><p>Extensions: automatic testing, and much more functionality via other packages.</p></ul>"
    assert lead(f"<blockquote><p>{PARAGRAPH}</p></blockquote>{items}") == PARAGRAPH


@pytest.mark.parametrize(
    "html",
    [
        f"<main><h1>T</h1>{PARAGRAPH}<br><br>More of it.</main>",
        f"<main><div><h1>T</h1><hr>{PARAGRAPH}</div></main>",
        f"<body><h1>T</h1>\n{PARAGRAPH}\n<ul><li>a</ul>",
    ],
)
def test_a_text_without_a_paragraph_around_it_is_a_lead(html: str) -> None:
    assert read(html).extract.lead == PARAGRAPH


@pytest.mark.parametrize("name", ["byline", "deprecated", "versionchanged"])
def test_a_line_beside_the_text_is_no_lead_where_there_is_another(name: str) -> None:
    beside = "<p>Written in the spring of the year, and changed twice since.</p>"
    assert lead(f"<div class={name}>{beside}</div><p>{PARAGRAPH}</p>") == PARAGRAPH


@pytest.mark.parametrize(
    "html",
    [
        f"<main>Menu Search Skip to the main content of it all now<h1>T</h1><p>{PARAGRAPH}</main>",
        f"<main><h1>T</h1>Share this page with your friends on the networks.<p>{PARAGRAPH}</main>",
        f"<main><h1>T</h1><ul><li><h3>Card</h3>Card text that is long enough for one.</ul><p>{PARAGRAPH}</main>",
    ],
)
def test_a_paragraph_goes_before_a_text_without_one(html: str) -> None:
    assert read(html).extract.lead == PARAGRAPH


@pytest.mark.parametrize(
    "html",
    [
        "<body><h1>Mill</h1>{}<p>Turn it by hand where no wind blows.<p>Clean it every week.",
        "<body><a name=top><h1>Mill</h1></a><hr>{}<p/>Turn it by hand where no wind blows.",
        "<body><center><h1>Mill</h1></center>{}<h2>Use</h2><p>Turn it by hand where no wind blows.",
        "<body><h1>Mill</h1><ul><li><a href=#use>Use</a></ul><blockquote>{}<p>Turn it by hand.</blockquote>",
        "<body><h2>Mill</h2><h3>Parts</h3><ul><li><pre>A</pre></ul><h3>Use</h3>{}<h3>Care</h3><p>Turn it by hand.",
    ],
)
def test_a_long_text_right_behind_a_heading_is_the_lead_without_a_paragraph_around_it(html: str) -> None:
    first = "A mill grinds corn between two stones, of which the upper one turns while the lower one rests below it."
    assert read(html.format(first)).extract.lead == first


def test_a_line_behind_the_title_that_nothing_but_the_body_holds_is_one_of_a_paragraph() -> None:
    rest = "<h2>Notes</h2><p>All routines of the mill are safe, and none of them stops the wind.</p>"
    line = "Puts corn into the hopper of the mill on the hill"
    assert read(f"<body><h1>Mill</h1>\n{line}\n{rest}").extract.lead == line
    # In a box of its own it may as well be a slogan.
    assert read(f"<body><div><h1>Mill</h1>{line}</div>{rest}").extract.lead != line


@pytest.mark.parametrize(
    "html",
    [
        "<main><h1>T</h1><a href=/a>One link that is long</a> <a href=/b>Another link that is as long.</a></main>",
        "<main><h1>T</h1><code>pip install thing and then thing --version --verbose</code></main>",
        "<main><pre><h1>T</h1>int main(void) and more of code that is here to stay.</pre></main>",
    ],
)
def test_links_and_code_without_a_paragraph_are_no_lead(html: str) -> None:
    assert read(html).extract.lead == ""


DEFINED = "<dl><dt>path</dt><dd><p>The file path that the page is written to, without its ending.</p></dd></dl>"


def test_a_short_summary_goes_before_what_a_parameter_means() -> None:
    assert lead(f"<p>A page of the book.</p><h2>Attributes</h2>{DEFINED}") == "A page of the book."
    assert lead(f"<p>A page of the book.</p><h2>Attributes</h2>{DEFINED}<p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"<h2>Attributes</h2>{DEFINED}").startswith("The file path")


def test_what_documents_a_declaration_is_no_definition() -> None:
    declared = f"<dl class=py><dt class=sig>class Page(path)</dt><dd><p>{PARAGRAPH}</p>{DEFINED}</dd></dl>"
    assert lead(f"<p>A short sentence.</p>{declared}") == PARAGRAPH


@pytest.mark.parametrize("part", ["<h2>T</h2>{}", "<ul><li>{}</ul>", "<dl><dt>a<dd>{}</dl>", "<aside>{}</aside>"])
def test_what_is_said_of_parts_of_the_page_is_told_apart_from_its_beginning(part: str) -> None:
    other = "Another sentence that is long enough, about a part of the page."
    extract = read(f"<main><h1>T</h1><p>{PARAGRAPH}</p>{part.format(f'<p>{other}</p>')}</main>").extract
    assert (extract.lead, extract.more_leads, extract.part_leads) == (PARAGRAPH, (), (other,))


@pytest.mark.parametrize(
    "line",
    [
        "Image Source: Wikipedia License CC-BY-SA 3.0",
        "Ada Lovelace, Charles Babbage, Luigi Menabrea, Mary Somerville",
    ],
)
def test_a_line_of_names_comes_after_a_sentence(line: str) -> None:
    assert lead(f"<p><em>{line}</em></p><p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"<p>{line}</p><h2>Welcome!</h2><p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"<p>{line}</p>") == line


def test_a_line_without_a_stop_comes_after_a_sentence_beside_it_but_not_after_one_of_a_part() -> None:
    line = "Sets up the server and all that it needs to run"
    assert lead(f"<p>{line}</p><p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"<p>{line}</p><h2>Part</h2><p>{PARAGRAPH}</p>") == line
    assert lead(f"<p>{line}</p><ul><li>{PARAGRAPH}</ul>") == line
    announced = "A server of the project may be set up in one of these ways, of which each has a merit:"
    assert lead(f"<p>{announced}</p><p>{PARAGRAPH}</p>") == announced


@pytest.mark.parametrize("code", ["<pre>x = 1</pre>", "<div class=highlight><pre><span>x</span> = 1</pre></div>"])
def test_the_rest_of_a_sentence_behind_code_is_no_lead(code: str) -> None:
    rest = "which sets the number of servers that are started at once."
    assert lead(f"<p>Write</p>{code}<p>{rest}</p><p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"{code}<p>W{rest[1:]}</p><p>{PARAGRAPH}</p>") == f"W{rest[1:]}"
    assert lead(f"{code}<p>Short.</p><p>{rest}</p>") == rest


@pytest.mark.parametrize(
    "beside",
    [
        *(
            "Achtung: Die Seite ist veraltet, und niemand pflegt sie.",
            "Uwaga! Ta strona jest stara i nikt jej nie czyta.",
        ),
        *(
            "Lưu ý: Trang này đã cũ và không ai còn đọc nó nữa.",
            "温馨提示：本页内容已经过时，请阅读新的文档，谢谢您的理解。",
        ),
        *("ملاحظة: هذه الصفحة قديمة ولا يقرأها أحد الآن.", "Σημείωση: Αυτή η σελίδα είναι παλιά και δεν διαβάζεται."),
        "Dieses Handbuch ist freie Software, Sie können es unter der GNU General Public License weitergeben.",
    ],
)
def test_a_note_and_terms_in_another_language_come_after_the_text(beside: str) -> None:
    assert lead(f"<p>{beside}</p><p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"<p>{beside}</p>")


@pytest.mark.parametrize(
    "mark",
    [
        '<a href="#fn11" class="footnote-ref"><sup>11</sup></a>',
        '<sup id="fnref:1"><a href="#fn:1">1</a></sup>',
        '<a class="footnote-reference brackets" href="#id2">[2]</a>',
        '<sup class="footnote">[<a id="_ref_1" href="#_def_1">1</a>]</sup>',
    ],
)
def test_the_mark_of_a_footnote_is_none_of_the_lead(mark: str) -> None:
    assert lead(f"<p>{PARAGRAPH[:-1]}{mark}. More.</p>") == PARAGRAPH
    assert lead(f"<p>{PARAGRAPH}{mark} More.</p>") == PARAGRAPH


def test_an_exponent_and_a_short_link_stay_in_the_lead() -> None:
    text = "It takes n<sup>2</sup> steps on a page of <a href=#a>A</a> to Z, and no more."
    assert lead(f"<p>{text}</p>") == "It takes n^2 steps on a page of A to Z, and no more."


@pytest.mark.parametrize("target", ["#top", "/foo"])
def test_a_link_around_a_whole_page_is_no_card(target: str) -> None:
    assert extracted(f"<main><a href='{target}'><h1>T</h1><p>{PROSE}</p></a></main>").lead == PROSE


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Definition at line <a href=a>706</a> of file <a href=b>type_traits</a>.</p>",
        "<p>Author: Miller of the mill, by the river &lt;m@mill.example&gt;</p>",
        '<p>(The "BSD license") Copyright (c) 2011 Ann Miller and Bob Baker. All rights.</p>',
        "<p>Mill version 5.2.8 - Last updated: 2022-12-06 21:49:18 UTC</p>",
        "<ul><li><span class=summary_signature><a href=a>#turn</a>(speed) \u21d2 Wheel or something.</span></ul>",
        "<div class=compoundTemplParams>template&lt;typename T&gt; struct is_const&lt; T &gt; of all.</div>",
    ],
)
def test_who_wrote_it_where_it_stands_and_a_signature_are_no_lead(beside: str) -> None:
    assert lead(beside) == ""
    assert lead(f"{beside}<p>{PARAGRAPH}</p>") == PARAGRAPH


def test_a_motto_is_no_lead() -> None:
    motto = "<blockquote><p>&quot;Mills of gods grind slowly, but they grind well.&quot; -- A. N.</p></blockquote>"
    assert lead(f"{motto}<h2>About</h2><p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"<blockquote><p>{PARAGRAPH}</p></blockquote><p>{PROSE}</p>") == PARAGRAPH


def test_a_quotation_that_begins_with_a_word_in_quotation_marks_is_no_motto() -> None:
    text = "\u201cMill\u201d is a tool that grinds whatever one gives it, be it grain or files."
    assert lead(f"<blockquote><p>{text}</p></blockquote><p>{PROSE}</p>") == text


def test_a_declaration_that_an_item_begins_with_is_no_excerpt() -> None:
    code = "<code>def grind[A](corn: A)(implicit stones: Stones[A]): Flour</code>"
    item = f"<li>{code}<p>Grinds corn into flour, however coarse the stones that are in use are.</p></li>"
    assert extracted(f"<main><h1>Mill</h1><ol>{item}</ol></main>").lead.startswith("Grinds corn into flour")


def test_who_wrote_a_page_of_asciidoctors_and_its_version_are_no_excerpt() -> None:
    details = (
        "<div class=details><span id=author class=author>Ada Miller, Ben Sawyer, The Mill Framework Team</span><br>"
        "<span id=revnumber>version 2.4</span></div>"
    )
    head = f"<body class=article><div id=header><h1>Mill Reference</h1>{details}</div>"
    assert extracted(f"{head}<div id=content><ul><li><a href=a.html>Sails</a></ul></div>").lead == ""
    assert extracted(f"{head}<div id=content><div class=details><p>{PROSE}</p></div></div>").lead == PROSE


def test_what_codox_says_of_a_function_or_of_another_namespace_is_no_excerpt() -> None:
    doc = "<div class=doc><pre class=plaintext>Takes corn from a sack, and gives flour to another one.</pre></div>"
    functions = (
        f"<div class='public anchor'><h3>grind</h3>{doc}</div><div class='public anchor'><h3>sift</h3>{doc}</div>"
    )
    page = f"<div class=namespace-docs id=content><h1>mill.core</h1>{{}}{functions}</div>"
    assert extracted(page.format("")).lead == ""
    assert extracted(page.format(doc.replace("Takes", "It takes"))).lead.startswith("It takes corn")
    listed = f"<div class=namespace><h3><a href=core.html>mill.core</a></h3>{doc}</div>"
    assert extracted(f"<div class=namespace-index id=content><h1>Mill</h1>{listed}</div>").lead == ""


def test_by_whom_a_manual_of_asciidoctor_is_says_nothing_of_it() -> None:
    authors = "<span class=author>Ann Miller, Bob Baker, The Mill Framework Team</span>"
    details = f"<div class=details>{authors} version 2.4</div>"
    page = f"<body class=article><div id=header><h1>Mill</h1>{details}</div><div id=content>{{}}</div></body>"
    assert extracted(page.format("<ol><li><a href=a.html>Introduction</a><li><a href=b.html>Use</a></ol>")).lead == ""
    assert extracted(page.format(f"<p>{PROSE}</p>")).lead == PROSE


def test_what_codox_says_of_a_namespace_is_text_though_its_lines_are_kept() -> None:
    def said(text: str, names: str = "plaintext") -> str:
        doc = f"<div class=doc><pre class={names}>{text}</pre></div>"
        usage = "<div class=usage><code>(run-mill handler)</code></div>"
        return extracted(f"<div id=content><h1>mill.core</h1>{doc}<h3>run-mill</h3>{usage}</div>").lead

    assert said("An adapter that uses the mill\nthat is embedded.\n\nOther things.") == (
        "An adapter that uses the mill that is embedded."
    )
    # Its own before a longer one of a function, and none where it is code.
    longer, own = (f"<div class=doc><pre class=plaintext>{text}</pre></div>" for text in (PROSE, PARAGRAPH))
    assert extracted(f"<div id=content><h1>mill.dump</h1>{own}<h3>dump</h3>{longer}</div>").lead == PARAGRAPH
    assert said("An adapter that uses the mill.", "deps") == ""
    listed = f"<div class=namespace><h3><a href=mill.html>mill</a></h3>{longer}</div>"
    assert extracted(f"<div class=namespace-index id=content><h1>Mill</h1>{listed}</div>").lead == ""


def test_a_short_first_sentence_comes_before_what_announces_a_list() -> None:
    announced = "<h2>Use</h2><p>Two arguments will be passed into the render function:</p><ul><li>data</ul>"
    assert lead(f"<p>A renderer renders content.</p>{announced}") == "A renderer renders content."
    assert lead(f"<p>A renderer renders content.</p>{announced}<p>{PARAGRAPH}</p>") != "A renderer renders content."
    result = "<h2>Result</h2><p>The content.</p><h2>More</h2><p>It is the same as render. Two ways to call it are:</p>"
    assert lead(f"<h2>Declaration</h2><pre>render()</pre>{result}").startswith("It is the same as render.")


def test_who_is_quoted_is_no_lead() -> None:
    who = "\u2014The Walrus and the Carpenter \u2013 Lewis Carroll"
    quoted = f"<blockquote><p>The time has come</p><p>{who}</p></blockquote>"
    assert lead(f"{quoted}<p>{PARAGRAPH}</p>") == PARAGRAPH
    assert lead(f"{quoted}<h2>About</h2><dl><dt>Mill<dd>{PARAGRAPH}</dl>") == PARAGRAPH
