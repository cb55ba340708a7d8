from __future__ import annotations

import pytest

from llmstxt_sched.domain.urls import parse
from llmstxt_sched.outbound.origin_headers import OriginHeaders

OWN = OriginHeaders("https://docs.example", {"X-Token": "s3cret"})


@pytest.mark.parametrize(
    "url",
    [
        "http://docs.example/",
        "https://docs.example:8443/",
        "https://www.docs.example/",
        "https://docs.example.evil.example/",
        "https://example/",
    ],
)
def test_another_scheme_host_or_port_gets_nothing(url: str) -> None:
    assert OWN.sent_to(parse(url)) == {}


def test_the_origin_gets_them_however_it_is_written() -> None:
    assert OWN.sent_to(parse("https://DOCS.example:443/a?b")) == {"X-Token": "s3cret"}


def test_repr_shows_no_header() -> None:
    assert "s3cret" not in repr(OWN)
