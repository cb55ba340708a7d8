from __future__ import annotations

import pytest

from llmstxt_sched.domain.host_names import readable_name


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("xn--mnchen-3ya.example", "m\u00fcnchen.example"),
        ("docs.xn--fa-hia.example", "docs.fa\u00df.example"),
        ("docs.example", "docs.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("a_b.example", "a_b.example"),
        ("xn--e1afmkfd.example", "\u043f\u0440\u0438\u043c\u0435\u0440.example"),
        ("xn--wgv71a119e.example", "\u65e5\u672c\u8a9e.example"),
        # None of these is a name by IDNA 2008.
        ("xn--n3h.example", "xn--n3h.example"),
        ("xn--.example", "xn--.example"),
        ("xn--\uffff.example", "xn--\uffff.example"),
        ("xn--a-0hc.example", "xn--a-0hc.example"),
    ],
)
def test_a_host_is_named_as_people_write_it(host: str, name: str) -> None:
    assert readable_name(host) == name


@pytest.mark.parametrize(
    "host",
    [
        # apple, all of it in Cyrillic.
        "xn--80ak6aa92e.example",
        # pple after a Cyrillic a; google with a Greek o.
        "xn--pple-43d.example",
        "xn--ggle-0nda.example",
        # wiki with letters of Latin that have no point.
        "docs.xn--wk-hpab.example",
    ],
)
def test_a_host_that_looks_like_another_is_named_as_it_is_looked_up(host: str) -> None:
    assert readable_name(host) == host
