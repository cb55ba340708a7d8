from __future__ import annotations

from typing import Any

import pytest
from litestar.connection import ASGIConnection

from llmstxt_sched.api.middleware.client_address import client_address, trusted_networks
from llmstxt_sched.errors import ConfigError

PROXIES = trusted_networks("10.0.0.0/8, 2001:db8::/32")


def address(client: tuple[str, int] | None, *forwarded: str) -> str:
    headers = [(b"x-forwarded-for", entry.encode("latin-1")) for entry in forwarded]
    scope: Any = {"type": "http", "client": client, "headers": headers}
    return client_address(ASGIConnection(scope), PROXIES)


def through(*forwarded: str) -> str:
    return address(("10.0.0.1", 1234), *forwarded)


def test_without_a_proxy_it_is_the_peer_whatever_the_client_says() -> None:
    assert address(("192.0.2.7", 1234)) == "192.0.2.7"
    assert address(("192.0.2.7", 1234), "203.0.113.1") == "192.0.2.7"
    assert address(None, "203.0.113.1") == ""
    assert address(("", 0), "203.0.113.1") == ""


def test_a_trusted_proxy_is_believed() -> None:
    assert through("203.0.113.1") == "203.0.113.1"
    assert through() == "10.0.0.1"
    assert address(("2001:db8::1", 1234), "203.0.113.1") == "203.0.113.1"


def test_what_the_client_itself_has_put_into_the_header_is_not_believed() -> None:
    assert through("198.51.100.9, 203.0.113.1") == "203.0.113.1"
    assert through("10.0.0.9, 203.0.113.1, 10.0.0.2") == "203.0.113.1"


def test_a_chain_of_trusted_proxies_is_followed_back_also_over_several_headers() -> None:
    assert through("198.51.100.9, 203.0.113.1", "10.0.0.3, 10.0.0.2") == "203.0.113.1"
    assert through("10.0.0.3, 10.0.0.2") == "10.0.0.3"


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ("203.0.113.1:4711", "203.0.113.1"),
        ("[2a00::1]:4711", "2a00::1"),
        ("[2a00::1]", "2a00::1"),
        ("2a00::1", "2a00::1"),
        ("2A00:0::1", "2a00::1"),
        ("::ffff:203.0.113.1", "203.0.113.1"),
    ],
)
def test_an_entry_may_be_written_in_many_ways(entry: str, read: str) -> None:
    assert through(entry) == read


@pytest.mark.parametrize("entry", ["", "unknown", "_hidden", "203.0.113.1, ", "203.0.113.1, 1.2.3", "\xff"])
def test_where_an_entry_is_no_address_it_is_the_proxy_that_has_sent_it(entry: str) -> None:
    assert through(entry) == "10.0.0.1"


def test_ipv4_on_a_socket_for_both_is_shown_as_ipv4() -> None:
    assert address(("::ffff:192.0.2.7", 1234)) == "192.0.2.7"
    assert address(("::ffff:10.0.0.1", 1234), "203.0.113.1") == "203.0.113.1"
    assert address(("fe80::1%eth0", 1234)) == "fe80::1"


def test_a_setting_that_is_no_network_stops_the_start_and_is_named() -> None:
    assert trusted_networks("") == trusted_networks(" , ") == ()
    with pytest.raises(ConfigError, match="LLMSTXT_API__TRUSTED_PROXIES"):
        trusted_networks("10.0.0.0/8,proxy.example.com")
