from __future__ import annotations

from tests.support.git_host import Refusal
from tests.support.publishing import publishing

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.outbound.client import Client

GITLAB = TargetKind.GITLAB


async def test_a_project_that_moved_is_told_by_its_405(client: Client) -> None:
    async with publishing(client, GITLAB, {"llms.txt": b"old"}) as publish:

        def move() -> None:
            raise Refusal(405, "Non GET methods are not allowed for moved projects")

        publish.host.meanwhile = move
        answer = await publish(b"new")
        assert answer.is_final
        assert "renamed or moved" in answer.error


async def test_a_request_takes_few_requests(client: Client) -> None:
    async with publishing(client, GITLAB, {"llms.txt": b"old"}) as publish:
        await publish(b"v1", mode="pull_request")
        opened = len(publish.host.asked)
        await publish(b"v2", mode="pull_request")
        assert (opened, len(publish.host.asked) - opened) == (5, 4)
