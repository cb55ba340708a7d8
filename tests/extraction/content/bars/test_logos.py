from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main

LOGOS = "".join(f"<a href=https://{name}.example/><img src={name}.png alt='{name} Logo'></a>" for name in "abc")


@pytest.mark.parametrize("around", ["<div>{}</div>", "<table><tr><td>{}</td><td><h2>T</h2></td></tr></table>", "{}"])
def test_the_logos_of_others_above_a_title_are_left_out(around: str) -> None:
    title = "" if "<h2>" in around else "<h2>T</h2>"
    assert of_main(f"{around.format(LOGOS)}{title}<p>{PROSE}</p>") == f"## T\n\n{PROSE}"


@pytest.mark.parametrize(
    "page",
    [
        f"<h2>T</h2>{LOGOS}<p>{PROSE}</p>",
        f"<p>{PROSE}</p>{LOGOS}<h2>T</h2><p>{PROSE}</p>",
        f"{LOGOS}<p>{PROSE}</p>",
        f"{LOGOS[: LOGOS.index('</a>') + 4]}<h2>T</h2><p>{PROSE}</p>",
        f"{LOGOS.replace('https://', 'https://docs.example/')}<h2>T</h2><p>{PROSE}</p>",
        f"{LOGOS.replace('.example/', '.example/full.png?w=9')}<h2>T</h2><p>{PROSE}</p>",
        f"{LOGOS.replace('https://', '/')}<h2>T</h2><p>{PROSE}</p>",
    ],
)
def test_other_pictures_stay(page: str) -> None:
    assert "![a Logo](" in of_main(page)
