from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest

from llmstxt_sched.errors import AddressRefused, ConfigError
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.networks import is_public

SHUT = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16", "100.100.100.200",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1",
    "1::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "4000::1", "fc00::1", "fd00:ec2::254", "fe80::1",
    "fec0::1", "ff02::1",
]  # fmt: skip
OPEN = ["8.8.8.8", "9.255.255.255", "100.128.0.1", "172.32.0.1", "192.167.255.255", "2001:4860:4860::8888", "2600::1"]


def code(gate: Gate, ip: str, port: int = 80) -> str:
    try:
        gate.check_address(ip, port)
    except AddressRefused as refusal:
        return refusal.code
    return "ok"


def dialled(gate: Gate, url: str, ip: str) -> str:
    try:
        address = gate.check_url(url)
        gate.check_address(ip, address.port, address.host)
    except AddressRefused as refusal:
        return refusal.code
    return "ok"


@pytest.mark.parametrize("ip", SHUT)
def test_what_is_not_the_public_internet_is_shut(ip: str) -> None:
    assert code(Gate(), ip) in {"non_public_ip", "metadata"}
    assert not is_public(ip_address(ip)) or ip == "100.100.100.200"


@pytest.mark.parametrize("ip", OPEN)
def test_the_public_internet_is_open_on_web_ports(ip: str) -> None:
    assert code(Gate(), ip, 443) == "ok"
    assert code(Gate(), ip, 6379) == "bad_port"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://LOCALHOST/", "special_name"),
        ("http://a.localhost/", "special_name"),
        ("http://localhost6.localdomain6/", "special_name"),
        ("http://printer.local/", "special_name"),
        ("http://host.docker.internal/", "special_name"),
        ("http://router.home.arpa/", "special_name"),
        ("http://x.onion/", "special_name"),
        ("http://localhost\u2024/", "bad_host"),
        ("http://\uff4cocalhost/", "special_name"),
        ("http://intranet-host/", "single_label"),
        ("http://metadata.google.internal/", "metadata"),
        ("http://docs.example:2375/", "bad_port"),
        ("http://[::ffff:7f00:1]/", "non_public_ip"),
        ("http://169.254.42.42/", "metadata"),
    ],
)
def test_a_url_is_refused_by_what_is_written(url: str, expected: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        Gate().check_url(url)
    assert refusal.value.code == expected


@pytest.mark.parametrize("name", ["intranet-host", "printer.local", "metadata.google.internal"])
def test_a_refusal_does_not_begin_with_a_name_which_pages_would_write_with_a_capital(name: str) -> None:
    with pytest.raises(AddressRefused, match=f"^the name {name} "):
        Gate().check_url(f"http://{name}/")


def test_an_address_that_only_stands_in_the_path_is_no_address() -> None:
    assert str(Gate().check_url("https://docs.example/http://169.254.169.254/")).startswith("https://docs.example/")


def test_an_opened_network_is_open_on_its_port_alone() -> None:
    gate = Gate("127.0.0.0/8:9000")
    assert str(gate.check_url("http://127.0.0.1:9000/")) == "http://127.0.0.1:9000/"
    assert code(gate, "127.0.0.1", 9001) == "non_public_ip"
    assert code(gate, "10.0.0.1", 9000) == "non_public_ip"


def test_a_network_opened_without_a_port_is_open_on_all() -> None:
    gate = Gate(" 10.0.0.0/8 , fd12::/16:8443 ")
    assert code(gate, "10.20.30.40", 12345) == "ok"
    assert code(gate, "fd12::1", 8443) == "ok"
    assert code(gate, "fd12::1", 80) == "non_public_ip"
    assert str(gate.check_url("http://wiki.example:12345/")) == "http://wiki.example:12345/"


@pytest.mark.parametrize("ip", ["169.254.169.254", "fe80::1", "168.63.129.16", "100.100.100.200", "192.0.0.192"])
def test_metadata_stays_shut_whatever_is_opened(ip: str) -> None:
    assert code(Gate("0.0.0.0/0,::/0"), ip) == "metadata"


@pytest.mark.parametrize("ip", ["0.0.0.0", "::", "::ffff:127.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::"])
def test_addresses_in_disguise_stay_shut_whatever_is_opened(ip: str) -> None:
    assert code(Gate("0.0.0.0/0,::/0"), ip) == "non_public_ip"


def test_the_services_own_listeners_stay_shut() -> None:
    gate = Gate("127.0.0.0/8,::1/128", [("127.0.0.1", 8080), ("0.0.0.0", 8081)])
    assert code(gate, "127.0.0.1", 8080) == "non_public_ip"
    assert code(gate, "127.0.0.2", 8080) == "ok"
    assert code(gate, "127.0.0.2", 8081) == "non_public_ip"
    assert code(gate, "127.0.0.1", 8082) == "ok"


@pytest.mark.parametrize("allow", ["10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/8:0", "10.0.0.0/8:70000", "x:1"])
def test_a_list_that_cannot_be_read_names_its_variable(allow: str) -> None:
    with pytest.raises(ConfigError, match="LLMSTXT_EGRESS__ALLOW"):
        Gate(allow)


@pytest.mark.parametrize(
    ("url", "ip", "expected"),
    [
        ("http://wiki.internal/", "10.0.0.5", "ok"),
        ("http://wiki.internal:9000/", "fd12::5", "ok"),
        ("http://a.b.corp:8443/", "192.168.0.5", "ok"),
        ("http://localhost:3000/", "127.0.0.1", "ok"),
        ("http://localhost:3001/", "127.0.0.1", "special_name"),
        ("http://corp/", "10.0.0.5", "special_name"),
        ("http://wiki.internal.evil.example/", "10.0.0.5", "non_public_ip"),
        ("http://evilwiki.internal/", "10.0.0.5", "special_name"),
        ("http://10.0.0.5/", "10.0.0.5", "non_public_ip"),
        ("http://wiki.internal/", "169.254.169.254", "metadata"),
        ("http://wiki.internal/", "::ffff:10.0.0.5", "non_public_ip"),
        ("http://wiki.internal:8080/", "127.0.0.1", "non_public_ip"),
    ],
)
def test_an_allowed_name_is_open_and_no_other_name_of_its_address(url: str, ip: str, expected: str) -> None:
    gate = Gate("wiki.internal, *.corp, localhost:3000", [("127.0.0.1", 8080)])
    assert dialled(gate, url, ip) == expected


@pytest.mark.parametrize(
    "host",
    [
        "metadata.google.internal",
        "metadata",
        "instance-data.ec2.internal",
        "kubernetes",
        "kubernetes.default",
        "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local",
        "_https._tcp.kubernetes.default.svc.cluster.local",
        "10-0-0-1.kubernetes.default.svc.corp.internal",
    ],
)
def test_names_of_metadata_and_of_the_cluster_stay_shut_whatever_is_opened(host: str) -> None:
    gate = Gate(f"{host},*.internal,*.svc,*.local,0.0.0.0/0" if "." in host else "0.0.0.0/0")
    with pytest.raises(AddressRefused) as refusal:
        gate.check_url(f"https://{host}/")
    assert refusal.value.code == "metadata"


@pytest.mark.parametrize("url", ["http://wiki.corp/", "http://10.0.0.1/", "http://docs.example:81/"])
def test_a_refusal_names_the_setting_that_lifts_it(url: str) -> None:
    with pytest.raises(AddressRefused, match="LLMSTXT_EGRESS__ALLOW"):
        Gate().check_url(url)


def test_the_gate_asks_no_dns(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("the name was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", asked)
    assert Gate().check_url("https://docs.example/").host == "docs.example"
