from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import pytest
from tests.support.names import naming
from tests.support.site import serving, text

from llmstxt_sched.errors import ConfigError, FetchFailed
from llmstxt_sched.outbound import dial
from llmstxt_sched.outbound.client import Client, fetch, open_client
from llmstxt_sched.outbound.dial import MAX_ADDRESSES, GatedResolver, read_nameservers
from llmstxt_sched.outbound.failures import NameNotFound
from llmstxt_sched.outbound.gate import Gate

AGENT = "llmstxt-sched/0"
LOOPBACK = Gate("127.0.0.0/8,::1/128")


async def failure(client: Client, url: str) -> FetchFailed:
    with pytest.raises(FetchFailed) as failed:
        await fetch(client, url)
    return failed.value


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["169.254.169.254"], ["::1"]])
async def test_a_name_with_one_answer_that_is_shut_is_refused(answers: list[str]) -> None:
    async with serving({"/": text("secret")}) as site, naming({"rebind.example": answers}) as names:
        async with open_client(Gate("127.0.0.0/8:1"), AGENT, [names.address]) as client:
            assert (await failure(client, "http://rebind.example/")).code in {"non_public_ip", "metadata"}
        assert not site.asked


FIRST_NAME = """
import asyncio
from tests.support.names import naming
from llmstxt_sched.outbound.dial import GatedResolver
from llmstxt_sched.outbound.gate import Gate

async def main():
    async with naming({"docs.example": ["93.184.215.14"]}) as names:
        resolver = GatedResolver(Gate(""), [names.address])
        print((await resolver.resolve("docs.example", 80))[0]["host"])
        await resolver.close()

asyncio.run(main())
"""


@pytest.mark.slow
def test_each_process_finds_its_first_name(tmp_path: Path) -> None:
    """One in six did not, of those whose c-ares was handed memory that was free already."""
    script = tmp_path / "first_name.py"
    script.write_text(FIRST_NAME)
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with contextlib.ExitStack() as stack:
        begun = [
            stack.enter_context(
                subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environ)
            )
            for _ in range(8)
        ]
        assert [process.communicate()[0].strip() for process in begun] == ["93.184.215.14"] * 8


async def test_a_name_in_an_opened_network_is_reached() -> None:
    async with (
        serving({"/": text("wiki")}) as site,
        naming({"wiki.example": ["127.0.0.1"]}) as names,
        open_client(LOOPBACK, AGENT, [names.address]) as client,
    ):
        assert (await fetch(client, f"http://wiki.example:{site.port}/")).body == b"wiki"


async def test_an_allowed_name_is_reached_and_another_name_of_its_address_is_not() -> None:
    zone = {"wiki.corp": ["127.0.0.1"], "evil.example": ["127.0.0.1"]}
    async with (
        serving({"/": text("wiki")}) as site,
        naming(zone) as names,
        open_client(Gate("*.corp"), AGENT, [names.address]) as client,
    ):
        assert (await fetch(client, f"http://wiki.corp:{site.port}/")).body == b"wiki"
        assert (await failure(client, f"http://evil.example:{site.port}/")).code == "bad_port"
        assert (await failure(client, "http://evil.example/")).code == "non_public_ip"
        assert (await failure(client, f"http://127.0.0.1:{site.port}/")).code == "non_public_ip"


async def test_a_name_of_the_hosts_file_is_reached_without_a_server() -> None:
    async with serving({"/": text("here")}) as site, naming({}) as names:
        async with open_client(Gate("localhost"), AGENT, [names.address]) as client:
            assert (await fetch(client, f"http://localhost:{site.port}/")).body == b"here"
        assert not names.asked["localhost"]


@pytest.mark.slow
async def test_a_name_that_does_not_exist_differs_from_one_that_nobody_answers_for() -> None:
    async with (
        naming({"silent.example": None, "empty.example": []}) as names,
        open_client(LOOPBACK, AGENT, [names.address]) as client,
    ):
        for host in ("nowhere.example", "empty.example"):
            absent = await failure(client, f"http://{host}/")
            assert (type(absent), absent.code) == (NameNotFound, "dns_error")
        silent = await failure(client, "http://silent.example/")
        assert (type(silent), silent.code) == (FetchFailed, "dns_error")


@pytest.mark.slow
async def test_names_that_nobody_answers_for_hold_up_no_other_name() -> None:
    zone: dict[str, Sequence[str] | None] = {f"dead{n}.example": None for n in range(40)}
    async with (
        serving({"/": text("here")}) as site,
        naming({**zone, "good.example": ["127.0.0.1"]}) as names,
        open_client(LOOPBACK, AGENT, [names.address]) as client,
    ):
        began = monotonic()
        waiting = [asyncio.create_task(failure(client, f"http://{name}/")) for name in zone]
        while sum(names.asked.values()) < len(zone):
            await asyncio.sleep(0.01)
        for _ in range(3):
            assert (await fetch(client, f"http://good.example:{site.port}/")).status == 200
        assert not any(task.done() for task in waiting)
        assert {failed.code for failed in await asyncio.gather(*waiting)} == {"dns_error"}
        assert 1 < monotonic() - began < 10


@pytest.mark.slow
async def test_a_server_that_has_failed_once_is_asked_again() -> None:
    async with naming({"late.example": None}) as names:
        resolver = GatedResolver(LOOPBACK, [names.address])
        asked = asyncio.create_task(resolver.resolve("late.example", 80))
        # The first question is lost, the second one fails, and the first one is put again.
        await asyncio.sleep(0.8)
        names.is_failing = True
        await asyncio.sleep(0.15)
        names.is_failing, names.zone = False, {"late.example": ["127.0.0.1"]}
        assert [found["host"] for found in await asked] == ["127.0.0.1"]
        await resolver.close()


@pytest.mark.slow
@pytest.mark.parametrize("delay", [1.2, 2.5, 3.5])
async def test_an_answer_that_takes_seconds_is_waited_for(delay: float) -> None:
    async with naming({"late.example": ["127.0.0.1"], "quick.example": ["127.0.0.1"]}) as names:
        resolver = GatedResolver(LOOPBACK, [names.address])
        await resolver.resolve("quick.example", 80)
        assert names.asked["quick.example"] == 1
        names.delay = delay
        assert [found["host"] for found in await resolver.resolve("late.example", 80)] == ["127.0.0.1"]
        await resolver.close()


async def test_a_name_that_nobody_answers_for_ahead_is_not_asked_for_again_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dial, "DNS_SECONDS", 0.1)
    zone: dict[str, Sequence[str] | None] = {"slow.example": None}
    async with naming(zone) as names:
        resolver = GatedResolver(LOOPBACK, [names.address])

        await resolver.look_up("slow.example", 80)
        asked = names.asked["slow.example"]
        assert asked
        zone["slow.example"] = ["127.0.0.1"]
        await resolver.look_up("slow.example", 80)
        with pytest.raises(OSError, match="the name was not found within"):
            await resolver.resolve("slow.example", 80)
        assert names.asked["slow.example"] == asked
        # In a crawl it is asked for again.
        zone["other.example"] = None
        with pytest.raises(OSError, match="the name was not found within"):
            await resolver.resolve("other.example", 80)
        zone["other.example"] = ["127.0.0.1"]
        monkeypatch.setattr(dial, "DNS_SECONDS", 60)
        assert [result["host"] for result in await resolver.resolve("other.example", 80)] == ["127.0.0.1"]
        await resolver.close()


@pytest.mark.slow
async def test_a_name_that_is_silent_ahead_of_a_run_stays_in_use_for_the_crawl_of_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dial, "DNS_SECONDS", 0.2)
    zone: dict[str, Sequence[str] | None] = {"shared.example": None}
    async with naming(zone) as names, open_client(LOOPBACK, AGENT, [names.address]) as client:
        with client.crawling("http://shared.example/docs/"):
            await client.look_up("http://shared.example/")
            zone["shared.example"] = ["127.0.0.1"]
            monkeypatch.setattr(dial, "DNS_SECONDS", 60)
            assert [each["host"] for each in await client.resolver.resolve("shared.example", 80)] == ["127.0.0.1"]
        zone["shared.example"] = None
        monkeypatch.setattr(dial, "DNS_SECONDS", 0.2)
        await client.look_up("http://shared.example/")
        asked = names.asked["shared.example"]
        with pytest.raises(OSError, match="the name was not found within"):
            await client.resolver.resolve("shared.example", 80)
        assert names.asked["shared.example"] == asked


class WatchedGate(Gate):
    """A gate that remembers for which addresses it was asked."""

    def __init__(self, allow: str) -> None:
        super().__init__(allow)
        self.seen: list[str] = []

    def check_address(self, ip: str, port: int, name: str = "") -> None:
        self.seen.append(ip)
        super().check_address(ip, port, name)


async def test_of_a_thousand_addresses_eight_are_tried_once_each() -> None:
    many = [f"127.1.{n // 250}.{n % 250 + 1}" for n in range(1000)]
    gate = WatchedGate("127.0.0.0/8")
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        async with naming({"many.example": many}) as names, open_client(gate, AGENT, [names.address]) as client:
            failed = await failure(client, f"http://many.example:{taken.getsockname()[1]}/")
    assert failed.code == "connect_error"
    # Each address is checked when the name is resolved, and once more when it is dialled.
    assert len(gate.seen) == 1000 + MAX_ADDRESSES
    assert len(set(gate.seen[1000:])) == MAX_ADDRESSES


async def test_both_families_are_among_the_addresses_that_are_tried() -> None:
    both = [*(f"127.0.0.{n}" for n in range(1, 20)), *(f"fd00::{n}" for n in range(1, 20))]
    async with naming({"both.example": both}) as names:
        resolver = GatedResolver(Gate("127.0.0.0/8,fd00::/16"), [names.address])
        found = [result["host"] for result in await resolver.resolve("both.example", 80)]
        await resolver.close()
    assert sum(":" in ip for ip in found) == len(found) / 2 == MAX_ADDRESSES / 2


def test_nameservers_are_addresses_with_or_without_a_port() -> None:
    assert read_nameservers("10.0.0.53, 127.0.0.1:5353,[::1]:53,::1,") == (
        "10.0.0.53",
        "127.0.0.1:5353",
        "[::1]:53",
        "::1",
    )


@pytest.mark.parametrize("text", ["dns.example", "10.0.0.53:", "10.0.0.53:0", "10.0.0.53:99999", "[::1:53", "10.0.0"])
def test_nameservers_that_cannot_be_read_name_the_setting(text: str) -> None:
    with pytest.raises(ConfigError, match="LLMSTXT_EGRESS__NAMESERVERS"):
        read_nameservers(text)
