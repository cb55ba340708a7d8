from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main
from tests.support.growth import assert_linear


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("<h4 id=method.link>fn <a href=#method.link>link</a>(x: u8)</h4>", "fn link(x: u8)"),
        ("<section id=struct.Anchor><h4>struct <a href=#struct.Anchor>Anchor</a></h4></section>", "struct Anchor"),
        ("<h4 id=a>The element <a href=#a><code>&lt;link&gt;</code></a></h4>", "The element `<link>`"),
        ("<h4 id=a>operator<a href=#a>[]</a></h4>", "operator[]"),
        ("<h4 id=a><a href=#a>+</a> and -</h4>", "+ and -"),
    ],
)
def test_a_link_to_its_own_heading_that_names_it_stays(heading: str, text: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{heading}<p>x</p>").endswith(f"\n\n#### {text}\n\nx")


@pytest.mark.slow
@pytest.mark.parametrize("heading", ["<h2 id=a>", "<h2>"])
def test_very_many_links_of_a_heading_to_itself_take_linear_time(heading: str) -> None:
    def read(links: int) -> None:
        assert "## x" in of_main(f"<p>{PROSE}</p>{heading}{'<a href=#a></a>' * links}x</h2>")

    assert_linear(read, 8_000)


@pytest.mark.parametrize(
    "sign", ["\u2693", "\u221e", "[#]", "link", "Anchor", "Direktlink", "Lien permanent", "\u6c38\u4e45\u94fe\u63a5"]
)
@pytest.mark.parametrize("heading", ["<h2 id=a>Head {}</h2>", "<section id=a><h2>{} Head</h2></section>"])
def test_a_link_to_its_own_heading_is_left_out_whatever_its_sign(sign: str, heading: str) -> None:
    html = heading.format(f"<a href=#a>{sign}</a>")
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{html}<p>x</p>").endswith("\n\n## Head\n\nx")


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("<a href=#b>\u2693</a>", "Head \u2693"),
        ("<a href=#a>Gears</a>", "Head Gears"),
        ("<a href=/a#a>\u2693</a>", "Head [\u2693](https://docs.example/a#a)"),
    ],
)
def test_a_link_of_a_heading_that_leads_elsewhere_or_says_more_stays(link: str, text: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><h2 id=a>Head {link}</h2><p>x</p>").endswith(f"\n\n## {text}\n\nx")
