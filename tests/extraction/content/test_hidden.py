from __future__ import annotations

import html
import time
import tracemalloc

import pytest
from tests.extraction.reading import PROSE, of_main

from llmstxt_sched.extraction.content.hidden import hides

HIDDEN = [
    "display:/**/none", "DISPLAY : none", "visibility: hidden", "visibility:collapse", "opacity:0", "opacity: 0.0;",
    "font-size:0", "font-size: 0px", "position:absolute; left:-9999px", "position:fixed;top:-5000em",
    "text-indent:-9999px", "margin-left:-9999px", "margin-top: -2000em",
    "clip-path: inset(50%)", "position:absolute;clip:rect(0 0 0 0);clip:rect(0,0,0,0)", "height:0;overflow:hidden",
    "transform: scale(0)", "color: transparent", "dis\\play:none", "\\64 isplay:\\6eone", "opacity:\\30",
    "transform:translateX(-9999px)", "transform: translate(0, -200vh)", "translate:-9999px", "scale:0", "zoom: 0",
    "filter:opacity(0)", "position:relative;left:-9999px", "position:absolute;clip:rect(1px,1px,1px,1px)",
    "position:absolute;width:1px;height:1px;overflow:hidden",
    "font-size:1px", "font-size: 0.1px", "color:rgba(0, 0, 0, 0)",
    "color:#ffffff00", "color: rgb(1 2 3 / 0%)",
    "-webkit-text-fill-color:transparent", "color:white;background:white", "background-color:#FFF; color: #fff",
    "opacity:.01", "opacity: 0.019", "opacity:1%", "filter:opacity(.01)",
    "position:absolute;width:0;height:0;min-width:100%;min-height:0",
    "font-size:.01em", "font-size: 0.001rem", "font-size:0.5pt", "opacity:1e-5",
    "transform:scaleX(0)", "transform: scale3d(0, 0, 0)", "clip-path:inset(0 100% 0 0)", "margin-left:-999em",
    "clip-path: polygon(0 0, 0 0, 0px 0)", "overflow:clip;height:0", "overflow-y:hidden;max-height:0",
    "block-size:0;overflow:hidden", "position:absolute;inset-inline-start:-9999px",
    "text-indent:100%;white-space:nowrap;overflow:hidden",
    "color:#fff;background:white", "color:rgb(255, 255, 255);background-color:#FFFFFF", "color:black;background:#000",
    "display:block;display:none", "display:none!important;display:block", "display:none;display:shown",
    "font-size:0;font-size:12", "visibility:visible;visibility:hidden",
    "font-size:16px;font-size:0vw", "opacity:1;opacity:1e-5", "display:none;--x:{;display:block;}",
    "display:none;content:&quot;;display:block;&quot;", "display:none;(;display:block;)",
    "display:none;/*;display:block", "display:none;display:in line", "display:none;d isplay:block",
    "opacity:0;opacity:1 0", "font-size:0;font-size:1 6px",
    "opacity:00", "font-size:00px", "display:none;display:bloc\u212a", "display:none;x:(;display:block;",
    "display:none;content:&quot;(&quot;;y:url(&quot;);display:block&quot;)",
    "transform: matrix(0, 0, 0, 0, 100, 0)", "transform:matrix(1,0,0,0,0,0)", "transform:matrix3d(0,0,0,0,0,0,0,0,0)",
    "transform:scale(.001)", "transform:scale(1, 0)", "scale:0%", "zoom:.01", "-webkit-filter:opacity(0)",
    "font-size:.1em", "font-size:1%", "font-size:calc(0px)", "width:calc(0px);overflow:hidden", "opacity:calc(0)",
    "clip-path:ellipse(0 0)", "mask:linear-gradient(transparent, transparent)", "color:oklch(0 0 0 / 0)",
    "-webkit-mask-image:radial-gradient(#0000, rgba(0, 0, 0, 0))", "mask-image:linear-gradient(to top, #fff0, #fff0)",
    "display:none;display:block\\9", "display:none;display:bl/**/ock", "display:none;display:block;display:none",
]  # fmt: skip
SHOWN = [
    "transform:matrix(0,1,-1,0,0,0)",
    "transform:matrix3d(1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1)",
    "transform:matrix3d(0,0,-1,0,0,1,0,0,1,0,0,0,0,0,0,1)",
    "transform:scale(1.05)",
    "scale:1.1 1",
    "font-size:.2em",
    "font-size:.14rem",
    "font-size:calc(1.3rem + .6vw)",
    "width:calc(100% - 20px);overflow:hidden",
    "mask:linear-gradient(black, transparent)",
    "mask-image:linear-gradient(to bottom, transparent, #000 80%)",
    "color:oklch(0.5 0 0)",
    "clip-path:ellipse(50% 50%)",
    "position:absolute;top:50%;left:50%;width:300px;height:200px;margin:-100px 0 0 -150px",
    "overflow:hidden;text-indent:100px",
    "overflow:hidden;text-indent:100%",
    "clip-path:inset(0 round 100%)",
    "opacity:5e-1",
    "opacity:50e-2",
    "font-size:6.25%",
    "overflow-x:clip;height:0",
    "opacity:0.5",
    "display:none;display:block",
    "display:block ! important;display:none",
    "display:none;display:/* a; b */block",
    "display:none;color:rgb(0,0,0);display:block",
    "display:none;display:flex;font-family:&quot;In;ter&quot;",
    "visibility:hidden;background:url(a;b.png);visibility:visible",
    "display:none;background:url(&#39;a.png&#39;);display:block",
    "display:none;width:calc(1px + (2px * 3));display:block",
    "display:none;color:var(--c, rgb(1, 2, 3));display:block",
    "display:none;--x:{a:[1;2];b:&#39;c;d&#39;};display:block",
    "visibility:hidden; visibility: visible",
    "opacity:0;opacity:1",
    "font-size:0;font-size:12px",
    "opacity:.05",
    "font-size:0.8em",
    "left:-5px",
    "margin-left:-100px",
    "display:block",
    "height:0.5em;overflow:hidden",
    "color:red",
    "color:#fff",
    "color:#000f",
    "color:rgba(0, 0, 0, 0.8)",
    "color:white;background:black",
    "font-size:1.1px",
    "font-size:11px",
    "transform:translateX(-10px)",
    "width:1px",
    "zoom:0.8",
    "position:relative;left:-10px",
    "position:relative;left:-120px",
    "transform:translate(-100%, -120px)",
    "color:rgb(0, 0, 0)",
    "color:hsl(120, 100%, 0%)",
    "color:rgb(10 20 0)",
    "color:inherit;background:inherit",
    "opacity:0.1",
    "font-size:.9em",
    "font-size:85%",
    "transform:scaleX(0.5)",
    "transform:scaleX(-1)",
    "clip-path:inset(0 50% 0 0)",
    "clip-path:polygon(0 0, 100% 0, 100% 100%)",
    "margin-left:-50vw",
    "text-indent:100%",
    "overflow:clip;height:20px",
    "color:#fff;background:black",
    "color:rgb(0, 0, 0);background:rgb(250, 250, 250)",
    "opacity:.02",
    "position:absolute;width:0;height:0;min-width:100%;max-width:100%;min-height:100%;max-height:100%",
    "background:linear-gradient(red,blue);-webkit-background-clip:text;-webkit-text-fill-color:transparent",
    "background:linear-gradient(red,blue);background-clip:text;color:transparent",
]


@pytest.mark.parametrize("style", HIDDEN)
def test_text_that_its_style_hides_is_left_out(style: str) -> None:
    assert of_main(f"<p>{PROSE}</p><p style='{style}'>HIDDEN</p><p>End.</p>") == f"{PROSE}\n\nEnd."


@pytest.mark.parametrize("style", SHOWN)
def test_text_that_is_seen_stays(style: str) -> None:
    assert of_main(f"<p>{PROSE}</p><p style='{style}'>Seen.</p>") == f"{PROSE}\n\nSeen."


PICTURES = {
    "next/image": "<img style='color:transparent' src=/d.png alt=D>",
    "next/image, late": (
        "<img style='color:transparent' src='data:,' alt=D><noscript><img style='color:transparent' src=/d.png alt=D>"
    ),
    "next/image of old": (
        "<span style='overflow:hidden;position:relative'><img style='{0}' src='data:,' alt=D><noscript>"
        "<img style='{0}' src=/d.png alt=D></noscript></span>"
    ).format("position:absolute;width:0;height:0;min-width:100%;max-width:100%;min-height:100%;max-height:100%"),
    "gatsby's": (
        "<picture><img style='opacity:0' data-src=/d.png alt=D></picture>"
        "<noscript><picture><img style='opacity:0' src=/d.png alt=D></picture></noscript>"
    ),
    "in what has no text": "<span style='font-size:0;line-height:0'><img src=/d.png alt=D></span>",
}
NO_PICTURES = ["display:none", "visibility:hidden", "position:absolute;left:-9999px"]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_stays_where_its_style_is_about_texts_or_how_it_loads(name: str) -> None:
    assert of_main(f"<p>{PROSE}</p><p>{PICTURES[name]}</p>") == f"{PROSE}\n\n![D](https://docs.example/d.png)"


@pytest.mark.parametrize("style", NO_PICTURES)
def test_a_picture_that_its_style_hides_is_left_out(style: str) -> None:
    assert of_main(f"<p>{PROSE}</p><p><img style='{style}' src=/d.png alt=D></p>") == PROSE


def test_a_cell_is_as_wide_as_its_column() -> None:
    cell = "<td style='max-width:0;overflow:hidden;text-overflow:ellipsis'>/etc/x.conf"
    assert "/etc/x.conf" in of_main(f"<p>{PROSE}</p><table><tr><th>Path<th>What<tr>{cell}<td>Settings</table>")


@pytest.mark.parametrize(
    "html",
    ["<p aria-hidden=TRUE>HIDDEN</p>", "<div popover>HIDDEN</div>", "<datalist><option>HIDDEN</datalist>"],
)
def test_what_its_attributes_or_its_tag_hide_is_left_out(html: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{html}<p>End.</p>") == f"{PROSE}\n\nEnd."


def test_a_label_that_a_screen_reader_says_as_a_name_is_seen() -> None:
    note = "<aside aria-label='Only on Windows'><p aria-hidden=true>Only on  Windows</p><p>Run it.</p></aside>"
    assert of_main(f"<p>{PROSE}</p>{note}").endswith("Only on Windows\n\nRun it.")
    assert "Only" not in of_main(note.replace("aria-label='Only on Windows'", ""))


def test_the_sign_of_a_fraction_stays() -> None:
    """One and a half is not eleven halves."""
    fractions = (
        "<p>The pipe is <span class=frac>1<span class=sr-only>+</span><span>1</span>&frasl;<span>2</span></span> inch, "
        "and <span class=sfrac><span class=tion>3<span class=sr-only>/</span>4</span></span> of it are filled.</p>"
    )
    assert of_main(fractions) == "The pipe is 1+1\u20442 inch, and 3/4 of it are filled."


def test_a_popover_that_its_style_shows_is_seen() -> None:
    assert "Defined." in of_main(f"<p>{PROSE}</p><div popover style='display:block'>Defined.</div>")
    for style in ("--display:1", "display:bogus"):
        assert of_main(f"<p>{PROSE}</p><div popover style='{style}'>HIDDEN</div>") == PROSE


def test_a_long_value_takes_no_time() -> None:
    begin = time.process_time()
    for part in (" ", '"', "(", "'", "!"):
        of_main(f'<p style="display:none{html.escape(part) * 200_000}x;display:block">HIDDEN</p><p>{PROSE}</p>')
    assert time.process_time() - begin < 3


@pytest.mark.parametrize("part", ["{filter:opacity(0.", "{transform:translate(", "{font:0,"])
def test_a_style_of_very_many_blocks_takes_no_time(part: str) -> None:
    begin = time.process_time()
    assert not hides(part * 20_000)
    assert time.process_time() - begin < 3


def test_a_path_of_very_many_points_takes_no_memory() -> None:
    style = f"clip-path:polygon({'0' * 500_000}x"
    tracemalloc.start()
    try:
        assert not hides(style)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert hides("clip-path: polygon(0 0, 0px 0%, 0)")


def test_a_declaration_that_no_browser_understands_shows_nothing() -> None:
    for style in ("display:none;display:table-bogus", "opacity:0;opacity:0.5%"):
        assert of_main(f"<p>{PROSE}</p><div style='{style}'>HIDDEN</div>") == PROSE
    assert "Seen" in of_main(f"<p>{PROSE}</p><div style='display:none;display:table-cell'>Seen</div>")


@pytest.mark.parametrize(("name", "is_read"), [("tab-python", True), ("tab-hidden", False), ("x-tab-python", False)])
def test_code_in_another_language_is_read_where_its_class_says_that_it_is_a_tab(name: str, *, is_read: bool) -> None:
    code = f"<pre class=tab-shell>a</pre><pre class='highlight {name}' style=display:none>b</pre>"
    assert ("b" in of_main(f"<h1>T</h1>{code}").split()) is is_read


FOLDED = [
    "itemprop=acceptedAnswer",
    "class=faq-answer",
    "class='hts-toggle__content'",
    "class='expand-content expand-hidden'",
    "class=spoiler",
]


@pytest.mark.parametrize("answer", FOLDED)
def test_answers_that_are_hidden_until_somebody_opens_them_are_read(answer: str) -> None:
    html = f"<div onclick='open(this)'>Is it loud?</div><div {answer} style='display:none'>Not at all.</div>"
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\nIs it loud?\n\nNot at all."
    text = "<div itemprop=acceptedAnswer><div itemprop=text style='display:none'>Not at all.</div></div>"
    assert of_main(f"<p>{PROSE}</p>{text}") == f"{PROSE}\n\nNot at all."
    for other in ("class=toggle", "class=answerable", "itemprop=text"):
        assert of_main(f"<p>{PROSE}</p><div {other} style='display:none'>Not at all.</div>") == PROSE


@pytest.mark.parametrize(
    "accordion",
    [
        "<div class='ui accordion'><div class=title>Why?</div><div class=content {}>{}</div></div>",
        "<dl class=faq><dt>Why?</dt><dd {}>{}</dd></dl>",
        "<div class=faq-item><p><b>Why?</b></p> <div {}>{}</div></div>",
        "<div class='spoiler-box'><span>Why?</span><div {}>{}</div></div>",
    ],
)
def test_what_an_accordion_opens_below_a_title_is_read(accordion: str) -> None:
    for hiding in ("style='display: none'", "hidden"):
        assert PROSE in of_main(f"<h1>T</h1><p>First.</p>{accordion.format(hiding, PROSE)}")
    assert PROSE not in of_main(f"<h1>T</h1>{accordion.format('hidden', f'<a href=/x>{PROSE}</a>')}<p>Text.</p>")
    # No title is before it.
    assert PROSE not in of_main(f"<h1>T</h1><p>First.</p><div class=accordion><div hidden>{PROSE}</div></div>")
    assert PROSE not in of_main(f"<h1>T</h1><p>First.</p><div class=accordion>Text <div hidden>{PROSE}</div></div>")
    named = accordion.replace("accordion", "box").replace("faq", "box").replace("spoiler", "tall")
    assert PROSE not in of_main(f"<h1>T</h1><p>First.</p>{named.format('hidden', PROSE)}")
