"""Publishes a change, and answers what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.notify.git import github, gitlab
from llmstxt_sched.notify.git.change import Change
from llmstxt_sched.notify.git.rest_api import Overtaken, RestApi, answer_of
from llmstxt_sched.notify.message import Answer
from llmstxt_sched.outbound.client import Client

# For all requests together.
SECONDS = 40.0
# How often it is looked again within one attempt, after pauses of these seconds, when somebody else was faster.
_PAUSES = (0.5, 2.0)


async def publish(client: Client, kind: TargetKind, address: str, token: str, change: Change) -> Answer:
    """Have the repository hold the files of `change`; `address` is that of the API of a `kind` github or gitlab.

    The answer's `body` says what was done.  It takes no more than SECONDS.
    """
    api, act = _doer(client, kind, address, token, change)
    return await answer_of(api, lambda: _persistently(act), SECONDS)


def _doer(
    client: Client, kind: TargetKind, address: str, token: str, change: Change
) -> tuple[RestApi, Callable[[], Awaitable[str]]]:
    module, repository = (github, github.GitHub) if kind is TargetKind.GITHUB else (gitlab, gitlab.GitLab)
    api = RestApi(client, address, module.headers(token), token)
    acting = repository(api, change)
    return api, acting.commit if change.options.mode == "commit" else acting.request


async def _persistently(act: Callable[[], Awaitable[str]]) -> str:
    for pause in _PAUSES:
        try:
            return await act()
        except Overtaken:
            await asyncio.sleep(pause)
    return await act()
