from __future__ import annotations

import pytest
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


@pytest.mark.parametrize(
    ("status", "said", "expected", "is_final"),
    [
        (403, "403 Forbidden - You are not allowed to push into this branch", "may not push", True),
        (403, "insufficient_scope", "scope api", True),
        (400, "You can only create or edit files when you are on a branch", "there is no branch main", True),
        (413, "413 Request Entity Too Large", "HTTP 413", True),
        (400, "Something went wrong when we tried to commit", "HTTP 400", False),
        (502, "GitLab is not responding", "in trouble", False),
    ],
)
async def test_what_gitlab_refuses_is_final_or_not(
    client: Client, status: int, said: str, expected: str, is_final: bool
) -> None:
    async with publishing(client, GITLAB, {"llms.txt": b"old"}) as publish:

        def refuse() -> None:
            raise Refusal(status, said)

        publish.host.meanwhile = refuse
        answer = await publish(b"new")
        assert (answer.status_code, answer.is_final) == (status, is_final)
        assert expected in answer.error


async def test_a_request_takes_few_requests(client: Client) -> None:
    async with publishing(client, GITLAB, {"llms.txt": b"old"}) as publish:
        await publish(b"v1", mode="pull_request")
        opened = len(publish.host.asked)
        await publish(b"v2", mode="pull_request")
        assert (opened, len(publish.host.asked) - opened) == (5, 4)
