from __future__ import annotations

from ipaddress import ip_network

import pytest

from llmstxt_sched.errors import ConfigError
from llmstxt_sched.outbound.allow_list import AllowedName, AllowedNetwork, read_allowed


def test_a_list_holds_networks_and_names_with_their_ports() -> None:
    networks = " 10.0.0.0/8:9000, 127.0.0.1:80 ,fd12::1, [::1]:8000"
    allowed = read_allowed(f"{networks}, Wiki.Internal., *.corp:8443,localhost,")
    assert allowed.networks == (
        AllowedNetwork(ip_network("10.0.0.0/8"), 9000),
        AllowedNetwork(ip_network("127.0.0.1/32"), 80),
        AllowedNetwork(ip_network("fd12::1/128"), None),
        AllowedNetwork(ip_network("::1/128"), 8000),
    )
    assert allowed.names == (
        AllowedName("wiki.internal", None),
        AllowedName("corp", 8443, below=True),
        AllowedName("localhost", None),
    )


def test_names_are_taken_as_people_write_them() -> None:
    assert read_allowed("bücher.corp:8443,*.Bücher.corp").names == (
        AllowedName("xn--bcher-kva.corp", 8443),
        AllowedName("xn--bcher-kva.corp", None, below=True),
    )


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("10.0.0.1/8", "write 10.0.0.0/8 for all of it, or 10.0.0.1 for this one"),
        ("10.0.0.1/8:9000", "write 10.0.0.0/8 for all of it, or 10.0.0.1 for this one"),
        ("fd12::1/64", "write fd12::/64 for all of it, or fd12::1 for this one"),
        ("wiki:80", "write a name with its domain, such as wiki.internal"),
    ],
)
def test_what_is_nearly_one_is_told_how_it_is_written(text: str, advice: str) -> None:
    with pytest.raises(ConfigError, match=f"^LLMSTXT_EGRESS__ALLOW: '{text}' .*{advice}$"):
        read_allowed(text)


@pytest.mark.parametrize(
    "text",
    [
        *("all", "*", "*.", "a.*.corp", "*corp", "wiki.corp:0", "wiki.corp:99999", "http://wiki.corp", "10.0.0.256"),
        *("[::1]:", "[::1]:0", "[10.0.0.1]x"),
    ],
)
def test_what_is_neither_names_the_setting(text: str) -> None:
    with pytest.raises(ConfigError, match="LLMSTXT_EGRESS__ALLOW"):
        read_allowed(text)
