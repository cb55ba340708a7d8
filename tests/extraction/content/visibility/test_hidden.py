from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

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
