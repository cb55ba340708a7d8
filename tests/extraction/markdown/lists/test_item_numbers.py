from __future__ import annotations

import pytest
from tests.extraction.reading import of_main

NUMBERED = {
    "a list that starts at 4": ("<ol start=4><li>d<li value=7>g<li>h</ol>", "4. d\n7. g\n8. h"),
    "letters for numbers": (
        "<ol type=a start=2><li>x<ol type=I><li>y<p>z</p></ol><li>w</ol>",
        "- b. x\n  - I. y\n\n    z\n\n- c. w",
    ),
    "a letter before a block behind an anchor": (
        "<ol type=a><li><a id=x></a><pre>x</pre></li><li><p></p><table><tr><th>a<tr><td>b</table></ol>",
        "- a.\n\n  ```\n  x\n  ```\n\n- b.\n\n  | a |\n  | --- |\n  | b |",
    ),
    "a letter before a list": ("<ol type=a><li><a id=q></a><ol type=i><li>x</ol></ol>", "- a.\n\n  - i. x"),
    "a letter before text in blocks": ("<ol type=a><li><section><div></div>x</section></ol>", "- a. x"),
    "letters of items without text": ("<ol type=a><li></li><li><div></div></li><li>x</ol>", "- c. x"),
    "a letter before a block": ("<ol type=a><li><pre>x</pre></li><li>b</ol>", "- a.\n\n  ```\n  x\n  ```\n\n- b. b"),
    "letters by a class": ("<ol class='upperalpha simple' start=26><li>x<li>y</ol>", "- Z. x\n- AA. y"),
    "letters by a style": ("<ol style='list-style-type: lower-roman' start=3><li>x<li>y</ol>", "- iii. x\n- iv. y"),
    "a list that counts down": ("<ol reversed><li>c<li>b<li>a</ol>", "3. c\n2. b\n1. a"),
    "numbers below zero": ("<ol start=-1><li>a<li>b<li>c</ol>", "- -1. a\n- 0. b\n- 1. c"),
    "a list that counts down below zero": ("<ol reversed start=0><li>a<li>b</ol>", "0. a\n- -1. b"),
    "numbers in a quotation": ("<blockquote><ol><li>a<li>b</ol></blockquote>", "> 1. a\n> 2. b"),
}


@pytest.mark.parametrize("name", NUMBERED)
def test_items_have_the_numbers_and_letters_that_the_page_shows(name: str) -> None:
    html, text = NUMBERED[name]
    assert of_main(html) == text
