from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

INPUTS = [
    ("<p>A<label for=n></label><input type=checkbox id=n class=margin-toggle> <span>note</span></p>", "A note"),
    ("<div><label><input type=checkbox id=m><svg></svg></label></div><p>A</p>", "A"),
    ("<ul><li><label><input type=checkbox checked></label> done</ul>", "- [x] done"),
    ("<ul><li><input type=checkbox checked> done<li><input type=checkbox disabled>open</ul>", "- [x] done\n- [ ] open"),
    ("<ul><li><input type=radio checked> yes<li><input type=radio>no</ul>", "- (x) yes\n- ( ) no"),
    ("<p><input type=radio name=a id=q1><label for=q1>What is it?</label></p>", "What is it?"),
    ("<label><input type=radio name=b>npm</label><pre>npm i</pre>", "npm\n\n```\nnpm i\n```"),
    ("<ul><li><input type=radio name=a id=q><label for=q>What is it?</label></ul>", "- What is it?"),
    (
        "<ul><li><label><input type=radio name=a>a</label><li><label><input type=radio name=a>b</label></ul>",
        "- ( ) a\n- ( ) b",
    ),
    ("<ul><li><p><input type=radio name=a>a</p><li><p><input type=radio name=a checked>b</p></ul>", "- ( ) a\n- (x) b"),
    (
        (
            "<ul><li><label><input type=radio name=a>a</label><div>A</div>"
            "<li><label><input type=radio name=a>b</label><div>B</div></ul>"
        ),
        "- a\n\n  A\n\n- b\n\n  B",
    ),
    (
        "<ul><li><label><input type=radio name=a>a</label><p>A<li><label><input type=radio name=a>b</label><p>B</ul>",
        "- a\n\n  A\n\n- b\n\n  B",
    ),
    ("<p><input type=radio name=a id=x> a<br><input type=radio name=a id=y checked> b</p>", "( ) a\n(x) b"),
    ("<p><input type=radio name=a id=x> a<input type=radio name=b id=y> b</p>", "a b"),
    (
        "<p><label><input type=radio name=a>a</label><p><label><input type=radio name=a checked>b</label>",
        "( ) a\n\n(x) b",
    ),
    (
        (
            "<ul><li><div><label><input type=radio name=a>a</label></div>"
            "<li><div><label><input type=radio name=a checked>b</label></div></ul>"
        ),
        "- ( ) a\n- (x) b",
    ),
    (
        "<div><label><input type=radio name=a>a</label><br><label><input type=radio name=a checked>b</label></div>",
        "( ) a\n(x) b",
    ),
    (
        (
            "<div><input type=radio name=a id=x><label for=x>a</label>"
            "<input type=radio name=a id=y checked><label for=y>b</label></div>"
        ),
        "( ) a (x) b",
    ),
    (
        (
            "<ul><li><label for=x>a</label><input type=radio name=a id=x>"
            "<li><label for=y>b</label><input type=radio name=a id=y checked></ul>"
        ),
        "- a ( )\n- b (x)",
    ),
    ("<p><label for=x>a</label><input type=checkbox id=x checked></p>", "a [x]"),
    ("<div>a<input type=radio>b<input type=radio>c</div>", "a b c"),
    (
        "<div><input type=checkbox id=x><label for=x>a</label><input type=checkbox id=y><label for=y>b</label></div>",
        "a b",
    ),
    (
        (
            "<div><input type=radio name=a id=x><input type=radio name=a id=y>"
            "<label for=x>a</label><label for=y>b</label></div><div>A</div><div>B</div>"
        ),
        "a b\n\nA\n\nB",
    ),
    (
        "<div><p><input type=radio name=a>a<div>A</div><p><input type=radio name=a>b<div>B</div></div>",
        "a\n\nA\n\nb\n\nB",
    ),
    (
        (
            "<div><input type=radio name=a id=x><label for=x>a</label>"
            "<input type=radio name=a id=y><label for=y>b</label><div>A</div><div>B</div></div>"
        ),
        "a b\n\nA\n\nB",
    ),
    ("<p><label><input type=radio>a</label> <span role=radio aria-checked=true></span>b</p>", "( ) a (x) b"),
]


@pytest.mark.parametrize(("html", "text"), INPUTS)
def test_a_box_to_tick_has_its_state_where_that_says_something(html: str, text: str) -> None:
    assert of_main(html) == text


TASKS = {
    "Notion": "<li><div class='checkbox checkbox-{on}'></div> <span>{text}</span>",
    "a button": "<li><div><button role=checkbox aria-checked={state} disabled></button></div><div><p>{text}</p></div>",
    "a button beside": "<li><button role=checkbox aria-checked={state} disabled></button><div>{text}</div>",
    "Tiptap": "<li data-checked={state}><p>{text}</p>",
    "Tiptap with boxes": "<li data-checked={state}><label><input type=checkbox {tick}></label><div>{text}</div>",
    "Joplin": "<li><div class=wrapper><input type=checkbox {tick}><label>{text}</label></div>",
    "Typora": "<li><input type=checkbox {tick}><p>{text}</p>",
    "Font Awesome": "<li><i class='far fa-{icon}'></i> {text}",
}


DONE = {"on": "on", "state": "true", "tick": "checked", "icon": "check-square", "text": "Order"}


OPEN = {"on": "off", "state": "false", "tick": "", "icon": "square", "text": "Sharpen"}


@pytest.mark.parametrize("name", TASKS)
def test_an_item_begins_with_its_checkbox_wherever_that_is_written(name: str) -> None:
    items = TASKS[name].format(**DONE) + TASKS[name].format(**OPEN)
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><ul>{items}</ul>").endswith("- [x] Order\n- [ ] Sharpen")


def test_a_checkbox_beside_words_has_its_state_in_a_term_a_heading_or_a_line() -> None:
    box = "<input type=checkbox checked> Order"
    assert of_main(f"<h1>T</h1><h2>{box}</h2><p>x</p>") == "# T\n\n## [x] Order\n\nx"
    assert of_main(f"<h1>T</h1><dl><dt>{box}<dd>by post</dl>") == "# T\n\n- **[x] Order**: by post"
    assert of_main(f"<h1>T</h1><div>{box}</div>") == "# T\n\n[x] Order"


def test_what_only_looks_like_a_checkbox_is_none() -> None:
    for item in ("<i class='fas fa-square'></i> Red", "<input type=checkbox class=margin-toggle>Red", "<p>Red</p>"):
        assert of_main(f"<h1>T</h1><ul><li>{item}</ul>") == "# T\n\n- Red"
    menu = "<div><input type=checkbox id=m><label for=m></label></div>"
    assert of_main(f"<h1>T</h1>{menu}<p>{PROSE}</p>") == f"# T\n\n{PROSE}"


def test_a_bullet_that_the_page_writes_itself_is_left_out() -> None:
    item = "<li class=flex><div><span>\u2022</span></div><div><p>Bill</p></div>"
    assert of_main(f"<h1>T</h1><ul>{item}{item}</ul>") == "# T\n\n- Bill\n- Bill"
    assert of_main("<h1>T</h1><ul><li><b>\u2192</b> Bill</ul>") == "# T\n\n- **\u2192** Bill"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<code>\u2022</code> is a bullet", "`\u2022` is a bullet"),
        ("<p><kbd>\u00b7</kbd> multiplies", "`\u00b7` multiplies"),
        ("<b>\u00b7</b> multiplies", "**\u00b7** multiplies"),
        ("<span>\u2022</span>", "\u2022"),
    ],
)
def test_a_bullet_that_an_item_is_about_stays(item: str, text: str) -> None:
    assert of_main(f"<h1>T</h1><ul><li>{item}<li>Bill</ul>") == f"# T\n\n- {text}\n- Bill"


def test_the_number_of_an_item_that_the_page_writes_too_is_left_out() -> None:
    items = "<li><span>1.</span><p>Bill</p><li><b>(2)</b> Staff<li><div>3</div><div>Thrift</div>"
    assert of_main(f"<h1>T</h1><ol>{items}</ol>") == "# T\n\n1. Bill\n2. Staff\n3. Thrift"
    kept = "<li><code>1</code> is yes<li><b>3.</b> is no<li><span>3</span> is both<li><b>4.</b>"
    assert of_main(f"<h1>T</h1><ol>{kept}</ol>") == ("# T\n\n1. `1` is yes\n2. **3.** is no\n3. 3 is both\n4. **4.**")


TOLD_BY = {
    "tasks by their role": (
        "<ul><li><span role=checkbox aria-checked=true></span>a<li><span role=checkbox></span>b</ul>",
        "- [x] a\n- [ ] b",
    ),
    "tasks of asciidoctor": (
        "<ul><li><p><i class='fa fa-check-square-o'></i> a</p><li><p><i class='fa fa-square-o'></i> b</ul>",
        "- [x] a\n- [ ] b",
    ),
    "tasks of confluence": (
        "<ul class=inline-task-list><li class=checked><span>a</span><li><span>b</span></ul>",
        "- [x] a\n- [ ] b",
    ),
}


@pytest.mark.parametrize("name", TOLD_BY)
def test_tasks_are_told_by_role_icon_or_class(name: str) -> None:
    html, text = TOLD_BY[name]
    assert of_main(html) == text
