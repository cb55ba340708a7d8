from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.content.on_demand.folded import label_folded
from llmstxt_sched.extraction.dom.parse import parse
from llmstxt_sched.extraction.generator_selectors import ACCORDIONS

ANSWER, AT = "<p>By card.</p>", "aria-expanded=false aria-controls=a"
FOLDED = {
    "the changes of a version": (
        f"<div><button {AT}>v1.2.0</button><div id=a hidden><ul><li>By card.</ul></div></div>",
        "**v1.2.0**\n\n- By card.",
    ),
    "a term": (f"<dl><dt><button {AT}>How?</button><dd id=a hidden>{ANSWER}</dl>", "- **How?**: By card."),
    "a term whose answer is a link": (
        f"<dl><dt><button {AT}>How?</button><dd id=a hidden><a href=/c>By card.</a></dl>",
        "- **How?**: [By card.](https://docs.example/c)",
    ),
    "a heading": (f"<h3><button {AT}>How?</button></h3><div id=a style='display:none'>{ANSWER}</div>", "### How?"),
    "a heading with wrappers": (
        f"<div><h3><span><button {AT}>How?</button></span></h3></div><div id=a hidden>{ANSWER}</div>",
        "### How?",
    ),
    "a heading that does not say what it unfolds": (
        f"<h3><button aria-expanded=false>How?</button></h3><div hidden>{ANSWER}</div>",
        "### How?",
    ),
    "a button": (f"<button {AT}>How?</button><div id=a style='display:none'>{ANSWER}</div>", "**How?**"),
    "a heading whose button names what it unfolds": (
        f"<h3><button data-target='#a'>How?</button></h3><div id=a hidden>{ANSWER}</div>",
        "### How?",
    ),
    "a heading that is the button": (
        f"<h3 aria-controls=a>How?</h3><div id=a role=region hidden>{ANSWER}</div>",
        "### How?",
    ),
    "a card of bootstrap": (
        (
            "<div><div class=card-header><button data-bs-toggle=collapse data-bs-target='#a'>How?</button></div>"
            f"<div id=a class=collapse>{ANSWER}</div></div>"
        ),
        "**How?**",
    ),
    "a button that only its class tells": (
        f"<button class=accordion>How?</button><div class=panel>{ANSWER}</div>",
        "**How?**",
    ),
    "a box with the role of a button": (
        f"<div role=button {AT}><a>How?</a></div><div id=a role=region hidden>{ANSWER}</div>",
        "**How?**",
    ),
    "a heading in what is called a list of tabs": (
        (
            "<div role=tablist><div><h4><a data-toggle=collapse role=button aria-expanded=false href='#a'>How?</a></h4>"
            f"</div><div id=a class='panel-collapse collapse'>{ANSWER}</div></div>"
        ),
        "#### How?",
    ),
    "a line with a link that only a script follows": (
        f"<p><b><a class=dropspot href='javascript:void(0)'>How?</a></b></p><div style='display:none'>{ANSWER}</div>",
        "**How?**",
    ),
    "a link that only a script follows": (
        f"<div><a href='#' onclick='open(this)'>How?</a><div style='display:none'>{ANSWER}</div></div>",
        "How?",
    ),
    "a button that does not say what it unfolds": (
        f"<div><button aria-expanded=false>How?</button><div aria-hidden=true>{ANSWER}</div></div>",
        "**How?**",
    ),
    "a button in a wrapper that only its class tells": (
        f"<div><div><button class=x-accordion-header>How?</button></div><div class=x-panel>{ANSWER}</div></div>",
        "**How?**",
    ),
    "a button before what only a stylesheet hides": (
        f"<div><button aria-expanded=false>How?</button><div class=x-content--hidden>{ANSWER}</div></div>",
        "**How?**",
    ),
    "a button in a wrapper": (
        f"<div><b><button {AT}>How?</button></b></div><div id=a hidden>{ANSWER}</div>",
        "**How?**",
    ),
}
SHARE = "<p>Share this page with your team</p><button>Copy link</button>"
WIDGETS = {
    "versions": ("aria-haspopup=true", "Which one", "<p>All of the versions</p>"),
    "versions by name": ("", "Version 2.0", "<p>All of the versions</p>"),
    "sharing": ("", "Share", SHARE),
    "sharing in German": ("", "Teilen", "<p>Teile die Seite mit deinen Leuten</p>"),
    "languages in Chinese": ("", "选择语言", "<p>所有语言</p>"),
    "contents in Russian": ("", "На этой странице", "<p>Все разделы</p>"),
    "filters": ("", "Narrow", "<label>Language <select><option>x</select></label>"),
    "feedback": ("", "Your opinion", "<p>Tell us what you think about this page.</p><textarea></textarea>"),
    "buttons": ("", "Which one", "<button>The old one</button> <button>The latest</button>"),
    "links": ("", "More of us", "<a href=/a>About us</a> <a href=/b>Our friends</a>"),
}


@pytest.mark.parametrize("name", FOLDED)
def test_what_a_button_unfolds_is_read_under_its_words(name: str) -> None:
    html, label = FOLDED[name]
    text = of_main(f"<p>{PROSE}</p>{html}").removeprefix(f"{PROSE}\n\n")
    assert text == (label if "By card" in label else f"{label}\n\nBy card.")


@pytest.mark.parametrize(
    "button",
    [
        *(
            "Show more",
            "Click here to expand...",
            "Click to show details",
            "Mehr anzeigen",
            "Afficher plus",
            "Mostrar más",
            "Mostra altro",
            "Pokaż więcej",
            "Zobrazit více",
        ),
        *("Devamını oku", "Xem thêm", "Показать ещё", "عرض المزيد", "แสดงเพิ่มเติม", "もっと見る", "显示更多", "더 보기"),
    ],
)
def test_what_a_button_unfolds_that_says_nothing_else_is_read_without_a_label(button: str) -> None:
    html = f"<div><button {AT}>{button}</button></div><div id=a style='display:none'>{ANSWER}</div>"
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\nBy card."


@pytest.mark.parametrize(
    "link", ["<a href=#>How?</a>", "<a href=/how class=toggle>How?</a>", "Or <a href=# onclick='a()'>how</a>"]
)
def test_what_is_hidden_behind_another_link_is_left_out(link: str) -> None:
    assert "By card." not in of_main(f"<p>{PROSE}</p><p>{link}</p><div style='display:none'>{ANSWER}</div>")


@pytest.mark.parametrize("name", WIDGETS)
def test_a_tool_of_the_site_that_a_button_unfolds_is_left_out(name: str) -> None:
    popup, label, panel = WIDGETS[name]
    html = f"<div><button {popup} {AT}>{label}</button><div id=a hidden>{panel}</div></div>"
    assert of_main(f"<p>{PROSE}</p>{html}") == PROSE


@pytest.mark.parametrize("name", ["Documentation", "Topics", "Startseite", "文档", "Teilen", "版本"])
def test_a_text_that_is_called_as_tools_are_is_none(name: str) -> None:
    html = f"<div><button {AT}>{name}</button><div id=a hidden>{{}}</div></div>"
    assert of_main(f"<p>{PROSE}</p>{html.format(ANSWER)}") == f"{PROSE}\n\n**{name}**\n\nBy card."
    menu = html.format("<p>All of <a href=/a>the mills</a></p>")
    assert of_main(f"<p>{PROSE}</p>{menu}") == PROSE


@pytest.mark.parametrize("button", ["data-target='#a'", "data-toggle=modal data-target='#a'", "aria-controls=a"])
def test_a_button_that_names_something_else_is_no_label_of_it(button: str) -> None:
    html = f"<div><button {button}>Copy</button><div id=a>{ANSWER}</div></div>"
    assert of_main(f"<p>{PROSE}</p>{html}") == f"{PROSE}\n\nBy card."


def test_what_a_button_in_a_heading_shows_as_a_window_is_left_out() -> None:
    html = f"<h2>Pay <button data-toggle=modal data-target='#a'>Ask</button></h2><div id=a hidden>{ANSWER}</div>"
    assert "By card." not in of_main(f"<p>{PROSE}</p>{html}")


@pytest.mark.slow
def test_folded_sections_in_one_another_are_read_in_linear_time() -> None:
    def read(depth: int) -> None:
        buttons = "".join(f"<h3 aria-controls=c{at}>How?</h3>" for at in range(depth))
        sections = "".join(f"<div id=c{at}>" for at in range(depth))
        assert of_main(f"<p>{PROSE}</p>{buttons}{sections}{'<u></u>' * (100 * depth)}By card").endswith("By card")

    assert_linear(read, 200)


@pytest.mark.parametrize(
    "question",
    [
        "<button class=faq-question>{q}</button><div class=faq-answer>{a}</div>",
        "<button class=faq-question>{q}<span>+</span></button><div class=faq-answer style=display:none>{a}</div>",
        "<button aria-expanded=false><b>{q}</b></button><div style='max-height:0;overflow:hidden'>{a}</div>",
        "<button class=question aria-expanded=false>{q}</button><div hidden>{a}</div>",
    ],
)
def test_a_question_that_a_button_asks_stands_above_its_answer(question: str) -> None:
    asked = question.format(q="How often?", a="<p>Each third week.</p>")
    written = of_main(f"<h1>T</h1><p>{PROSE}</p><div class=item>{asked}</div>")
    assert written == f"# T\n\n{PROSE}\n\n**How often?**\n\nEach third week."


@pytest.mark.parametrize(
    "answer",
    [
        "<div class=answer hidden>{a}</div>",
        "<div class=toggle_content style=display:none>{a}</div>",
        "<div class=spoiler-body hidden>{a}</div>",
        "<div itemprop=acceptedAnswer hidden><p>{a}</p></div>",
    ],
)
def test_an_answer_that_a_reader_can_open_is_read_whatever_opens_it(answer: str) -> None:
    asked = f"<div><h3>How often?</h3>{answer.format(a='Each third week.')}</div>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{asked}").endswith("### How often?\n\nEach third week.")
    for name in ("answers-to-come", "unanswered", "content"):
        assert "third" not in of_main(f"<h1>T</h1><p>{PROSE}</p><div class={name} hidden>Each third week.</div>")


def test_what_only_says_that_it_unfolds_something_is_no_answer() -> None:
    for said in ("<a class=read-more hidden>Read more</a>", "<p class=more-text hidden>Show more \u2026</p>"):
        assert of_main(f"<h1>T</h1><p>{PROSE}</p>{said}") == f"# T\n\n{PROSE}"
    rest = "<span class=read-more hidden>More of it.</span>"
    assert of_main(f"<h1>T</h1><p>{PROSE} {rest}</p>") == f"# T\n\n{PROSE} More of it."


@pytest.mark.parametrize("words", ["Show code", "View source", "Hide the source code"])
def test_a_button_that_shows_the_code_is_no_label_of_it(words: str) -> None:
    code = f"<button aria-expanded=false>{words}</button><div hidden><pre>mill()</pre></div>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{code}") == f"# T\n\n{PROSE}\n\n```\nmill()\n```"


@pytest.mark.parametrize("name", ["ask-question", "next_question", "submit-question-button"])
def test_a_button_that_goes_to_a_question_is_no_label(name: str) -> None:
    asked = f"<button class={name}>Ask us</button><div><p>More of it.</p></div>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{asked}") == f"# T\n\n{PROSE}\n\nMore of it."


def test_a_button_above_a_menu_or_the_page_itself_is_no_question() -> None:
    menu = "<button aria-expanded=false>Menu</button><div><a href=/a>Ovens</a> <a href=/b>Wheels</a></div>"
    page = f"<button class=faq aria-expanded=false>FAQ</button><div><main><h1>T</h1><p>{PROSE}</p></main></div>"
    assert markdown(f"<body>{menu}{page}") == f"# T\n\n{PROSE}\n"


@pytest.mark.parametrize(
    "asked",
    [
        "<button @click='open = !open'>{q}</button><div x-show=open style=display:none>{a}</div>",
        "<button @click='open = !open' :aria-expanded=open>{q}</button><div x-show=open x-cloak>{a}</div>",
        "<button onclick=toggle(1)><span>{q}</span></button><div id=a1 class='hidden px-4'>{a}</div>",
        "<button class=faq aria-controls=a><b>How</b><b>often?</b></button><div id=a>{a}</div>",
    ],
)
def test_a_question_that_a_script_listens_to_stands_above_its_answer(asked: str) -> None:
    html = asked.format(q="How often?", a="<p>Each third week.</p>")
    written = of_main(f"<h1>T</h1><p>{PROSE}</p><div>{html}</div>")
    assert written == f"# T\n\n{PROSE}\n\n**How often?**\n\nEach third week."


@pytest.mark.parametrize(
    "told",
    [
        "<button onclick=copy()>Copy</button><div hidden>Copied</div>",
        "<form><button onclick=send()>Send</button><div hidden>Thank you</div></form>",
        "<button onclick=run()>Run</button><div class=hidden></div>",
        "<button onclick=run()>Run</button><div hidden><h6>Run</h6></div>",
        "<button onclick=run()>Run</button><div hidden><nav><a href=/a>A</a></nav></div>",
    ],
)
def test_what_another_button_tells_is_no_answer(told: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><div>{told}</div>") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("How often? <span>+</span>", "How often?"),
        ("How often? <i>\u25be</i>", "How often?"),
        ("How often<b>?</b>", "How often?"),
        ("What is C<sup>#</sup>?", "What is C#?"),
        ("Is <code>$</code> a name?", "Is $ a name?"),
        ("What is <code>+</code>", "What is +"),
        ("In <span>\u20ac</span>", "In \u20ac"),
    ],
)
def test_a_sign_that_a_question_is_about_is_none_of_its_button(words: str, text: str) -> None:
    asked = f"<button class=faq-question>{words}</button><div hidden><p>Each third week.</p></div>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{asked}").endswith(f"\n\n**{text}**\n\nEach third week.")


@pytest.mark.slow
def test_buttons_behind_very_many_elements_take_linear_time() -> None:
    def page(size: int) -> str:
        asked = "<button class=faq>How often?</button><div>Each third week.</div>" * size
        return f"<main><h1>T</h1><p>{PROSE}</p>{'<u></u>' * (40 * size)}{asked}</main>"

    assert "How often?" in markdown(page(50))
    trees = {size: parse(page(size), as_xml=False) for size in (50, 500)}
    assert_linear(lambda size: label_folded(trees[size]), 500)


@pytest.mark.slow
def test_a_very_long_name_of_a_button_takes_linear_time() -> None:
    def match(parts: int) -> None:
        assert ACCORDIONS.fullmatch("question-" * parts + "!") is None

    assert_linear(match, 8_000)
    assert ACCORDIONS.fullmatch("faq-question-question-title")


@pytest.mark.parametrize(
    "button", ["<a href class=accordion-toggle>How?</a>", "<button aria-expanded=false>How?</button>"]
)
def test_a_button_that_is_all_of_a_page_unfolds_nothing(button: str) -> None:
    assert markdown(f"<div><h4>{button}</h4></div><div hidden></div>") == "#### How?\n"
    assert markdown(button) in ("How?\n", "\n")


@pytest.mark.parametrize("around", ["{}", "<div class=step>{}</div>"])
def test_buttons_that_alternate_with_boxes_are_their_labels(around: str) -> None:
    boxes = {"Linux": "<pre>apt install mill</pre>", "macOS": "<div>Use brew for it.</div>"}
    steps = "".join(around.format(f"<button class=b>{name}</button>{box}") for name, box in boxes.items())
    written = of_main(f"<h1>T</h1><p>{PROSE}</p>{steps}")
    assert written.endswith("**Linux**\n\n```\napt install mill\n```\n\n**macOS**\n\nUse brew for it.")
    # A tool has the same words, or stands anywhere else, too.
    assert "**Run**" not in of_main(f"<h1>T</h1><p>{PROSE}</p>{steps.replace('Linux', 'Run').replace('macOS', 'Run')}")
    assert "**" not in of_main(f"<h1>T</h1><p>{PROSE}</p>{steps.replace('macOS', 'Copy')}")
    if around == "{}":
        assert "**" not in of_main(f"<h1>T</h1><p>{PROSE}</p><div>{steps}<button>Buy</button><p>x</p></div>")
