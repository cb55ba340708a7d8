"""Both fake hosts behind one handle, for what is the same on GitHub and GitLab."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

from tests.support.fake_github import FakeGitHub, fake_github
from tests.support.fake_gitlab import FakeGitLab, fake_gitlab
from tests.support.git_host import TOKEN

from llmstxt_sched.domain.notifications.git import GitOptions
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.git.change import Change, GitFile
from llmstxt_sched.notify.git.publish import publish
from llmstxt_sched.notify.message import Answer
from llmstxt_sched.outbound.client import Client

KINDS = (TargetKind.GITHUB, TargetKind.GITLAB)


class Publisher:
    """Publishes to one host with the same client and token."""

    def __init__(self, client: Client, kind: TargetKind, host: FakeGitHub | FakeGitLab) -> None:
        self.client = client
        self.kind = kind
        self.host = host

    async def __call__(self, body: bytes, token: str = TOKEN, full: bytes | None = None, **options: Any) -> Answer:
        chosen = GitOptions(**{"repository": self.host.name, "full": full is not None, **options})
        files = [GitFile(chosen.path, body)]
        files += [] if full is None else [GitFile(chosen.full_path, full)]
        change = Change(chosen, tuple(files), "what a request says")
        return await publish(self.client, self.kind, self.host.address, token, change)


@contextlib.asynccontextmanager
async def publishing(
    client: Client, kind: TargetKind, files: Mapping[str, bytes] | None = None
) -> AsyncIterator[Publisher]:
    """A publisher to a host whose branch main holds `files`."""
    fake = fake_github if kind is TargetKind.GITHUB else fake_gitlab
    async with fake(files) as host:
        yield Publisher(client, kind, host)
