from __future__ import annotations

import json

from tests.extraction.reading import PROSE, read

CRUMBS = [("Home", "/"), ("Valves", "/valves/"), ("This page", "/a/page.html")]
DATA = json.dumps(
    {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": f"https://docs.example{path}"}
            for at, (name, path) in enumerate(CRUMBS, 1)
        ],
    }
)
SAID = f'<script type="application/ld+json">{DATA}</script>'
SHOWN = (
    "<nav><ul><li>Gates<ul><li><a href=/a/page.html aria-current=page>This page</a><li><a href=/x>X</a></ul></ul></nav>"
)
PAGE = f"<title>This page</title>{SAID}%s<main><h1>This page</h1><p>{PROSE}</p></main>"


def test_the_data_of_a_page_tells_its_place_where_no_navigation_does() -> None:
    assert read(PAGE % "").extract.section == "Valves"
    assert read(PAGE % SHOWN).extract.section == "Gates"
