from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted, markdown, of_main, read

HIDERS = ["style=visibility:hidden", "style=opacity:0", "style=display:none", "hidden"]


@pytest.mark.parametrize("hider", HIDERS)
def test_a_page_is_not_hidden_that_waits_for_its_script(hider: str) -> None:
    content = f"<main><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><p {hider}>JUNK</p></main>"
    for page in (f"<div {hider}>{content}</div>", f"<nav>JUNK</nav><div {hider}><div {hider}>{content}</div></div>Hi"):
        assert markdown(f"<body>{page}</body>") == f"# T\n\n{PROSE}\n\n{PROSE}\n"


@pytest.mark.parametrize("hider", HIDERS)
def test_a_window_over_an_empty_page_stays_hidden(hider: str) -> None:
    window = f"<div {hider}><h2>JUNK</h2><p>{PROSE}</p><p>{PROSE}</p></div>"
    assert markdown(f"<body><div id=root></div>{window}</body>") == "\n"
    notice = f"<div {hider}><h1>JUNK</h1><p>{PROSE}</p><p>{PROSE}</p></div>"
    for root in ("<div id=root></div>", "<div id=app>Loading...</div>"):
        assert "JUNK" not in markdown(f"<body>{root}{notice}<script src=/app.js></script></body>")
    beside = f"<div {hider}><h1>JUNK</h1><p>{PROSE}</p></div>"
    assert "JUNK" not in markdown(f"<body><main><h1>T</h1><p>{PROSE}</p></main>{beside}</body>")


FADED = "style='opacity:0;transform:translateY(20px)'"


def test_a_page_whose_parts_fade_in_stays() -> None:
    parts = "".join(f"<section {FADED}><h2>P</h2><p {FADED}>{PROSE}</p><p hidden>JUNK</p></section>" for _ in range(3))
    expected = "# T\n\nSeen.\n" + f"\n## P\n\n{PROSE}\n" * 3
    assert markdown(f"<body><main><h1>T</h1><p>Seen.</p>{parts}</main></body>") == expected


def test_a_part_that_fades_in_and_is_less_than_the_page_stays_hidden() -> None:
    page = f"<main><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><p {FADED}>{PROSE} JUNK</p></main>"
    assert "JUNK" not in markdown(f"<body>{page}</body>")


@pytest.mark.parametrize(
    "hidden", ["style='opacity:0;transform:scale(.9);position:fixed'", f"popover {FADED}", "hidden"]
)
def test_windows_that_fade_in_stay_hidden(hidden: str) -> None:
    windows = f"<div {hidden}><p>{PROSE} JUNK</p></div>" * 3
    assert "JUNK" not in markdown(f"<body><main><h1>T</h1><p>Seen.</p>{windows}</main></body>")
    assert "JUNK" not in markdown(f"<body><main><h1>T</h1><p>Seen.</p><p {FADED}>{PROSE} JUNK</p></main></body>")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Press <button>Copy</button> to copy it.</p>", "Press Copy to copy it."),
        ("<ol><li>Click <b><button>Copy link</button></b>, then go.</ol>", "1. Click **Copy link**, then go."),
        ("<h3><button>Copy</button></h3>", "### Copy"),
        ("<ul><li><button>app</button><ul><li>page.js</ul></ul>", "- app\n  - page.js"),
        ("<ul><li>app<button>Copy</button><ul><li>page.js</ul></ul>", "- app\n  - page.js"),
    ],
)
def test_a_copy_button_that_a_text_is_about_keeps_its_words(html: str, text: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{html}<p>The end.</p>") == f"{PROSE}\n\n{text}\n\nThe end."


def test_a_noscript_is_read_where_a_page_has_nothing_else_between_its_head_and_its_foot() -> None:
    around = f"<header><a href=/>Mill</a></header><div id=app></div><noscript><h1>Gates</h1><p>{PROSE}</p></noscript>"
    text = markdown(f"{around}<footer>{'All rights are reserved. ' * 8}</footer><script src=/a.js></script>")
    assert f"# Gates\n\n{PROSE}" in text


def test_a_noscript_with_styles_that_asks_for_javascript_is_no_page() -> None:
    styles = "<style>.title { color: #111; font-size: 48px; margin: 0 auto 54px auto; }</style>" * 5
    asked = f"<noscript>{styles}<h1>This page requires JavaScript.</h1><p>Please turn on JavaScript.</p></noscript>"
    content = read(f"<title>Documentation</title><body>{asked}<div id=app></div><script src=/a.js></script>")
    assert content.markdown.strip() == ""
    assert content.needs_scripts


@pytest.mark.parametrize(
    ("name", "is_seen"),
    [
        ("d-none", False),
        ("hidden", False),
        ("d-none d-print-none", False),
        ("d-none d-md-block", True),
        ("hidden md:block", True),
        ("title", True),
    ],
)
def test_a_title_that_a_class_hides_in_windows_of_any_width_is_none(name: str, *, is_seen: bool) -> None:
    page = f"<title>Mill</title><main><h1 class='{name}'>Avoid</h1><section><h2>Use</h2><p>{PROSE}</p></section></main>"
    assert ("Avoid" in read(page).markdown, extracted(page).h1 == "Avoid") == (is_seen, is_seen)


def test_the_text_in_the_map_of_a_picture_is_shown() -> None:
    areas = "<map name=m><area href=/a alt=JUNK><area href=/b alt=JUNK></map>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{areas}") == f"# T\n\n{PROSE}"
    # One that does not end holds the rest of the page.
    assert of_main(f"<h1>T</h1>{areas}<map name=n><area href=/c alt=JUNK><p>{PROSE}</p>") == f"# T\n\n{PROSE}"
