from __future__ import annotations

import pytest
from tests.support.git_host import Refusal
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


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (409, "Repository rule violations found\n\nCommits must have verified signatures.", "protected"),
        (409, "Could not update file: At least 1 approving review is required by reviewers", "protected"),
        (422, 'Required status check "build" is expected.', "protected"),
        (403, "You're not authorized to push to this branch.", "protected"),
        (403, "Resource not accessible by personal access token", "Contents: read and write"),
        (409, "Git Repository is empty.", "make its first commit"),
        (451, "Repository access blocked", "HTTP 451"),
    ],
)
async def test_what_github_refuses_for_good_is_not_tried_again(
    client: Client, status: int, said: str, expected: str
) -> None:
    async with publishing(client, GITHUB, {"llms.txt": b"old"}) as publish:

        def refuse() -> None:
            raise Refusal(status, said)

        publish.host.meanwhile = refuse
        answer = await publish(b"new")
        assert (answer.status_code, answer.is_final) == (status, True)
        assert expected in answer.error
        assert "\n" not in answer.error


async def test_a_request_takes_few_requests(client: Client) -> None:
    async with publishing(client, GITHUB, {"llms.txt": b"old"}) as publish:
        await publish(b"v1", mode="pull_request")
        opened = len(publish.host.asked)
        await publish(b"v2", mode="pull_request")
        assert (opened, len(publish.host.asked) - opened) == (8, 4)
