from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from msgspec.structs import replace
from tests.support.engine import Engine
from tests.support.fake_github import FakeGitHub, fake_github
from tests.support.git_host import TOKEN
from tests.support.tellings import telling_of
from tests.support.versions import HOME, first_run, next_run, visit

from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.message import Answer
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.notifications import publishing
from llmstxt_sched.services.notifications.publishing import GitPublisher


class Git:
    """A publisher and the repository that it publishes to."""

    def __init__(self, publisher: GitPublisher, documents: Documents, host: FakeGitHub) -> None:
        self.publisher = publisher
        self.documents = documents
        self.host = host

    async def tell(self, project_id: UUID, **options: Any) -> Answer:
        options = {"repository": self.host.name, **options}
        telling = telling_of(TargetKind.GITHUB, self.host.address, token=TOKEN, **options)
        return await self.publisher.tell(replace(telling, project_id=project_id))

    async def served(self, project_id: UUID, name: str) -> bytes:
        document = await self.documents.of_project(project_id, name)
        return b"".join([piece async for piece in document.pieces])


@pytest_asyncio.fixture
async def git(engine: Engine) -> AsyncIterator[Git]:
    documents = Documents(engine.database)
    async with open_client(Gate("127.0.0.0/8"), "a") as client, fake_github({"README": b"x"}) as host:
        yield Git(GitPublisher(client, documents), documents, host)


async def test_the_repository_gets_the_files_as_they_are_served(engine: Engine, git: Git) -> None:
    run = await first_run(engine)
    assert (await git.tell(run.project_id, path="public/llms.txt", full=True)).error == ""
    files = git.host.files("main")
    assert files["public/llms.txt"] == await git.served(run.project_id, LLMS_TXT)
    assert files["public/llms-full.txt"] == await git.served(run.project_id, LLMS_FULL_TXT)


async def test_an_event_that_comes_late_publishes_what_is_in_force_by_then(engine: Engine, git: Git) -> None:
    first = await first_run(engine)
    await next_run(engine, first, HOME, visit("new", "New page", "All new.", 1))
    for _ in ("of the first run", "of the second"):
        assert (await git.tell(first.project_id)).error == ""
    assert b"New page" in git.host.files("main")["llms.txt"]
    assert git.host.log("main") == ["Update llms.txt", "first"]


async def test_without_documents_there_is_nothing_to_publish(engine: Engine, git: Git) -> None:
    for project_id in (await engine.create(), uuid4()):
        answer = await git.tell(project_id)
        assert answer.is_final
        assert answer.error.startswith("there is nothing to publish: ")
    assert not git.host.asked


async def test_a_file_that_hosts_do_not_like_is_refused(
    engine: Engine, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await next_run(engine, await first_run(engine), HOME, visit("long", "Long", "A long page. " * 1000, 1))
    monkeypatch.setattr(publishing, "MAX_BYTES", 10_000)
    answer = await git.tell(run.project_id, full=True)
    assert answer.is_final
    assert "leave it out" in answer.error
    assert (await git.tell(run.project_id)).error == ""


async def test_documents_that_cannot_be_read_in_time_are_tried_again(
    engine: Engine, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await first_run(engine)
    monkeypatch.setattr(publishing, "READ_SECONDS", 0.0)
    answer = await git.tell(run.project_id)
    assert "could not be read" in answer.error
    assert not answer.is_final


async def test_what_finds_no_place_is_put_off_and_is_published_later(
    engine: Engine, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await first_run(engine)
    monkeypatch.setattr(publishing, "WAIT_SECONDS", 0.0)
    answers = await asyncio.gather(*(git.tell(run.project_id) for _ in range(publishing.AT_ONCE + 3)))
    assert [answer.is_put_off for answer in answers] == [False] * publishing.AT_ONCE + [True] * 3
    assert not (await git.tell(run.project_id)).error
