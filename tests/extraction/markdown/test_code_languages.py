from __future__ import annotations

import pytest
from tests.extraction.reading import of_main


def test_the_language_of_a_text_is_none_of_code() -> None:
    assert of_main("<pre lang=en>It is noon.</pre>") == "```\nIt is noon.\n```"
    assert of_main("<pre><code lang=fsharp>let x = 1</code></pre>") == "```fsharp\nlet x = 1\n```"
    assert of_main("<pre><code lang=en>It is noon.</code></pre>") == "```\nIt is noon.\n```"


def test_a_language_that_the_page_does_not_carry_is_not_guessed() -> None:
    for wrapper in ("highlight", "highlight-default", "language-undefined", "nohighlight"):
        assert of_main(f"<div class={wrapper}><pre>def x(): pass</pre></div>") == "```\ndef x(): pass\n```"


@pytest.mark.parametrize(
    ("block", "language"),
    [
        ("<pre><code class=ts>{}</code></pre>", "ts"),
        ("<pre><code class='makeup elixir'>{}</code></pre>", "elixir"),
        ("<div class='mw-highlight mw-highlight-lang-python'><pre>{}</pre></div>", "python"),
        ("<pre language=bash><code language=bash>{}</code></pre>", "bash"),
        ("<pre data-syntaxhighlighter-params='brush: sh; gutter: false'>{}</pre>", "sh"),
        ("<pre data-type=programlisting data-code-language=java>{}</pre>", "java"),
        ("<pre data-enlighter-language=java>{}</pre>", "java"),
        ("<pre><code class=story>{}</code></pre>", ""),
    ],
)
def test_the_language_is_where_its_generator_writes_it(block: str, language: str) -> None:
    assert of_main(block.format("x")) == f"```{language}\nx\n```"


@pytest.mark.parametrize("name", ["LANGUAGE-Go", "Lang-Go", "BRUSH: Go; gutter: false", "Highlight-Source-Go"])
def test_the_class_of_a_language_has_any_case(name: str) -> None:
    assert of_main(f"<pre class='{name}'>x = 1</pre>") == "```Go\nx = 1\n```"
