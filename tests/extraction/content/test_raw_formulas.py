from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted, of_main
from tests.support.growth import assert_linear

SCRIPT = "<script src=https://cdn.example/mathjax@3/tex-mml-chtml.js></script>"
DOLLARS = "<script>MathJax = {tex: {inlineMath: [['$', '$'], ['\\\\(', '\\\\)']]}}</script>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (r"<p>Of \(a_1 * b_2\), \(\|x\|_2 &lt; 3\) and *this*</p>", r"Of $a_1 * b_2$, $\|x\|_2 < 3$ and \*this\*"),
        (r"<p>\[ x^*_1 \\ y_*\]</p>", r"$$x^*_1 \\ y_*$$"),
        (r"<p>$$a \\[2pt] b_*$$</p>", r"$$a \\[2pt] b_*$$"),
        (r"<p>\begin{align*}a &amp;= b \\ c\end{align*}</p>", r"$$\begin{align*}a &= b \\ c\end{align*}$$"),
        (r"<h2>The \(L_*\) norm</h2><p>x</p>", "## The $L_*$ norm\n\nx"),
        (r"<p>A \( without its end</p>", r"A \\( without its end"),
        (
            r"<p>It is <code>\(x\)</code> and \begin{figure}a\end{figure}</p>",
            "It is `\\(x\\)` and \\begin{figure}a\\end{figure}",
        ),
        ("<p>From $5 to $6</p>", "From $5 to $6"),
    ],
)
def test_formulas_that_a_script_is_to_draw_are_written_as_tex(html: str, text: str) -> None:
    assert of_main(f"{SCRIPT}<h1>T</h1>{html}") == f"# T\n\n{text}"


def test_formulas_stand_between_single_dollar_signs_where_the_page_says_so() -> None:
    html = "<h1>T</h1><p>Let $x_* * y_*$ be, from $5 to $6.</p>"
    assert of_main(f"{DOLLARS}{html}") == "# T\n\nLet $x_* * y_*$ be, from $5 to $6."
    assert "y_\\*$" in of_main(f"{SCRIPT}{html}")


def test_without_such_a_script_texts_stay_texts() -> None:
    assert of_main(r"<h1>T</h1><p>Between \( and \) stands a group.</p>").endswith(
        r"Between \\( and \\) stands a group."
    )


def test_the_lead_has_the_formula_without_its_delimiters() -> None:
    page = (
        f"{SCRIPT}<main><h1>T</h1><p>The norm is \\(a_1 * b_2\\) of the vector that is given, as said above.</p></main>"
    )
    assert extracted(page).lead == "The norm is a_1 * b_2 of the vector that is given, as said above."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "size"),
    [(r"\(", 20_000), ("$$", 10_000), (r"\begin{align}", 50_000), ("$x", 10_000), (r"\(x\) ", 5_000)],
)
def test_many_delimiters_take_linear_time(text: str, size: int) -> None:
    assert_linear(lambda delimiters: of_main(f"{DOLLARS}<p>{PROSE}</p><p>{text * delimiters}</p>"), size)
