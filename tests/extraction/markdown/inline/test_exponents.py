from __future__ import annotations

import pytest
from tests.extraction.reading import of_main

WRITTEN = [
    (
        "<p>up to 2<sup>32</sup>\u22121, 10<sup>n+1</sup>, y<sup>2n</sup>, x<sub>i</sub></p>",
        "up to 2^32\u22121, 10^{n+1}, y^{2n}, x_i",
    ),
    ("<p>CO<sub>2</sub> on the 1<sup>st</sup> of May™<sup>®</sup></p>", "CO_2 on the 1st of May™®"),
    ("<p>spring.<sup><a href='#n1'>1</a></sup></p>", "spring.[1](https://docs.example/guide/page.html#n1)"),
    ("<p>mc<sup><b>2</b></sup>, x<sub><i>i</i>,<i>j</i></sub></p>", "mc^2, x_{i,j}"),
    ("<p><sup>14</sup>C and <sup>13</sup><sub>6</sub>C, <sub>92</sub>U</p>", "^{14}C and ^13_{6}C, _{92}U"),
    ("<p>said [<sup>1</sup>] (<sup>14</sup>C) <sup>1</sup> a</p>", "said [1] (^{14}C) 1 a"),
    (
        "<p>B<sup>*</sup> <sup>\u00ae</sup>X <sup><i>note in small print, longer</i></sup> B</p>",
        "B* \u00aeX *note in small print, longer* B",
    ),
    ("<p><span class=superscript>14</span>C</p>", "^{14}C"),
    (
        "<p>the mill<sup>[1]</sup>, the stones<sup>[1][12]</sup>, x<sup>[n]</sup></p>",
        "the mill[1], the stones[1\\][12], x^{[n]}",
    ),
    ("<p><code>2<sup>n</sup></code></p>", "`2^n`"),
    ("<p>10<span class=superscript>6</span> or 10<span style='vertical-align: super'>6</span></p>", "10^6 or 10^6"),
    ("<p>a<span style='font-size:80%;vertical-align:sub'>i</span></p>", "a_i"),
]


@pytest.mark.parametrize(("html", "text"), WRITTEN)
def test_an_exponent_and_an_index_are_told_from_what_is_before_them(html: str, text: str) -> None:
    assert of_main(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("5<sup>1</sup>/<sub>2</sub> days", "5 1/2 days"),
        ("all <sup>3</sup>\u2044<sub>4</sub> of it", "all 3/4 of it"),
        ("in <sup>12</sup><span>/</span><sub>100</sub>", "in 12/100"),
        ("x<sup>2</sup>/<sub>y</sub>", "x^2/_y"),
        ("x<sup>2</sup>/<sub>3</sub>", "x^2/_3"),
        ("x<sup>2</sup>/y", "x^2/y"),
    ],
)
def test_a_fraction_of_what_stands_above_and_below_its_sign_is_one(html: str, text: str) -> None:
    assert of_main(f"<p>{html}</p>") == text


def test_exponents_and_indices_of_a_formula_that_katex_only_draws_are_told_from_other_digits() -> None:
    row = "<span class=vlist-r><span class=vlist>{}</span></span>"
    drawn = "<span style='top:-3em'><span class=pstrut></span><span class=mtight>{}</span></span>"
    above = f"<span class=msupsub><span class=vlist-t>{row.format(drawn)}</span></span>"
    below = f"<span class=msupsub><span class='vlist-t vlist-t2'>{row.format(drawn)}{row.format('')}</span></span>"
    both = f"<span class=msupsub><span class='vlist-t vlist-t2'>{row.format(drawn * 2)}{row.format('')}</span></span>"
    katex = "<span class=katex><span class=katex-html aria-hidden=true>{}</span></span>"
    assert of_main(f"<p>E is {katex.format('mc' + above.format('2'))}.</p>") == "E is mc^2."
    assert of_main(f"<p>All {katex.format('x' + below.format('i'))}.</p>") == "All x_i."
    assert of_main(f"<p>All {katex.format('y' + both.format('i', '2'))}.</p>") == "All yi2."
