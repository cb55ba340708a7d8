from __future__ import annotations

from tests.support.engine import SECRETS
from tests.support.notifying import PUBLIC_URL, Notifying

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.user import Role
from llmstxt_sched.notify.message import Answer, Telling
from llmstxt_sched.services.notifications.answers import NOT_TOLD
from llmstxt_sched.services.notifications.delivery_log import DeliveryLog


async def test_a_test_whose_sender_goes_wrong_is_answered_and_noted_as_a_failure(notifying: Notifying) -> None:
    async def sender(_: Telling) -> Answer:
        raise LookupError("a fault of ours")

    made = await notifying.webhook("https://a.example.com/")
    delivery_log = DeliveryLog(notifying.engine.database, SECRETS, {TargetKind.WEBHOOK: sender}, PUBLIC_URL)
    assert (await delivery_log.test(made.target.id, Role.ADMIN)).error == NOT_TOLD
    (row,) = await notifying.log()
    assert (row["status"], row["error"]) == ("FAILED", NOT_TOLD)
