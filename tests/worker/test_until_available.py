from __future__ import annotations

import pytest

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.worker import until_available as module
from llmstxt_sched.worker.until_available import until_available


async def test_a_server_that_is_away_is_asked_until_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.0)
    asked = 0

    async def act() -> str:
        nonlocal asked
        asked += 1
        if asked < 4:
            raise Unavailable("Postgres does not answer")
        return "here"

    assert await until_available(act) == "here"
    assert asked == 4


async def test_any_other_failure_is_the_runs_own() -> None:
    async def act() -> None:
        raise KeyError("page")

    with pytest.raises(KeyError):
        await until_available(act)
