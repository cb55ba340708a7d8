from __future__ import annotations

import pytest

from llmstxt_sched.extraction.links import Addresses
from llmstxt_sched.extraction.markdown.targets import LinkTargets


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("http://docs.example/a?x=1#b", "https://docs.example/a?x=1#b"),
        ("HTTP://DOCS.example:80/a", "https://docs.example/a"),
        ("http://other.example/a", "http://other.example/a"),
        ("http://docs.example:8080/a", "http://docs.example:8080/a"),
        ("http://docs.example.org/a", "http://docs.example.org/a"),
    ],
)
def test_a_link_within_a_site_with_https_leads_there_by_https(href: str, target: str) -> None:
    assert LinkTargets(Addresses("https://docs.example/guide/page")).link(href) == target


@pytest.mark.parametrize("page", ["http://docs.example/guide", "https://docs.example:8443/guide"])
def test_any_other_link_leads_where_it_is_written_to_lead(page: str) -> None:
    assert LinkTargets(Addresses(page)).link("http://docs.example/a") == "http://docs.example/a"
