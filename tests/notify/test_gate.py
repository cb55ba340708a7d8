"""No kind of target reaches what crawls may not reach: neither by its address, nor by a name, nor by a redirect."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from tests.support.names import naming
from tests.support.site import moved, serving
from tests.support.tellings import telling_of

from llmstxt_sched.domain.notifications.git import GitOptions
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify import deploy_hook, heartbeat
from llmstxt_sched.notify.git.change import Change, GitFile
from llmstxt_sched.notify.git.publish import publish
from llmstxt_sched.notify.message import Answer
from llmstxt_sched.outbound.client import Client, open_client
from llmstxt_sched.outbound.gate import Gate

Tell = Callable[[Client, str], Awaitable[Answer]]

ADDRESSES = [
    "http://127.0.0.1:8080/", "http://[::1]:8080/", "http://127.1:8080/", "http://2130706433/", "http://0x7f000001/",
    "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/", "http://192.168.0.1/", "http://100.64.0.1/", "http://0.0.0.0/",
    "http://169.254.169.254/", "http://[fd00:ec2::254]/", "http://metadata.google.internal/", "http://localhost:8080/",
    "http://intranet/", "http://wiki.corp/", "http://user@example.com/", "ftp://example.com/", "gopher://example.com/",
    "http://example.com:22/", "http://example.com:6379/", "http://\uff11\uff12\uff17.0.0.1/", "http://127.0.0.1\t/",
]  # fmt: skip


async def _beat(client: Client, address: str) -> Answer:
    return await heartbeat.tell(client, telling_of(TargetKind.HEARTBEAT, address))


async def _deploy(client: Client, address: str) -> Answer:
    return await deploy_hook.tell(client, telling_of(TargetKind.DEPLOY_HOOK, address))


async def _dispatch(client: Client, address: str) -> Answer:
    address = f"{address.rstrip('/')}/repos/acme/docs/dispatches"
    telling = telling_of(TargetKind.DEPLOY_HOOK, address, token="a-long-token", event_type="docs")
    return await deploy_hook.tell(client, telling)


async def _github(client: Client, address: str) -> Answer:
    return await publish(client, TargetKind.GITHUB, address, "a-long-token", _change())


async def _gitlab(client: Client, address: str) -> Answer:
    return await publish(client, TargetKind.GITLAB, address, "a-long-token", _change())


def _change() -> Change:
    return Change(GitOptions(repository="acme/docs"), (GitFile("llms.txt", b"new"),), "")


every = pytest.mark.parametrize("tell", [_beat, _deploy, _dispatch, _github, _gitlab])


@contextlib.asynccontextmanager
async def canary() -> AsyncIterator[tuple[int, Callable[[], bool]]]:
    """A port of this machine, and whether anybody has connected to it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)

        def is_hit() -> bool:
            with contextlib.suppress(BlockingIOError):
                listener.accept()[0].close()
                return True
            return False

        yield listener.getsockname()[1], is_hit


@every
@pytest.mark.parametrize("address", ADDRESSES)
async def test_an_address_that_is_shut_is_refused(tell: Tell, address: str) -> None:
    async with open_client(Gate(), "a") as client:
        answer = await tell(client, address)
        assert answer.error
        assert answer.status_code is None


@every
@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::1"]])
async def test_a_name_that_leads_to_this_machine_is_not_connected_to(tell: Tell, answers: list[str]) -> None:
    async with naming({"rebind.example": answers}) as names, canary() as (port, is_hit):
        # The name may have this port, so that only its address can be what is refused.
        async with open_client(Gate(f"10.0.0.0/8:{port}"), "a", [names.address]) as client:
            assert (await tell(client, f"http://rebind.example:{port}/")).error
        assert not is_hit()


@every
async def test_a_redirect_leads_nowhere(tell: Tell) -> None:
    async with canary() as (port, is_hit), serving({}) as site:
        site.pages = _Moved(f"http://127.0.0.1:{port}/")
        async with open_client(Gate("127.0.0.0/8"), "a") as client:
            answer = await tell(client, site.url("/"))
            assert "redirect" in answer.error
        assert not is_hit()


class _Moved(dict):  # type: ignore[type-arg]
    """Each page has moved."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self.location = location

    def get(self, *_: object) -> object:
        return moved(self.location, 307)
