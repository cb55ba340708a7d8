from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main

from llmstxt_sched.extraction.extract import extract


@pytest.mark.parametrize(
    "trail",
    [
        "<div><div><a href=/docs>Docs</a></div><svg></svg><p><a href=/cli>CLI</a></p><div>Headless mode</div></div>",
        "<div><div title=Docs>Docs</div><div title=x>Headless mode</div></div>",
        "<div><ol><li><a href=/docs>Docs</a><li>\u203a<li><a href=''>Headless mode</a></ol></div>",
        "<p><a href=/docs>Docs</a> / <b>Headless mode</b></p>",
        "<div><a href=/docs>Docs</a><svg></svg><span>Modes</span></div>",
    ],
)
def test_the_way_to_the_page_above_its_title_is_no_content(trail: str) -> None:
    assert of_main(f"{trail}<div><h1>Headless mode</h1></div><p>{PROSE}</p>") == f"# Headless mode\n\n{PROSE}"


@pytest.mark.parametrize(
    "kept",
    [
        "<div><div>Docs</div><div>Another mode</div></div>",
        "<div>Headless mode</div>",
        "<div><span>Docs</span><svg></svg><span>Other modes</span></div>",
        "<div><a href=/docs>Docs</a><svg></svg><span>Other modes</span><b>New</b></div>",
        "<p>All about <b>the</b> <b>Headless mode</b></p>",
        "<div><p>Use the new one.</p><p>Headless mode</p></div>",
        "<div><p>By Ann<img src=a.png alt=''></p><p>Headless mode</p></div>",
        f"<div><p>{PROSE} {PROSE}</p><p>Headless mode</p></div>",
    ],
)
def test_what_else_stands_above_a_title_stays(kept: str) -> None:
    assert "mode" in of_main(f"{kept}<h1>Headless mode</h1><p>{PROSE}</p>").partition("# Headless mode\n")[0]


TRAIL = "<a href=/>Home</a> &gt; <a href=/g>Guides</a>"


@pytest.mark.parametrize(
    "line",
    [
        f"<p>{TRAIL} &gt; Gears</p>",
        f"<div>You are here: {TRAIL}</div>",
        "<div><p><a href=/>Start</a> / <a href=/g>Guides</a> / Gears</p></div>",
        "<ul><li><a href=/>Home</a></li><li><a href=/g>Guides</a></li><li>gears</li></ul>",
    ],
)
def test_the_line_above_a_title_that_leads_to_it_is_left_out(line: str) -> None:
    text = f"<h1>Gears</h1><p>{PROSE}</p>"
    assert of_main(f"{line}{text}") == f"# Gears\n\n{PROSE}"
    assert markdown(f"<body>{line}<div>{text}</div></body>") == f"# Gears\n\n{PROSE}\n"
    assert "Guides" in of_main(f"{text}{line}<p>{PROSE}</p>")


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href=/n>The newer mill</a> &gt;</p>",
        "<p>Of <a href=/g>Guides</a> and <a href=/w>Wheels</a></p>",
        "<p>Gears | <a href=/g.pdf>PDF</a> <a href=/g.epub>EPUB</a></p>",
        "<p>Formate: <a href=/g.pdf>PDF</a> / <a href=/g.epub>EPUB</a></p>",
        "<p>Siehe auch: <a href=/w>Wheels</a> / <a href=/s>Stones</a> / Gearboxes</p>",
    ],
)
def test_another_line_of_links_above_a_title_stays(line: str) -> None:
    assert "](" in of_main(f"{line}<h1>Gears</h1><p>{PROSE}</p>")


@pytest.mark.parametrize(
    "label",
    [
        *(
            "当前位置\uff1a",
            "您现在的位置\uff1a",
            "現在地\uff1a",
            "현재 위치 :",
            "Вы здесь:",
            "Buradasınız:",
            "أنت هنا:",
            "आप यहाँ हैं:",
        ),
        *("Bạn đang ở đây:", "คุณอยู่ที่นี่:", "Nacházíte se zde:", "Itt vagy:", "Βρίσκεστε εδώ:", "現在のページ\uff1a"),
    ],
)
def test_the_way_to_a_page_may_be_called_so_in_other_languages(label: str) -> None:
    line = f"<div>{label} <a href=/>Mill</a> &gt; <a href=/s>Stones</a> &gt; Gears</div>"
    assert of_main(f"{line}<h1>Gears</h1><p>{PROSE}</p>") == f"# Gears\n\n{PROSE}"


def test_a_title_of_links_that_end_with_the_page_is_the_last_of_them() -> None:
    up, here = "<a href=/docs/a>Features</a>", "<a href=page.html>Headless mode</a>"
    signs = f"<h1>{up} <svg></svg> {here}</h1><p>{PROSE}</p>"
    said = extract(f"<main>{signs}</main>".encode(), "https://docs.example/docs/page.html", "text/html")
    assert said.extract.h1 == "Headless mode"
    assert said.markdown == f"# Headless mode\n\n{PROSE}\n"
    first = (
        f"<title>Headless mode - Mill</title><main><h1><a href=page.html>Features</a> {here}</h1><p>{PROSE}</p></main>"
    )
    assert extract(first.encode(), "https://docs.example/docs/page.html", "text/html").extract.h1 == "Headless mode"


@pytest.mark.parametrize(
    "title",
    [
        "<a href=/docs/a>Features</a> of the <a href=page.html>Headless mode</a>",
        "<a href=/docs/a>Features</a> <a href=/docs/b>Headless mode</a>",
        "<a href=page.html>Features</a> <a href=/docs/b>Headless mode</a>",
        "<a href=page.html>Features</a> <a href=page.html>Headless mode</a>",
        "<a href=/docs/a>Features</a>.<a href=page.html>mode</a>",
        "<a href=/docs/a>Features</a>::<wbr><a href=page.html>mode</a>",
        "<a href=/docs/a>Features</a>",
    ],
)
def test_links_in_a_title_that_do_not_lead_to_the_page_stay(title: str) -> None:
    page = f"<main><h1>{title}</h1><p>{PROSE}</p></main>".encode()
    assert "Features" in extract(page, "https://docs.example/docs/page.html", "text/html").extract.h1
