from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

OPENING = [
    "<button popovertarget=a>A</button>",
    "<button popovertarget=a popovertargetaction=SHOW>A</button>",
    "<button popovertarget=a popovertargetaction=toggle>A</button>",
    "<input type=button popovertarget=a value=A>",
    "<button commandfor=a command=show-popover>A</button>",
    "<button commandfor=a command=Toggle-Popover>A</button>",
]
NOT_OPENING = [
    "<button popovertarget=b>A</button>",
    "<button popovertarget=a popovertargetaction=hide>A</button>",
    "<button commandfor=a command=hide-popover>A</button>",
    "<button commandfor=a command=close popovertarget=a>A</button>",
    "<button popovertarget=a hidden>A</button>",
    "<div hidden><button popovertarget=a>A</button></div>",
    "<nav><button popovertarget=a>A</button></nav>",
    "<div role=menubar><button popovertarget=a>A</button></div>",
    "<div popover id=b><button popovertarget=a>A</button></div>",
    "<input type=text popovertarget=a>",
    "<div popovertarget=a></div>",
    "<a popovertarget=a></a>",
]
MENUS = [
    "<div popover id=a><ul><li><a href=/a.md>View as Markdown</a><li><a href=/b>Open in a chat</a></ul></div>",
    "<menu popover id=a><li>Copy</menu>",
    "<nav popover id=a>Parts</nav>",
    "<div popover id=a role=menu>Parts</div>",
    "<div popover id=a role=listbox>Parts</div>",
    "<div popover id=a hidden>Parts</div>",
    "<div popover id=a><p>How can we improve this page?</p><textarea></textarea></div>",
]


@pytest.mark.parametrize("button", OPENING)
def test_a_popover_that_a_button_opens_is_seen(button: str) -> None:
    assert of_main(f"<p>{PROSE}</p><div popover id=a>Defined.</div>{button}") == f"{PROSE}\n\nDefined."


@pytest.mark.parametrize("other", NOT_OPENING)
def test_a_popover_that_no_button_in_the_content_opens_is_left_out(other: str) -> None:
    assert of_main(f"<p>{PROSE}</p><div popover id=a>HIDDEN</div>{other}") == PROSE


def test_a_popover_with_the_only_button_in_itself_is_left_out() -> None:
    for action in ("hide", "toggle"):
        button = f"<button popovertarget=a popovertargetaction={action}>Close</button>"
        assert of_main(f"<p>{PROSE}</p><div popover id=a><p>HIDDEN</p>{button}</div>") == PROSE


@pytest.mark.parametrize("menu", MENUS)
def test_a_menu_that_a_button_opens_is_left_out(menu: str) -> None:
    assert of_main(f"<p>{PROSE}</p><button popovertarget=a>Copy page</button>{menu}") == PROSE


@pytest.mark.parametrize("name", ["Share", "On this page", "v3.1", "Feedback", "Language"])
def test_a_tool_of_the_site_that_a_button_opens_is_left_out(name: str) -> None:
    assert of_main(f"<p>{PROSE}</p><button popovertarget=a>{name}</button><div popover id=a>Tool</div>") == PROSE


@pytest.mark.parametrize("name", ["theme", "filter", "v3.1", "version"])
def test_what_a_word_in_a_sentence_means_stays_though_tools_are_called_so(name: str) -> None:
    text = f"<p>Since it has a <button popovertarget=a>{name}</button>, it turns.</p><div popover id=a>So it is.</div>"
    assert of_main(f"<p>{PROSE}</p>{text}").endswith("So it is.")
    label = f"<p>Version: <button popovertarget=a>{name}</button></p><div popover id=a>Tool</div>"
    assert "Tool" not in of_main(f"<p>{PROSE}</p>{label}")


@pytest.mark.parametrize("around", ["header", "footer"])
def test_what_a_button_in_the_head_or_foot_of_the_page_opens_is_left_out(around: str) -> None:
    button = f"<{around}><button popovertarget=a>Cookies</button></{around}>"
    text = f"<main><h1>T</h1><p>{PROSE}</p><div popover id=a>Choose some.</div></main>"
    assert markdown(f"<body>{text}{button}</body>") == f"# T\n\n{PROSE}\n"


def test_a_popover_in_a_sentence_is_set_apart() -> None:
    text = "<p>A <button popovertarget=a>slug</button><span id=a popover>The last part.</span>is short.</p>"
    assert of_main(f"<p>{PROSE}</p>{text}") == f"{PROSE}\n\nA slug The last part. is short."


@pytest.mark.slow
@pytest.mark.parametrize("target", ["a", "b"])
def test_very_many_popovers_take_linear_time(target: str) -> None:
    def read(size: int) -> None:
        popovers = (f"<div popover id=a{at}>x</div><button popovertarget={target}{at}>k</button>" for at in range(size))
        of_main("<div>" * (size // 5) + "".join(popovers))

    assert_linear(read, 1_000)


def test_a_popover_of_languages_is_none_of_the_text() -> None:
    button = "<button popovertarget=a>English</button>"
    names = "<ul><li lang=de>Deutsch</li><li><span lang=fr>Français</span></li><li lang=en>English</li></ul>"
    assert "Deutsch" not in of_main(f"<h1>T</h1><p>{PROSE}</p>{button}<div popover id=a>{names}</div>")
    said = names.replace("<li><span", "<li>Said <span")
    assert "Deutsch" in of_main(f"<h1>T</h1><p>{PROSE}</p>{button}<div popover id=a>{said}</div>")
