from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from tests.extraction.reading import PROSE, URL, of_main
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.extract import extract

COMMONMARK = MarkdownIt("commonmark").enable("strikethrough")


def test_tables_stay_tables() -> None:
    table = (
        "<table><thead><tr><th>K</th><th>V</th></tr></thead><tr><td><code>a|b</code></td><td>x<br>y</td></tr></table>"
    )
    assert of_main(table) == "| K | V |\n| --- | --- |\n| `a\\|b` | x y |"


def test_links_are_absolute_and_lead_somewhere() -> None:
    html = "<p><a href='../x y.html#a'>x</a> <a href='javascript:alert(1)'>js</a> <a name=n></a><a href=/z(1)>z</a></p>"
    assert of_main(html) == "[x](https://docs.example/x%20y.html#a) js [z](https://docs.example/z%281%29)"


def test_an_image_without_a_text_is_left_out() -> None:
    images = "<img src=/JUNK.png alt=''><img src='data:image/png;base64,JUNK' alt=''>"
    text = of_main(f"<h1>T</h1><p>{PROSE}</p>{images}<p>The end.</p>")
    assert text == f"# T\n\n{PROSE}\n\nThe end."


HOSTILE = [
    ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "\\<script>alert(1)\\</script>"),
    ("<p>a ` b <code>&lt;script&gt;</code></p>", "a \\` b `<script>`"),
    ("<p>[x](javascript:alert(1))</p>", "[x\\](javascript:alert(1))"),
    ("<p>[x]: http://evil.example</p>", "[x\\]: http://evil.example"),
    ("<p>a\n# b\n===\n- c</p>", "a # b === - c"),
    ("<p>a<br># b</p>", "a\n\\# b"),
    ("<p>```</p>", "\\`\\`\\`"),
    ("<p>&amp;lt;b&amp;gt;</p>", "\\&lt;b\\&gt;"),
    ("<p>a\u200bb\u202ec\u0007d\U000e0041\ue000e</p>", "abcde"),
    ("<pre>a\u202eb\u200b\u0000c</pre>", "```\nabc\n```"),
]


@pytest.mark.parametrize(("html", "text"), HOSTILE)
def test_text_cannot_become_markup(html: str, text: str) -> None:
    assert of_main(html).replace("  \n", "\n") == text


SAID = [
    ("<p><b><code>-c </code><var>code</var></b> or<code> -d</code></p>", "**`-c` code** or `-d`"),
    ("<p>Press <button>Save</button> to keep it.</p>", "Press Save to keep it."),
    ("<h2><button>What is it?</button></h2>", "## What is it?"),
    ("<div><button>Subscribe</button></div><p>x</p>", "x"),
    ("<p><a href=#r class=lightbox-link><img src=/g.png alt=G></a></p>", "![G](https://docs.example/g.png)"),
    ("<p>a <a href=/g.png><img src=/g.png alt=G></a></p>", "a ![G](https://docs.example/g.png)"),
    (
        "<p>a <a href=/big.png><img src=/g.png alt=G></a></p>",
        "a [![G](https://docs.example/g.png)](https://docs.example/big.png)",
    ),
    ("<p>a</p><div role=img aria-label='A chart'></div>", "a\n\nA chart"),
    ("<p>1.0.0 &middot; <a class=headerlink href=#x>#</a></p>", "1.0.0"),
    ("<p><span>1.0.0 &middot; <a class=headerlink href=#x>#</a> &middot; </span></p>", "1.0.0"),
    ("<p>In Morse, I is &middot; &middot;</p>", "In Morse, I is · ·"),
    ("<p><ruby>漢字<rt>かんじ</rt></ruby></p>", "漢字(かんじ)"),
    ("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>", "漢(かん)"),
    ("<p>He said <q>no</q>.</p>", "He said “no”."),
    ("<p><code>a</code><code>b</code> <kbd>Ctrl</kbd>+<kbd>C</kbd></p>", "`ab` `Ctrl`+`C`"),
    ("<p><code><a href=/s>str</a></code></p>", "[`str`](https://docs.example/s)"),
    ("<p><b>a</b><b>b</b> <b> c </b>d<i>e</i></p>", "**ab** **c** d*e*"),
    ("<p>f<b>(x)</b>y <b>Note:</b> z</p>", "f(x)y **Note:** z"),
    (
        "<p><a href=/x>Request[T</a> <a href=/y>a[b]</a></p>",
        "[Request\\[T](https://docs.example/x) [a[b]](https://docs.example/y)",
    ),
    ("<h2>A<a class=anchor href='#a'>link</a> of <a href=/b>B</a></h2>", "## Alink of [B](https://docs.example/b)"),
    (
        "<p><span>[x]</span><span>(javascript:alert(1))</span> &lt;<span>b&gt;</span></p>",
        "[x\\](javascript:alert(1)) \\<b>",
    ),
    ("<p>C:\\temp \\* \\(</p>", "C:\\temp \\\\* \\\\("),
]


@pytest.mark.parametrize(("html", "text"), SAID)
def test_what_characters_mean_is_kept(html: str, text: str) -> None:
    assert of_main(html) == text


PICTURES = [
    "<img alt=Gate src='data:image/gif;base64,AA==' data-src=/gate.png>",
    "<img alt=Gate class=lazy data-original=/gate.png>",
    "<img alt=Gate srcset='/small.png 1x, /gate.png 2x'>",
    "<img alt=Gate srcset='/gate.png 800w, /small.png 400w'>",
    "<picture><source srcset=/gate.png><img alt=Gate src=/img/placeholder.svg></picture>",
    "<img alt=Gate src='data:,' data-ll-src=/gate.png>",
    "<img alt=Gate src='data:,' data-img-src=/gate.png>",
    "<img alt=Gate src='data:,' data-image=/gate.png>",
    "<img alt=Gate src='data:,' data-flickity-lazyload=/gate.png>",
    "<amp-img alt=Gate src=/gate.png></amp-img>",
    "<picture><img style='opacity:0'></picture><noscript><picture><img alt=Gate src=/gate.png></picture></noscript>",
    "<img alt=Gate src='data:,'><noscript><img alt=Gate src=/gate.png></noscript>",
    "<img alt=Gate src='data:,' data-original-src=/gate.png>",
    "<img alt=Gate src='data:,' data-actualsrc=/gate.png>",
    "<img alt=Gate src='data:,' data-src-retina=/gate.png>",
    "<img alt=Gate src=/gate.png data-src-retina=/gate@2x.png>",
    "<img alt=Gate src='data:,' data-lazy-srcset='/small.png 1x, /gate.png 2x'>",
    "</p><img alt=Gate src='data:,'><noscript><figure><img alt=Gate src=/gate.png></figure></noscript>",
    "</p><img alt=Gate src='data:,'><noscript><p><img alt=Gate src=/gate.png></p></noscript>",
    "<b><img alt=Gate src='data:,'></b><noscript><span><img alt=Gate src=/gate.png></span></noscript>",
    "<noscript><img alt=Gate src=/gate.png></noscript><img alt=Gate data-src=/gate.png>",
    "<noscript><img alt=Gate src=/gate.png></noscript><img alt=Gate class=lazy>",
]


@pytest.mark.parametrize("html", PICTURES)
def test_a_picture_has_the_address_that_the_page_shows(html: str) -> None:
    assert of_main(f"<p>{PROSE}</p><p>{html}</p>") == f"{PROSE}\n\n![Gate](https://docs.example/gate.png)"


@pytest.mark.parametrize(
    "pattern", ["<img alt=Gate class=lazy>{}", "<img alt=Gate src='data:,'>{}", "{}<img alt=Gate>"]
)
def test_late_pictures_in_a_row_may_have_one_description(pattern: str) -> None:
    row = "".join(pattern.format(f"<noscript><img alt=Gate src=/{name}.png></noscript>") for name in "ab")
    pictures = "![Gate](https://docs.example/a.png)![Gate](https://docs.example/b.png)"
    assert of_main(f"<p>{PROSE}</p><p>{row}</p>") == f"{PROSE}\n\n{pictures}"


def test_a_late_picture_keeps_its_link_and_its_caption() -> None:
    late = "<noscript><a href=/big.png><img alt=Gate src=/gate.png></a></noscript>"
    link = "[![Gate](https://docs.example/gate.png)](https://docs.example/big.png)"
    assert of_main(f"<p>{PROSE}</p><p><img alt=Gate src='data:,'>{late}</p>") == f"{PROSE}\n\n{link}"
    figure = "<noscript><figure><img src=/gate.png><figcaption>The gate</figcaption></figure></noscript>"
    assert of_main(f"<p>{PROSE}</p>{figure}") == f"{PROSE}\n\n![](https://docs.example/gate.png)\n\nThe gate"
    assert of_main(f"<p>{PROSE}</p><noscript><img src=/pixel.png><p>Text</p></noscript>") == PROSE
    counter = "<a href=https://counter.example/><img alt=analytics src=https://counter.example/1/></a>"
    assert of_main(f"<p>{PROSE}</p><noscript><div>{counter}</div></noscript>") == PROSE
    pixel = "<img alt=Matomo src=https://counter.example/matomo.php>"
    for tag in ("p", "span"):
        assert of_main(f"<p>{PROSE}</p><noscript><{tag}>{pixel}</{tag}></noscript>") == PROSE


def test_a_picture_without_a_description_stays_where_a_caption_has_it() -> None:
    figure = "<figure><img src=/gate.png{}><figcaption>{}</figcaption></figure>"
    for alt in ("", " alt=''"):
        assert of_main(figure.format(alt, "The gate")) == "![](https://docs.example/gate.png)\n\nThe gate"
    assert of_main(f"<p>{PROSE}</p><img src=/gate.png>{figure.format('', '')}") == PROSE


def test_a_picture_of_no_address_is_its_text() -> None:
    for image in (
        "<img alt=Gate>",
        "<img alt=Gate src=''>",
        "<img alt=Gate src='#'>",
        "<img alt=Gate src='page.html'>",
    ):
        assert of_main(f"<p>{image}</p>") == "Gate"


def test_an_obfuscated_address_hides_no_markup() -> None:
    hidden = bytes(byte ^ 7 for byte in "<\u200bb>@x.example".encode())
    assert of_main(f'<p><span data-cfemail="07{hidden.hex()}">x</span></p>') == "\\<b>@x.example"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<i>&lt;</i>script>", "\\<script>"),
        ("&lt;<i>?</i>php", "\\<?php"),
        ("a<i>&amp;</i>lt;", "a\\&lt;"),
        ("[x]<i>(</i>y)", "[x\\](y)"),
        ("[x<i>]</i>a <i>a[i]</i>b", "[x]a a[i]b"),
        ("x &lt;<sup>!</sup>--", "x \\<!--"),
        ("x &lt;<sup></sup>!-- &lt;<code> </code>b>", "x \\<!-- < b>"),
        ("x&lt;<code>&#8203;</code>b>", "x\\<b>"),
        ("x <sup>[2]</sup>", "x [2]"),
        ("x <i>a*</i><i>b</i>", "x a*b"),
        ("x<b><code>a</code></b><code>b</code>", "x`a` `b`"),
        ("x<i>, <code>a</code></i><code>b</code>", "x, `a` `b`"),
    ],
)
def test_an_element_without_marks_makes_no_markup_with_what_is_beside_it(written: str, expected: str) -> None:
    assert of_main(f"<p>{written}</p>") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Wow!{}<a href=/x>a link</a>", "Wow\\![a link](https://docs.example/x)"),
        ("x{}<b>, y</b>", "x, y"),
        ("x{}<sup>2</sup>", "x^2"),
    ],
)
@pytest.mark.parametrize("nothing", ["<img src=/x.png>", "<b></b>", "<sup></sup>", "<time></time>"])
def test_elements_without_a_text_do_not_hide_what_is_before_them(nothing: str, written: str, expected: str) -> None:
    assert of_main(f"<p>{written.format(nothing * 4)}</p>") == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("![", "!\\["),
        ("]a[", "\\]a\\["),
        ("x](y)[<b>z]</b>", "x\\](y)\\[**z\\]**"),
        ("Request[T]", "Request[T]"),
        ("a[b][c]", "a\\[b\\]\\[c\\]"),
        ("![x](http://other.example)", "!\\[x\\](http://other.example)"),
        ("<sup>[2]</sup>", "[2]"),
        ("<code>a[</code>", "`a[`"),
        ("x] <img src=/i.png alt='a]'>", "x\\] ![a\\]](https://docs.example/i.png)"),
    ],
)
def test_the_brackets_of_a_link_that_are_not_in_pairs_are_escaped(label: str, expected: str) -> None:
    assert of_main(f"<p>See <a href=/x>{label}</a></p>") == f"See [{expected}](https://docs.example/x)"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>See <a href=/y><svg><title>Gear</title></svg></a>.</p>", "See [Gear](https://docs.example/y)."),
        ("<p>See <a href=/y aria-label='[Gear]'><i></i></a>.</p>", "See [\\[Gear\\]](https://docs.example/y)."),
        ("<p>See <a href=/y title=Gear><i class=icon></i></a>.</p>", "See [Gear](https://docs.example/y)."),
        ("<p>Press <i role=img aria-label=Gear></i> to open.</p>", "Press Gear to open."),
        ("<p>Lift-off <span role=img aria-label=rocket>\U0001f680</span> now.</p>", "Lift-off \U0001f680 now."),
    ],
)
def test_an_icon_in_a_sentence_is_read_by_its_name(html: str, text: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\n{text}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<i>char *s</i> and <b>2*3*4</b>", "*char \\*s* and **2\\*3\\*4**"),
        ("<i>2 * 3</i> <b>f(<code>*a</code>, *b)</b>", "*2 * 3* **f(`*a`, \\*b)**"),
        ("<b><a href=/x>a *b</a></b>", "**[a \\*b](https://docs.example/x)**"),
        ("<del>a ~~b</del> ~~c~~", "~~a \\~\\~b~~ \\~\\~c\\~\\~"),
        ("2<i>x</i>*3", "2x*3"),
        ("<b>Note:</b><i>a</i>", "Note:*a*"),
        ("<i>f()</i><u><b>b</b></u>", "f()**b**"),
        ("<b>Name</b>* <i>a</i>*", "**Name**\\* *a*\\*"),
        ("<i>a</i><b>b</b> <b>a:</b><a href=/x>b</a>", "*a*b **a:**[b](https://docs.example/x)"),
        ("<i><b>a:</b></i>b", "a:b"),
        ("a<b><i>-b</i></b>", "a-b"),
        ("<b>C:\\ </b>a <a href=/x>\\ </a>b", "**C:\\\\** a [\\\\](https://docs.example/x) b"),
        ("<b>_</b>", "**_**"),
        ("<i>-</i>", "*-*"),
        ("x<code>a</code><b><code>b</code></b>c", "x`a` `b`c"),
        ("about ~5 and ~/a", "about ~5 and ~/a"),
        (
            "a <a href=/x>T</a>*. Then <a href=/x>U</a>*",
            "a [T](https://docs.example/x)\\*. Then [U](https://docs.example/x)\\*",
        ),
        ("2*<i>pi</i>, and <i>k</i> of 2*<i>pi</i>", "2\\*pi, and *k* of 2\\*pi"),
        ("of *BSD, use (<i>tzfile</i>)", "of \\*BSD, use (*tzfile*)"),
        ("into <i>*size</i>. The <code>x</code> of a char* s", "into \\*size. The `x` of a char\\* s"),
        ("<code>x</code>*<code>y</code>*<code>z</code>", "`x`\\*`y`\\*`z`"),
        ("_<i>x</i> and <code>y</code>_ ~<code>a</code>~", "\\_*x* and `y`\\_ \\~`a`\\~"),
        ("A* by <i>Hart</i>, *args of <code>f</code>", "A* by *Hart*, *args of `f`"),
        ("A* of <code>f</code>, snake_<code>x</code> and _y", "A* of `f`, snake_`x` and _y"),
    ],
)
def test_emphasis_reads_as_it_was_written(written: str, expected: str) -> None:
    assert of_main(f"<p>{written}</p>") == expected
    rendered = COMMONMARK.render(expected)
    tags = re.compile(r"</?(?:p|a|u|i|b|em|strong|code|del|s)\b[^>]*>|\s")
    assert tags.sub("", rendered) == tags.sub("", written)


@pytest.mark.parametrize("parser", ["", "<template></template>"])
@pytest.mark.parametrize(
    "space", ["&nbsp;", "&#160;", "&#xa0;", "\u00a0", "&ensp;", "&#x2028;", "\u3000", " \n", " <br> "]
)
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a<b>{}Users</b>", "a **Users**"),
        ("<b>Note:{}</b>text", "**Note:** text"),
        ("<i>{0}a{0}</i> b", "*a* b"),
        ("a<b>{}</b>b", "a b"),
        ("a<a href=x><b>{}</b></a>b", "a b"),
        ("a<a href=/x>{0}b{0}</a>c", "a [b](https://docs.example/x) c"),
        ("a{}<sup>2</sup> b", "a 2 b"),
        ("a<sup>{0}2{0}</sup>b", "a^2 b"),
    ],
)
def test_space_at_the_edge_of_an_element_stands_beside_its_marks(
    written: str, expected: str, space: str, parser: str
) -> None:
    assert " ".join(of_main(f"<p>{written.format(space)}</p>{parser}").split()) == expected


@pytest.mark.parametrize("button", ["<input type=submit>", "<input type=button value=''>", "<rt></rt>", "<rt> </rt>"])
@pytest.mark.parametrize(
    ("following", "expected"),
    [
        ("<b>now</b>", "**now**"),
        ("<a href=/x>a</a>", "[a](https://docs.example/x)"),
        ("<code>a</code>", "`a`"),
        ("<sup>2</sup>", "2"),
    ],
)
def test_a_button_without_a_text_says_nothing(button: str, following: str, expected: str) -> None:
    assert of_main(f"<p>Press {button}{following}</p>") == f"Press {expected}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begin", "part", "end"),
    [
        ("<p>", "<input type=button value=x>", "</p>"),
        ("<div>", "<input type=button value=x><p>y</p>", "</div>"),
        ("<p><ruby>", "<rt>x</rt>", "</ruby></p>"),
        ("<p>", "<a href=x></a>", "</p>"),
    ],
)
def test_thousands_of_elements_beside_one_another_are_read_in_linear_time(begin: str, part: str, end: str) -> None:
    assert_linear(lambda parts: of_main(begin + part * parts + end), 10_000)


def test_an_index_that_is_a_note_keeps_its_marks_apart() -> None:
    text = of_main("<p><i>E</i><sub><i>except those of a structure</i></sub> <i>B</i></p>")
    assert text == "*E* *except those of a structure* *B*"


def test_marks_in_a_quotation_make_none_with_those_around() -> None:
    assert of_main("<p>*a <q>b*</q> end</p>") == "\\*a \u201cb\\*\u201d end"
    assert of_main("<p>*a <q>b* <i>c</i></q> end</p>") == "\\*a \u201cb\\* *c*\u201d end"


@pytest.mark.slow
def test_very_many_radio_buttons_take_linear_time() -> None:
    def buttons(number: int) -> str:
        return "".join(f"<input type=radio name=a{at}>" for at in range(number))

    def labels(number: int) -> str:
        return "".join(f"<label for={at}>" for at in range(number // 17)) + f"<b>{'x' * 20}</b>" * number

    assert_linear(lambda number: of_main(f"<div>{buttons(number) * 2}</div>"), 5_000)
    assert_linear(lambda number: of_main(f"<div>{buttons(number)}</div><div>x{buttons(number)}</div>"), 5_000)
    assert_linear(lambda number: of_main(f"<div>{'<input type=radio name=a>x' * number}</div>"), 5_000)
    assert_linear(lambda number: of_main(f"<div>{labels(number)}</div>"), 5_000)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Press <svg role=img aria-label=Gear></svg> and wait", "Press Gear and wait"),
        ("Press <svg role=img><title>Gear</title></svg>.", "Press Gear."),
        ("<svg role=img aria-label=Hint></svg> Press it", "Press it"),
        ("Press it <svg role=img aria-label=Gear></svg>", "Press it"),
        ("Press <svg aria-label=Gear></svg> and wait", "Press and wait"),
        ("Read it <svg role=img aria-label='opens in a new tab'></svg> first", "Read it first"),
        ("Press the gear <svg role=img aria-label=Gear></svg> and wait", "Press the gear and wait"),
        ("Press Gear <svg role=img aria-label='Gear icon'></svg> and wait", "Press Gear and wait"),
        ("Press <svg role=img aria-label='Gear icon'></svg> Gear and wait", "Press Gear and wait"),
        ("Press <svg role=img aria-label=Gear hidden></svg> and wait", "Press and wait"),
        ("Press <svg role=img aria-label=Gear aria-hidden=true></svg> and wait", "Press and wait"),
        ("Press <svg role=img aria-label=Gear style='display: none'></svg> and wait", "Press and wait"),
        (f"Press <svg role=img aria-label='{'Gear ' * 9}'></svg> and wait", "Press and wait"),
        ("Press <i class='fa fa-gear' title=Gear></i> and wait", "Press Gear and wait"),
        ("Press <i class='fa fa-gear' aria-label=Gear></i> and wait", "Press Gear and wait"),
        ("Press <i class='fa fa-gear' title=Gear aria-hidden=true></i> and wait", "Press and wait"),
        ("Press <i class='fa fa-gear'></i> and wait", "Press and wait"),
        ("Press <i class='fa fa-gear' title=Gear></i> Gear and wait", "Press Gear and wait"),
        ("Press <button aria-label=Gear><svg></svg></button> and wait", "Press Gear and wait"),
        ("Press <button title=Gear><i class='fa fa-gear'></i></button> and wait", "Press Gear and wait"),
        ("Press <button><img src=/g.png alt=Gear></button> and wait", "Press Gear and wait"),
        ("Run <code>make</code> <button aria-label=Copy><svg></svg></button> and wait", "Run `make` and wait"),
        ("Run it <button aria-label=Copy><svg></svg></button>", "Run it"),
    ],
)
def test_an_icon_that_stands_for_a_word_of_a_sentence_is_written_by_its_name(html: str, text: str) -> None:
    assert of_main(f"<p>{html}</p>") == text


def test_a_link_that_only_a_script_follows_is_none() -> None:
    html = f"<p>Press <a href='#'>Start</a>, then <a href='#end'>see the end</a>. {PROSE}</p>"
    assert of_main(html).startswith("Press Start, then [see the end](https://docs.example/guide/page.html#end).")


def test_a_note_of_latexml_stands_in_its_sentence_without_its_marks() -> None:
    mark = "<sup class=ltx_note_mark>1</sup>"
    inner = f"<span class=ltx_note_outer><span class=ltx_note_content>{mark}<span class=ltx_tag_note>1</span>As a rule."
    note = f"<span class='ltx_note ltx_role_footnote'>{mark}{inner}</span></span></span>"
    assert of_main(f"<p>They are heavy{note}.</p>") == "They are heavy (As a rule.)."


def test_what_jupyter_says_of_a_picture_without_a_description_is_none() -> None:
    said = "No description has been provided for this image"
    assert of_main(f"<p>x</p><img alt='{said}' src='data:image/png;base64,x'>") == "x"


def test_the_mark_of_a_footnote_has_brackets_whether_docutils_writes_them_or_a_style_does() -> None:
    bracket = "<span class=fn-bracket>{}</span>"
    for mark in ("2", f"{bracket.format('[')}2{bracket.format(']')}"):
        link = f"<a class='footnote-reference brackets' href='#f2'>{mark}</a>"
        assert of_main(f"<p>It weighs 3 {link} kg.</p>") == f"It weighs 3 [[2]]({URL}#f2) kg."
    raised = "<a class='footnote-reference superscript' href='#f2'>2</a>"
    assert f"[2]({URL}#f2)" in of_main(f"<p>It weighs 3 {raised} kg.</p>")


def test_a_link_that_shows_its_address_shows_it_without_the_token_of_the_visit() -> None:
    link = '<p>See <a href="https://docs.example/x?csrf_token={0}&amp;a=1">https://docs.example/x?csrf_token={0}&amp;a=1</a>.</p>'
    assert of_main(link.format("3f2a9c81")) == "See [https://docs.example/x?a=1](https://docs.example/x?a=1)."
    session = '<p>See <a href="https://docs.example/x;jsessionid={0}">docs.example/x;jsessionid={0}</a>.</p>'
    assert of_main(session.format("3f2a9c81")) == "See [docs.example/x](https://docs.example/x)."
    other = '<p>See <a href="https://docs.example/x?csrf_token=3f2a">what; is it?</a></p>'
    assert of_main(other) == "See [what; is it?](https://docs.example/x)"
    assert of_main("<p><a href='https://docs.example?a=1'>docs.example?a=1</a></p>").startswith("[docs.example?a=1]")


def test_a_note_shows_an_address_without_the_token_of_the_visit() -> None:
    address = "https://docs.example/x?csrf_token=3f2a9c81"
    body = f"<main><p>The guide to mills stands at <a href={address}>{address}</a> for all to read it.</p></main>"
    lead = extract(body.encode(), URL, "text/html").extract.lead
    assert lead == "The guide to mills stands at https://docs.example/x for all to read it."
