from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

STEPS = [
    "<a href=/a><span>Previous</span><span>Ovens</span></a><a href=/b><span>Next</span><span>Mills</span></a>",
    "<a href=/b><div><div>Next page »</div><div>Mills</div></div></a>",
    "<a href=/a><span>&larr; Prev</span> Ovens</a>",
]
NO_STEPS = [
    ("<a href=/n>Next steps</a>", "[Next steps]"),
    ("<a href=/n><b>Next</b>.js</a> is known", "is known"),
    ("<a href=/n><h3>Next</h3><p>A mill.</p></a>", "### [Next]"),
    ("Go to the <a href=/n><b>next</b> chapter</a>.", "Go to the [**next** chapter]"),
    ("<a href=/n><b>Next.js</b> in short</a>", "[**Next.js** in short]"),
]


@pytest.mark.parametrize("steps", STEPS)
def test_links_that_say_that_they_lead_to_the_next_page_are_left_out(steps: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><div>{steps}</div>") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize(("html", "text"), NO_STEPS)
def test_links_that_only_begin_with_such_a_word_stay(html: str, text: str) -> None:
    assert text in of_main(f"<h1>T</h1><p>{PROSE}</p><div>{html}</div><p>{PROSE}</p>")
