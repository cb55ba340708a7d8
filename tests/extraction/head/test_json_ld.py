from __future__ import annotations

import json
from typing import Any

import pytest
from tests.extraction.reading import PROSE, read


def said(*items: Any) -> str:
    data = json.dumps({"@graph": items})
    return f"<title>Page - Mill</title><script type=application/ld+json>{data}</script><p>{PROSE}</p>"


def test_json_ld_names_the_site_and_broken_json_does_not_matter() -> None:
    data = '{"@graph":[{"@type":"Article","name":"No"},{"@type":["WebSite"],"name":"Site  Name"}]}'
    page = read(f"<script type=application/ld+json>{{</script><script type=application/ld+json>{data}</script>")
    assert page.extract.site_name == "Site Name"
    escaped = read('<script type=application/ld+json>{"@type": "WebSite", "name": "Mill &amp; Works"}</script>')
    assert escaped.extract.site_name == "Mill & Works"


def test_the_name_of_the_site_goes_before_that_of_the_company_wherever_it_stands() -> None:
    company, site = {"@type": "Organization", "name": "Mill Works Inc."}, {"@type": "WebSite", "name": "Mill"}
    program = {"@type": "SoftwareApplication", "name": "Grind"}
    assert read(said(company, site)).extract.site_name == "Mill"
    assert read(said(company, program)).extract.site_name == "Grind"
    assert read(said(company)).extract.site_name == "Mill Works Inc."
    assert read(said(company, {"@type": "WebSite", "name": " "})).extract.site_name == "Mill Works Inc."


def crumb(position: object, name: str, item: object = None) -> dict[str, object]:
    return {"@type": "ListItem", "position": position, "name": name, "item": item}


OWN = "https://docs.example/guide/page"


@pytest.mark.parametrize(
    ("crumbs", "section"),
    [
        ([crumb(1, "Home", "/"), crumb(2, "Guides", "/guides"), crumb(3, "Page", OWN)], "Guides"),
        ([crumb(2, "Guides &amp; help", "/guides"), crumb(1, "Mill", "/x"), crumb("3", "Page")], "Guides & help"),
        ([crumb(1, "Guides", "/guides"), crumb(2, "Gates", {"@id": "/gates"})], "Guides \u203a Gates"),
        ([{"position": 1, "item": {"@id": "/g", "name": "Guides"}}, crumb(2, "Page")], "Guides"),
        ([crumb(1, "Guides", "/g"), crumb(2, "Page", OWN.replace("https://", "http://www.") + "?x=1")], "Guides"),
        ([crumb(1, "Guides", "/g"), crumb(2, "Page", "/en/guide/page.html")], "Guides"),
        ([crumb(1, "Guides", "/g"), crumb(2, "P.", "/en/guide/page.html")], "Guides"),
        ([crumb(1, "Guides", "/g"), crumb(2, "Gates", "/en/guide/gates")], "Guides \u203a Gates"),
        ([crumb(1, "Archives", "/x"), crumb(2, "Belts", "/tag/belts/"), crumb(3, "Page")], ""),
        ([crumb(1, "Categories", "/x"), crumb(2, "Belts", "/category/repair/belts/"), crumb(3, "Page")], "Belts"),
        ([crumb(1, "Company", "https://other.example/"), crumb(2, "Page")], ""),
        ([crumb(1, "Page")], ""),
        ([crumb(1, "", "/guides"), crumb(2, "Page")], ""),
        ("Guides", ""),
        ([crumb("9" * 5000, "Guides", "/g"), crumb(10**400, "Page", OWN)], "Guides"),
        ([crumb("x", "Guides", 3), crumb(None, "Page", ["x"])], "Guides"),
    ],
)
def test_breadcrumbs_that_no_reader_sees_tell_the_place_of_a_page(crumbs: Any, section: str) -> None:
    site = {"@type": "WebSite", "name": "Mill"}
    page = said({"@type": "Organization", "name": "M"}, site, {"@type": "BreadcrumbList", "itemListElement": crumbs})
    assert read(page).extract.section == section
    inside = said(site, {"@type": "WebPage", "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": crumbs}})
    assert read(inside).extract.section == section


def test_a_page_that_has_its_title_in_its_heading_alone_is_not_its_own_section() -> None:
    crumbs = [crumb(1, "Guides", "/g"), crumb(2, "Gates of a mill", "/p/77")]
    html = said({"@type": "BreadcrumbList", "itemListElement": crumbs})
    assert read(f"{html}<h1>Mill</h1><main><h1>Gates of a Mill</h1><p>{PROSE}</p></main>").extract.section == "Guides"


def test_what_a_reader_sees_goes_before_them() -> None:
    listed = said({"@type": "BreadcrumbList", "itemListElement": [crumb(1, "Said", "/s"), crumb(2, "Page")]})
    bar = "<nav class=breadcrumb><a href=/seen>Seen</a></nav>"
    assert read(f"{bar}{listed}").extract.section == "Seen"
