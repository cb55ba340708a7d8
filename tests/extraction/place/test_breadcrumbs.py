from __future__ import annotations

from tests.extraction.reading import PROSE, extracted


def test_a_link_to_another_host_is_no_breadcrumb() -> None:
    crumbs = "<li><a href=https://www.docs.example/guide/>Guides</a><li class=right><a href=//tool.example/>Tool</a>"
    html = f"<ul class=breadcrumb>{crumbs}<li><a href=https://tool.example>Tool</a></ul><h1>Page</h1><p>{PROSE}</p>"
    assert extracted(html).section == "Guides"
