from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main, read
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.generator_selectors import BADGES


def test_the_labels_of_doxygen_are_words_of_their_own() -> None:
    labels = '<span class="mlabels"><span class="mlabel">inline</span><span class="mlabel">static</span></span>'
    page = f"<main><h1>Gate Class{labels}</h1><p>{PROSE}</p><p><code>int n{labels}</code></p></main>"
    assert markdown(page) == f"# Gate Class inline static\n\n{PROSE}\n\n`int n inline static`\n"


def test_the_labels_of_dartdoc_are_words_of_their_own() -> None:
    labels = "<div class=features><span class=feature>final</span><span class=feature>inherited</span></div>"
    assert markdown(f"<main><h1>Gate</h1><p>{PROSE}</p>{labels}</main>").endswith("\n\nfinal inherited\n")


def test_what_a_card_of_starlight_says_of_its_link_is_apart_from_it() -> None:
    card = (
        "<span class='sl-flex stack'><a href=/g><span>Gates</span></a><span class=description>All of them</span></span>"
    )
    page = f"<main><h1>Mill</h1><p>{PROSE}</p><div class=sl-link-card>{card}</div></main>"
    assert markdown(page).endswith("\n\n[Gates](https://docs.example/g) All of them\n")


def test_cards_with_nothing_between_them_are_words_of_their_own() -> None:
    links = "<a href=/a>Gates</a><a href=/b>Valves</a>"
    page = f"<main><p>{PROSE}</p><div class='nextra-cards nx-mt-4'>{links}</div><pre><div>{links}</div></pre></main>"
    cards = "[Gates](https://docs.example/a) [Valves](https://docs.example/b)"
    assert markdown(page) == f"{PROSE}\n\n{cards}\n\n```\nGatesValves\n```\n"


def test_the_lines_of_a_title_of_vitepress_are_words_of_their_own() -> None:
    lines = '<span class="name clip">Gate</span><span class="text">Opens and shuts</span>'
    page = f'<main><h1 class="heading">{lines}</h1><p>{PROSE} <b>{lines}</b></p></main>'
    assert markdown(page) == f"# Gate Opens and shuts\n\n{PROSE} **GateOpens and shuts**\n"


def test_lists_that_lay_out_a_page_of_javadoc_are_none() -> None:
    inner = f"<ul class=blockList><li class=blockList><h4>turn</h4><p>{PROSE}</p></li></ul>"
    page = (
        f"<main><ul class=blockList><li class=blockList><h3>Method Detail</h3>{inner}</li></ul><ul><li>One</ul></main>"
    )
    assert markdown(page) == f"### Method Detail\n\n#### turn\n\n{PROSE}\n\n- One\n"


def test_the_lists_of_newer_javadoc_lay_out_its_page_as_well() -> None:
    inner = f"<ul class=member-list><li><section><h3>turn</h3><p>{PROSE}</p></section></ul>"
    page = f"<main><ul class=details-list><li><section><h2>Method Details</h2>{inner}</section></ul></main>"
    assert markdown(page) == f"## Method Details\n\n### turn\n\n{PROSE}\n"


def test_a_list_that_is_called_like_one_of_javadoc_is_a_list() -> None:
    page = f"<main><h1>Team</h1><p>{PROSE}</p><ul class=member-list><li>Alice<li>Bob<ul><li>deputy</ul></ul></main>"
    assert markdown(page) == f"# Team\n\n{PROSE}\n\n- Alice\n- Bob\n  - deputy\n"


def test_the_title_of_a_page_may_be_one_by_its_role_alone_and_beside_the_content() -> None:
    page = f"<div><div><div role=heading aria-level=1>Stones</div></div><main><p>{PROSE}</p></main></div>"
    assert markdown(f"<title>Stones - Mill</title><body>{page}") == f"# Stones\n\n{PROSE}\n"


def test_a_badge_is_no_part_of_the_word_beside_it() -> None:
    badge = "<span class='tag tag-fixed'>Fixed</span>"
    page = f"<main><h1>T</h1><ul><li>{badge}a stone<li>A stone{badge}<li>A ({badge})</ul>"
    assert markdown(f"{page}</main>") == "# T\n\n- Fixed a stone\n- A stone Fixed\n- A (Fixed)\n"
    code = "<pre>x<span class=tag>div</span>y</pre><p><code>x<span class=label>ab</span>y</code></p>"
    assert markdown(f"<main><h1>T</h1>{code}</main>") == "# T\n\n```\nxdivy\n```\n\n`xaby`\n"


@pytest.mark.slow
def test_very_long_names_of_what_is_no_badge_take_linear_time() -> None:
    def looked_at(parts: int) -> None:
        assert BADGES.fullmatch("badge-" * parts + "1") is None

    assert_linear(looked_at, 400_000)
    assert BADGES.fullmatch("page-tag-fixed")


def test_code_notes_and_formulas_of_distill_are_read_as_such() -> None:
    code = "<d-code block language=python>\n  grind(x)</d-code>"
    text = f"<p>The <d-math>y_0</d-math> of <d-code>f</d-code><d-footnote>A guess.</d-footnote></p><p>{PROSE}</p>"
    written = markdown(f"<d-article><h1>Mill</h1><p>{PROSE}</p>{text}<d-math block>x^2</d-math>{code}</d-article>")
    assert "The $y_0$ of `f` (A guess.)\n\n" in written
    assert "\n\n$$x^2$$\n\n```python\n" in written
    assert "\n  grind(x)\n```" in written


def test_the_line_below_the_words_of_a_heading_is_apart_from_them() -> None:
    page = f"<main><h1>Mills<span class=subtitle>And how they turn</span></h1><p>{PROSE}</p></main>"
    assert markdown(page).startswith("# Mills And how they turn\n")


def test_words_for_screen_readers_are_apart_from_those_beside_them() -> None:
    warning = "<strong><span class=govuk-visually-hidden>Warning</span>You can be fined.</strong>"
    assert markdown(f"<main><p>{PROSE}</p><p>{warning}</p></main>").endswith("\n\n**Warning You can be fined.**\n")


def test_a_word_behind_the_name_of_a_parameter_of_jsdocs_is_no_part_of_it() -> None:
    signature = "<span class=signature>(corn, stones<span class=signature-attributes>opt</span>)</span>"
    assert markdown(f"<main><h4 class=name id=grind>grind{signature}</h4><p>{PROSE}</p>").startswith(
        "#### grind(corn, stones opt)\n"
    )
    returned = "<span class=type-signature> \u2192 {Flour}<span class=signature-attributes>nullable</span></span>"
    assert "{Flour} nullable\n" in markdown(f"<main><h4 class=name>grind{returned}</h4><p>{PROSE}</p>")


def said_by_codox(text: str) -> str:
    doc = f"<div class=doc><pre class=plaintext>{text}</pre></div>"
    return markdown(f"<main class=namespace-docs><h1>mill</h1>{doc}</main>").removeprefix("# mill\n\n")


def test_the_first_paragraph_of_what_codox_says_is_one_and_the_rest_stays_as_it_stands() -> None:
    assert said_by_codox("Grinds corn\nto flour.") == "Grinds corn to flour.\n"
    options = ":sails - how many\n         there are"
    assert said_by_codox(f"Grinds corn.\n\n{options}") == f"Grinds corn.\n\n```\n{options}\n```\n"
    for text in (f"Options are\n{options}", "(grind corn)", "Takes\n  corn"):
        assert said_by_codox(text) == f"```\n{text}\n```\n"
    code = "<div><pre class=plaintext>make harbour of it</pre></div>"
    assert markdown(f"<main><p>{PROSE}</p>{code}</main>").endswith("\n```\nmake harbour of it\n```\n")


def test_the_line_that_includes_what_a_page_is_about_is_no_part_of_its_title() -> None:
    # M.css'.
    line = "<div class='m-doc-include m-code'><span class=cp>#include</span> <a href=mill.html>&lt;mill.h&gt;</a></div>"
    page = f"<main><h1>mill::Stone <span class=m-thin>class</span> {line}</h1><p>{PROSE}</p></main>"
    assert markdown(page) == f"# mill::Stone class\n\n```\n#include <mill.h>\n```\n\n{PROSE}\n"
    assert markdown(page.replace("m-doc-include", "x")).startswith("# mill::Stone class #include")


def option(path: str, indent: str = "") -> str:
    title = f"<p class=ansible-option-title><strong>{path.rpartition('/')[2]}</strong></p>"
    anchor = f"<div class=ansibleOptionAnchor id='parameter-{path}'></div>"
    return f"<tr><td>{indent}<div class=ansible-option-cell>{anchor}{title}</div></td><td><p>Said of it.</p></td></tr>"


def test_an_option_of_ansibles_that_is_a_part_of_another_is_named_by_both() -> None:
    indent = "<div class=ansible-option-indent></div>"
    head = "<thead><tr><th><p>Parameter</p></th><th><p>Comments</p></th></tr></thead>"
    rows = option("stones") + option("stones/size", indent) + option("stones/size/unit", indent * 2)
    written = markdown(f"<main><h1>mill</h1><table>{head}<tbody>{rows}</tbody></table></main>")
    names = [line.split(" | ")[0] for line in written.split("\n")[4:] if line]
    assert names == ["| **stones**", "| **stones / size**", "| **stones / size / unit**"]


def test_the_parameters_that_yuidoc_sets_on_a_line_are_no_list() -> None:
    items = "".join(f"<li class=arg>\n<code>{name}</code>\n</li>\n" for name in ("corn", "stones"))
    args = f"<span class=paren>(</span><ul class='args-list inline commas'>\n{items}</ul><span class=paren>)</span>"
    tabs = "<ul class=api-class-tabs><li class='api-class-tab index'><a href='#index'>Index</a></ul>"
    page = f"<main><h1>Mill</h1><p>{PROSE}</p>{tabs}<h3 class=name><code>grind</code></h3><div class=args>{args}</div>"
    assert markdown(page) == f"# Mill\n\n{PROSE}\n\n### `grind`\n\n(`corn`, `stones`)\n"
    blocks = args.replace("<code>corn</code>", "<p>corn</p>")
    assert "- corn\n" in markdown(f"<main><h1>Mill</h1><p>{PROSE}</p>{blocks}</main>")
    said = args.replace("<code>corn</code>", "<code>corn</code> that is ground")
    assert "- `corn` that is ground\n" in markdown(f"<main><h1>Mill</h1><p>{PROSE}</p>{said}</main>")


def test_what_only_its_role_says_to_be_a_list_is_one_where_each_item_is_a_line() -> None:
    for tag in ("div", "span"):
        items = "".join(f"<{tag} role=listitem>{said}</{tag}>" for said in ("Fill <b>it</b>", "<a href=/o>Open</a>"))
        page = f"<main><h1>T</h1><p>{PROSE}</p><{tag} role=list class=x>{items}</{tag}></main>"
        assert markdown(page).endswith(f"{PROSE}\n\n- Fill **it**\n- [Open](https://docs.example/o)\n")
    card = f"<div role=listitem><h2>Gate</h2><p>{PROSE}</p></div>"
    assert "- " not in markdown(f"<main><h1>T</h1><div role=list>{card}{card}</div></main>")
    words = "<span role=list><span role=listitem>corn</span>, <span role=listitem>rye</span></span>"
    assert "It grinds corn, rye." in markdown(f"<main><h1>T</h1><p>{PROSE}</p><p>It grinds {words}.</p></main>")


def test_steps_with_their_numbers_are_a_numbered_list() -> None:
    step = "<div role=listitem><div></div><div><div>{0}</div></div><div><p>{1}</p>{2}</div></div>"
    steps = [step.format(1, "Fill it", "<pre>corn</pre>"), step.format(2, "Turn it", "")]
    written = "1. Fill it\n\n   ```\n   corn\n   ```\n\n2. Turn it"
    assert of_main(f"<div role=list>{''.join(steps)}</div>") == written
    others = [step.format(1, "Fill it", ""), step.format(3, "Turn it", "")]
    assert of_main(f"<div role=list>{''.join(others)}</div>") == "1\n\nFill it\n\n3\n\nTurn it"
    headed = [step.format(number, "It.", "<h3>Fill</h3>") for number in (1, 2)]
    assert "\n### Fill" in of_main(f"<div role=list>{''.join(headed)}</div>")


def test_bold_text_keeps_the_lines_that_its_style_keeps() -> None:
    poem = "<p>Said: <b style='white-space: pre-line'>Turn,\nwheel</b></p>"
    assert "**Turn,\nwheel**" in markdown(f"<main><h1>T</h1><p>{PROSE}</p>{poem}</main>")


def test_the_title_of_a_home_page_of_rspress_is_a_heading() -> None:
    title = '<div class="rp-home-hero__title"><span class="rp-home-hero__title-brand">Mill</span></div>'
    hero = f'{title}<div class="rp-home-hero__subtitle">Grinds corn</div><p class="rp-home-hero__tagline">{PROSE}</p>'
    card = f'<div class="rp-home-feature__card"><h2>Fast</h2><p>{PROSE}</p></div>'
    page = f'<div id="__rspress_root"><div class="rp-home-hero">{hero}</div><div>{card}{card}</div></div>'
    written = markdown(f"<title>Mill | Grinds corn</title>{page}")
    assert written.startswith(f"# Mill\n\nGrinds corn\n\n{PROSE}\n\n## Fast")


def test_a_line_in_a_heading_that_begins_with_a_sign_goes_on_its_words() -> None:
    page = f"<main><h1>Mills<span class=subtitle>: a guide</span></h1><p>{PROSE}</p></main>"
    assert markdown(page).startswith("# Mills: a guide\n")


def test_an_object_or_embed_that_shows_a_picture_is_one() -> None:
    pictures = {
        "<object data=/g.svg type=image/svg+xml class=graphviz><p class=warning>digraph {}</p></object>": "digraph {}",
        "<object data=/g.svg type=image/svg+xml><span class=alt>A tiger</span></object>": "A tiger",
        "<object data=/g.svg><img src=/g.png alt='A tiger'></object>": "A tiger",
        "<embed src=/g.svg title='A tiger'>": "A tiger",
        "<object data=/g.svg>The browser shows the mill</object>": "The browser shows the mill",
    }
    for html, alt in pictures.items():
        page = read(f"<main><h1>T</h1><p>{PROSE}</p><div>{html}</div><p>{PROSE}</p></main>")
        assert page.markdown == f"# T\n\n{PROSE}\n\n![{alt}](https://docs.example/g.svg)\n\n{PROSE}\n"
        assert page.links == ()
    # In a sentence it is a part of that.
    shown = "Press <object data=/g.svg type=image/svg+xml>the lever</object> now."
    assert of_main(f"<p>{shown}</p>") == "Press ![the lever](https://docs.example/g.svg) now."


def test_a_picture_of_which_is_said_only_that_a_browser_may_not_show_it_has_no_description() -> None:
    for said in (
        "<p><b>This browser is not able to show SVG: try another.</b></p>",
        "Sorry, your browser doesn\u2019t support SVG.",
        "Your browser cannot display it",
    ):
        assert of_main(f"<h1>T</h1><p>{PROSE}</p><object data=/g.svg>{said}</object>") == f"# T\n\n{PROSE}"


def test_another_object_is_no_picture() -> None:
    for kind in ("type=application/pdf data=/a.pdf", "type=text/html data=/a", "data=/a.html", "data=/a.mp4", ""):
        assert of_main(f"<h1>T</h1><p>{PROSE}</p><object {kind}>JUNK</object>") == f"# T\n\n{PROSE}"
