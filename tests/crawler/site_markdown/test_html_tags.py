from __future__ import annotations

import pytest

from llmstxt_sched.crawler.site_markdown.html_tags import without_tags
from llmstxt_sched.crawler.site_markdown.markdown_page import read_markdown_page

URL = "https://docs.example/guide/start.md"

WRITTEN = [
    (
        '<div align="center">\n  <img src="img/a.png" alt="A [b]">\n</div>\n\nText.',
        "\n  ![A (b)](https://docs.example/guide/img/a.png)\n\n\nText.",
    ),
    (
        "See <a href='../b.md#x'>it</a>, <a id=x></a>and <a href='javascript:x'>that</a>.",
        "See [it](https://docs.example/b.md#x), and that.",
    ),
    ("<a href=/big.png><img src=/a.png></a>", "[![](https://docs.example/a.png)](https://docs.example/big.png)"),
    (
        "<p>A <b>b</b>, <em>c</em>, <code>d &lt; e</code> H<sub>2</sub>O <sup>a, b</sup></p>",
        "A **b**, *c*, `d < e` H_2O a, b",
    ),
    ("| x<br>y | z |", "| x y | z |"),
    ("<details>\n<summary>More</summary>\n\nText.\n</details>", "\nMore\n\nText.\n"),
]
LEFT = [
    "`<div>` and `` <b>a</b> `` and \\<p> and Vec<T> and a < b",
    "    <div>\n\n- x\n\n      <b>a</b>",
    "> ```html\n> <div>\n> ```",
    "- ```html\n  <b>a</b>\n  ```",
    '<Tabs>\n<TabItem label="A">',
    "<scr<div>ipt>alert(1)</scr</div>ipt>",
    "a <b> b </b>",
]


@pytest.mark.parametrize(("html", "text"), WRITTEN)
def test_the_usual_tags_are_written_as_markdown(html: str, text: str) -> None:
    assert without_tags(html, URL) == text


@pytest.mark.parametrize("html", LEFT)
def test_code_components_and_halves_of_tags_stay(html: str) -> None:
    assert without_tags(html, URL) == html.replace("<b> b </b>", " b ")


def test_what_is_hidden_is_not_seen_for_the_lack_of_its_tags() -> None:
    body = "# T\n\n<div style='display:none'><p>SECRET</p></div>\n<div popover>SECRET</div>\n\n<div>Seen</div>\n"
    assert read_markdown_page(body.encode(), URL, "text/markdown").markdown == "# T\n\n\n\n\nSeen\n"


@pytest.mark.slow
@pytest.mark.parametrize("part", ["<", "<a ", "<a href=x>", "<b>a", "<img ", "<div ", "`", "<b", "<a x=", "- ``` "])
def test_long_hostile_lines_are_read_in_linear_time(part: str) -> None:
    without_tags(part * 200_000, URL)
