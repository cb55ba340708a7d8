from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main


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
