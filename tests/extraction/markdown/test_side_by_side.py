from __future__ import annotations

import pytest
from tests.extraction.reading import of_main


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ("<div><span>mill.py</span><span>Python</span></div>", "mill.py Python"),
        ("<div><b>days</b><code>int</code><em>required</em></div>", "**days** `int` *required*"),
        ("<div><b>T</b><i>here</i></div>", "**T**here"),
        ("<div><span>Wheel</span><wbr><span>house</span></div>", "Wheelhouse"),
        ("<div><span>wheel(</span><span>house)</span></div>", "wheel(house)"),
        ("<div><span>CH</span><sub>12</sub></div>", "CH_12"),
        ("<div><i>log</i><sub>10</sub><i>xy</i></div>", "*log*_{10}*xy*"),
        ("<div><a href=/w>Wheel</a><sup>12</sup></div>", "[Wheel](https://docs.example/w)^12"),
        ("<div>See <span>Wheel</span><span>house</span></div>", "See Wheelhouse"),
        ("<p><span>Wheel</span><span>house</span></p>", "Wheelhouse"),
        ("<div><span>\u6771\u4eac</span><span>\u90fd\u5e02</span></div>", "\u6771\u4eac\u90fd\u5e02"),
    ],
)
def test_words_that_a_box_lays_out_beside_each_other_are_no_single_word(box: str, text: str) -> None:
    assert of_main(f"<h1>T</h1>{box}") == f"# T\n\n{text}"


def test_two_ways_to_call_a_function_that_a_box_holds_stand_apart() -> None:
    # Codox'.
    calls = "<div class=usage><code>(grind corn)</code><code>(grind corn stones)</code></div>"
    assert of_main(f"<h3>grind</h3>{calls}") == "### grind\n\n`(grind corn)` `(grind corn stones)`"
    assert of_main("<p><code>f(a)</code><code>(b)</code></p>") == "`f(a)(b)`"


def test_the_method_of_an_operation_stands_apart_from_its_path() -> None:
    assert of_main("<div><span>GET</span><span>/mills</span></div>") == "GET /mills"
    assert of_main("<div><b>post</b><code>/mills</code></div>") == "**post** `/mills`"
    assert of_main("<div><span>bin</span><span>/mills</span></div>") == "bin/mills"
