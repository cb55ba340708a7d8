from __future__ import annotations

import pytest
from tests.support.engine import SECRETS_KEY
from tests.support.notifying import Notifying

from llmstxt_sched.services.notifications import resealing
from llmstxt_sched.services.notifications.resealing import Resealing
from llmstxt_sched.services.notifications.sealing import unseal
from llmstxt_sched.services.secrets import Secrets


async def test_all_targets_are_sealed_with_the_newest_key_though_none_is_told(
    notifying: Notifying, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "PAGE", 2)
    made = {
        (await notifying.webhook(f"https://{host}.example.com/")).target.id: f"https://{host}.example.com/"
        for host in ("a", "b", "c")
    }
    newer = Secrets(["a newer key of the tests", SECRETS_KEY])
    walk = Resealing(notifying.engine.database, newer)
    assert [await walk.reseal() for _ in range(4)] == [2, 1, 0, 0]
    only_newer = Secrets(["a newer key of the tests"])
    rows = await notifying.engine.sql("SELECT id, sealed FROM targets")
    assert {row["id"]: unseal(only_newer, row["id"], row["sealed"])[0].address for row in rows} == made


async def test_what_no_key_opens_is_left_as_it_is(notifying: Notifying) -> None:
    made = await notifying.webhook("https://a.example.com/")
    await Resealing(notifying.engine.database, Secrets(["another key of the tests"])).reseal()
    (row,) = await notifying.engine.sql("SELECT sealed FROM targets")
    assert row["sealed"] == made.target.sealed
