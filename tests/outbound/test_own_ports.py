from __future__ import annotations

from llmstxt_sched.config import Settings
from llmstxt_sched.errors import AddressRefused
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.own_ports import own_ports


def test_the_servers_are_own_ports_too() -> None:
    settings = Settings(database_url="postgresql://u:p@db.corp,[::1]:6432/x", redis_url="redis://10.0.0.7")
    assert own_ports(settings)[2:] == (("db.corp", 5432), ("::1", 6432), ("10.0.0.7", 6379))


def test_hosts_in_the_query_of_a_database_address_are_own_ports_too() -> None:
    settings = Settings(database_url="postgresql:///x?host=db.corp,::1&port=6432,7000")
    assert own_ports(settings)[2:] == (("db.corp", 6432), ("::1", 7000))
    assert own_ports(Settings(database_url="postgresql://u@/x?host=db.corp"))[2:] == (("db.corp", 5432),)


def test_servers_on_unix_sockets_and_embedded_ones_have_no_port() -> None:
    settings = Settings(database_url="postgresql:///x?host=/run/postgresql", redis_url="unix:///run/redis.sock")
    assert len(own_ports(settings)) == len(own_ports(Settings())) == 2


def test_own_ports_stay_shut_by_name_and_by_address() -> None:
    gate = Gate("*.corp,10.0.0.0/8,127.0.0.0/8", [("db.corp", 5432), ("10.0.0.7", 6379), ("", 9000)])

    def is_shut(ip: str, port: int, name: str = "") -> bool:
        try:
            gate.check_address(ip, port, name)
        except AddressRefused:
            return True
        return False

    assert is_shut("10.0.0.5", 5432, "db.corp")
    assert is_shut("127.0.0.1", 5432, "here.corp")
    assert is_shut("10.0.0.7", 6379, "cache.corp")
    assert not is_shut("10.0.0.5", 443, "db.corp")
    assert not is_shut("10.0.0.5", 6379, "db.corp")
    assert not is_shut("10.0.0.5", 9000)
