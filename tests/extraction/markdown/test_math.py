from __future__ import annotations

import pytest
from tests.extraction.reading import of_main
from tests.support.growth import assert_linear

TEX = "<annotation encoding='application/x-tex'>x^2</annotation>"
MATHML = f"<math><semantics><mrow><mi>x</mi></mrow>{TEX}</semantics></math>"
FORMULAS = [
    (
        (
            f"<span class=katex><span class=katex-mathml>{MATHML}</span>"
            "<span class=katex-html aria-hidden=true>x2</span></span>"
        ),
        "$x^2$",
    ),
    (f"<span class=katex-display><span class=katex>{MATHML}</span></span>", "$$x^2$$"),
    ("<code class='language-math math-inline'>a_1 * b_2</code>", "$a_1 * b_2$"),
    ("<img src=https://latex.codecogs.com/svg.image?x%5E2+y>", "$x^2 y$"),
    ("<img alt='' src='//s0.wp.com/latex.php?latex=x%5E2&bg=fff'>", "$x^2$"),
    ("<span class='math notranslate'>\\(a_1 * b_2\\)</span>", "$a_1 * b_2$"),
    ("<span class='math inline'>\\(a\\)</span>", "$a$"),
    ("<span class='math inline'><em>x</em><sup>2</sup></span>", "*x*^2"),
    ("<script type='math/tex'>a < b</script>", "$a < b$"),
    ("<img class=math src=m.png alt='\\frac{a}{b}'>", "$\\frac{a}{b}$"),
    ("<img class=mwe-math-fallback-image-inline aria-hidden=true src=m.png alt='{\\displaystyle x_{i}}'>", "$x_{i}$"),
    ("<span class=MathJax>x2</span><script type='math/tex'>x^2</script>", "$x^2$"),
    ("<span class=math><img src=m.png alt='a_i'></span>", "$a_i$"),
    ("<img class=formulaInl src=m.png alt='$a_i$'>", "$a_i$"),
    ("<img src=m.png alt='\\begin{displaymath}a\\end{displaymath}'>", "$$\\begin{displaymath}a\\end{displaymath}$$"),
    (
        "<img src=/m.png alt='\\begin{figure*}\\epsfig{m.ps}\\end{figure*}'>",
        "![\\begin{figure*}\\epsfig{m.ps}\\end{figure*}](https://docs.example/m.png)",
    ),
    ("<img src=/m.png alt='$HOME$'>", "![$HOME$](https://docs.example/m.png)"),
    ("<span class=math>(1) <img src=m.png alt='a_i'></span>", "$a_i$"),
    ("<math alttext='y'><mi>z</mi></math>", "$y$"),
    (
        "<math><msup><mi>x</mi><mn>10</mn></msup><mo>+</mo><mfrac><mi>a</mi><mi>b</mi></mfrac></math>",
        "$x^{10} + \\frac{a}{b}$",
    ),
    (
        "<mjx-container><svg></svg><mjx-assistive-mml><math><msqrt><mi>y</mi></msqrt></math></mjx-assistive-mml></mjx-container>",
        "$\\sqrt{y}$",
    ),
    ("<span class=katex><span class=katex-html aria-hidden=true><span>x + y</span></span></span>", "x + y"),
    ("<mjx-container jax=SVG><svg><g data-latex='x^2'></g></svg></mjx-container>", "$x^2$"),
    ("<mjx-container data-latex='x^2'><mjx-math aria-hidden=true>x2</mjx-math></mjx-container>", "$x^2$"),
    ("<span class=math data-tex='x^2'>x2</span>", "$x^2$"),
    ("<img class=latex src='latex.php?latex=x' alt='x^2'>", "$x^2$"),
    (
        "<math><mo>(</mo><mtable><mtr><mtd>a</mtd><mtd>b</mtd></mtr><mtr><mtd>c</mtd><mtd>d</mtd></mtr></mtable></math>",
        "$( \\begin{matrix} a & b \\\\ c & d \\end{matrix}$",
    ),
    ("<math><mi>x</mi><mtext>if it is 5%</mtext></math>", "$x \\text{if it is 5\\%}$"),
    ("<math><msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup></math>", "${a + b}^2$"),
    ("<math><mo>{</mo><mover><mi>x</mi><mo>&rarr;</mo></mover><mo>}</mo></math>", "$\\{ \\vec{x} \\}$"),
    ("<math><munderover><mo>&sum;</mo><mi>i</mi><mi>n</mi></munderover></math>", "$\u2211_i^n$"),
    ("<math><mmultiscripts><mi>C</mi><mprescripts/><none/><mn>14</mn></mmultiscripts></math>", "${}^{14} C$"),
    ("<math><mfenced open='['><mi>a</mi><mi>b</mi></mfenced></math>", "$[a,b)$"),
    ("<script type='math/mml'><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math></script>", "$\\frac{a}{b}$"),
    ("<span class=MathJax_SVG>x</span><script type='math/mml' id=M><math><mi>y</mi></math></script>", "$y$"),
    ("<mjx-container jax=SVG><svg role=img aria-label='x squared'></svg></mjx-container>", "x squared"),
    ("<mjx-container><mjx-speech aria-label='x squared'></mjx-speech></mjx-container>", "x squared"),
    ("<span role=math aria-label='x squared'><svg></svg></span>", "x squared"),
    ("<script type='math/tex'>[a](javascript:x) <b</script>", "$[a\\](javascript:x) \\<b$"),
]


@pytest.mark.parametrize(("html", "text"), FORMULAS)
def test_a_formula_is_said_once_as_tex(html: str, text: str) -> None:
    assert of_main(f"<p>So {html} is.</p>") == f"So {text} is."


def test_a_formula_of_its_own_is_a_block() -> None:
    assert of_main("<p>a</p><div class=math>\\[ \\sum_i x_i \\]</div>") == "a\n\n$$\\sum_i x_i$$"


@pytest.mark.parametrize(
    ("tex", "expected"),
    [("a\\\\&lt;b>", "a\\\\\\<b>"), ("a\\&lt;b>", "a\\<b>"), ("[a\\\\](b)", "[a\\\\\\](b)"), ("[a](b)", "[a\\](b)")],
)
def test_tex_makes_no_tag_and_no_link_whatever_backslashes_are_before_it(tex: str, expected: str) -> None:
    assert of_main(f'<p><math alttext="{tex}"></math></p>') == f"${expected}$"


NUMBER = "<span class=eqno>(2.1)<a class=headerlink href='#eq'>¶</a></span>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<div class=math>{NUMBER}\\[E_1 = a \\\\ [1]\\]</div>", "$$E_1 = a \\\\ [1] \\tag{2.1}$$"),
        (f"<div class=math>{NUMBER}$$x$$</div>", "$$x \\tag{2.1}$$"),
        (f"<div class=math><p>{NUMBER}<img src=m.png alt='a_i'></p></div>", "$$a_i \\tag{2.1}$$"),
        ("<div class=math><span class=eqno></span>\\[x\\]</div>", "$$x$$"),
        ("<div class=math><span class=eqno>(1)</span></div>", "(1)"),
        ("<div class=math>\\begin{align*}a\\end{align*}</div>", "$$\\begin{align*}a\\end{align*}$$"),
    ],
)
def test_the_number_of_a_formula_is_its_tag(html: str, text: str) -> None:
    assert of_main(html) == text


@pytest.mark.parametrize("name", ["math", "tex"])
@pytest.mark.parametrize(
    ("alt", "text"),
    [
        ("Logo", "![Logo](https://docs.example/m.png)"),
        ("A circle: r = 1", "![A circle: r = 1](https://docs.example/m.png)"),
        ("logo_dark", "![logo_dark](https://docs.example/m.png)"),
        ("x", "$$x$$"),
        ("E = mc^2", "$$E = mc^2$$"),
        ("f(x) = abs(x)", "$$f(x) = abs(x)$$"),
        ("v_{max}", "$$v_{max}$$"),
        ("\\alpha", "$$\\alpha$$"),
    ],
)
def test_the_words_about_a_picture_are_no_formula(name: str, alt: str, text: str) -> None:
    assert of_main(f"<div class={name}><img src=/m.png alt='{alt}'></div>") == text


def test_two_formulas_are_not_one_with_the_words_between_them() -> None:
    assert "$" not in of_main("<p class=math>\\(x\\) and \\(y\\)</p>")


@pytest.mark.slow
def test_elements_that_are_called_formulas_are_read_in_linear_time() -> None:
    def read(breaks: int) -> None:
        depth = breaks // 10
        of_main(("<div class=math>" * depth + "x" + "<br>" * breaks + "</div>" * depth) * 4)

    assert_linear(read, 4_800)


@pytest.mark.slow
def test_formulas_in_scripts_without_an_end_are_found_in_linear_time() -> None:
    assert_linear(lambda scripts: of_main("<script type = 'math/mml" * scripts), 100_000)
    assert_linear(lambda scripts: of_main("<script type='math/mml'><math><mi>x</mi></math>" * scripts), 3_000)
