from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main


@pytest.mark.parametrize(
    "icons",
    [
        "<a href=/a aria-label=JUNK><i></i></a> <a href=/b aria-label=JUNK><i></i></a>",
        "The key.<a href=#key aria-label=JUNK><i></i></a>",
    ],
)
def test_a_row_of_icons_and_a_mark_beside_a_text_are_not_read(icons: str) -> None:
    assert "JUNK" not in of_main(f"<p>{PROSE}</p><p>{icons}</p>")


@pytest.mark.parametrize("name", ["sidenote", "marginnote", "margin-aside"])
def test_a_note_in_the_margin_is_set_apart_from_the_sentence_that_it_stands_in(name: str) -> None:
    toggle = "<label for=n class=margin-toggle></label><input type=checkbox id=n class=margin-toggle>"
    note = f"{toggle}<span class={name}>It is of <em>oak</em>.</span>"
    assert of_main(f"<p>The wheel{note} turns.</p>") == "The wheel (It is of *oak*.) turns."
    assert of_main(f"<p>The wheel {note}</p>") == "The wheel (It is of *oak*.)"
    assert of_main(f"<p>The wheel turns.</p><p>{note}</p>") == "The wheel turns.\n\nIt is of *oak*."


def test_notes_in_the_margin_in_one_another_are_read_however_many_they_are() -> None:
    notes = "<span class=sidenote>It is of oak." * 400
    assert of_main(f"<p>The wheel {notes}</p>").startswith("The wheel (It is of oak.It is of oak.")


@pytest.mark.parametrize(
    "term",
    ["<dt id=auto><a href='#auto'><code>auto</code></a>", "<dt><a name=auto href='#auto'><code>auto</code></a>"],
)
def test_a_term_that_links_to_itself_is_no_link(term: str) -> None:
    assert of_main(f"<dl>{term}<dd>Turns by itself.</dl>") == "- `auto`: Turns by itself."
    other = of_main("<dl><dt id=auto><a href='#hand'><code>auto</code></a><dd>Turns by itself.</dl>")
    assert other == "- **[`auto`](https://docs.example/guide/page.html#hand)**: Turns by itself."


@pytest.mark.parametrize("name", ["selfRef", "self-link"])
def test_a_caption_that_is_a_link_to_itself_is_none(name: str) -> None:
    figure = f"<figure><pre>x</pre><figcaption><a href='#f' class={name}>Figure 1</a>: Flow</figcaption></figure>"
    assert of_main(f"<p>{PROSE}</p>{figure}").endswith("\n\nFigure 1: Flow")


@pytest.mark.parametrize(
    ("picture", "written"),
    [
        ("<img class=twemoji alt='\u2728' src=/a.svg title=':sparkles:'>", "\u2728"),
        ("<img alt='\u2192' src=/a.png>", "\u2192"),
        ("<img alt='\U0001f1e9\U0001f1ea' src=/a.png>", "\U0001f1e9\U0001f1ea"),
        ("<img class=emojione alt=':smile:' src=/a.png>", ":smile:"),
        ("<img alt='\u2603 of snow' src=/a.png>", "![\u2603 of snow](https://docs.example/a.png)"),
        ("<img alt='\u6c34' src=/a.png>", "![\u6c34](https://docs.example/a.png)"),
    ],
)
def test_a_picture_of_a_sign_is_the_sign(picture: str, written: str) -> None:
    assert of_main(f"<p>Ship {picture} now</p>") == f"Ship {written} now"


def test_a_sign_with_a_caption_is_a_picture() -> None:
    figure = "<figure><img alt='\u2603' src=/a.png><figcaption>Winter</figcaption></figure>"
    assert of_main(figure).startswith("![\u2603](https://docs.example/a.png)")


def test_a_note_in_a_raised_number_stands_in_brackets() -> None:
    note = "<sup class=fn>35<span class=fn-text>Added in version 5.11.29, in 2011.</span></sup>"
    assert of_main(f"<p>Gates open{note} by themselves.</p>") == (
        "Gates open (Added in version 5.11.29, in 2011.) by themselves."
    )
    assert of_main("<p>2<sup>the first number<span>of many</span></sup></p>") == "2the first numberof many"


@pytest.mark.parametrize("code", ["<code>{}</code>", "<tt><span class=code>{}</span></tt>", "<code><b>{}</b></code>"])
def test_code_that_is_a_link_leads_where_it_does(code: str) -> None:
    assert of_main(f"<p>See {code.format('<a href=/a>Wheel</a>')}.</p>") == "See [`Wheel`](https://docs.example/a)."
    assert of_main(f"<p>See {code.format('<a href=/a>Wheel</a>()')}.</p>") == "See `Wheel()`."
