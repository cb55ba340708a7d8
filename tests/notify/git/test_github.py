from __future__ import annotations

from tests.support.publishing import publishing

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.outbound.client import Client

GITHUB = TargetKind.GITHUB


async def test_an_empty_repository_gets_its_first_commit(client: Client) -> None:
    async with publishing(client, GITHUB) as publish:
        assert (await publish(b"new")).error == ""
        assert publish.host.files("main") == {"llms.txt": b"new"}


async def test_a_folder_in_the_files_place_is_left_alone(client: Client) -> None:
    async with publishing(client, GITHUB, {"llms.txt/a": b"1"}) as publish:
        answer = await publish(b"new")
        assert answer.is_final
        assert "llms.txt is a folder" in answer.error
        assert publish.host.log("main") == ["first"]


async def test_a_request_takes_few_requests(client: Client) -> None:
    async with publishing(client, GITHUB, {"llms.txt": b"old"}) as publish:
        await publish(b"v1", mode="pull_request")
        opened = len(publish.host.asked)
        await publish(b"v2", mode="pull_request")
        assert (opened, len(publish.host.asked) - opened) == (8, 4)
