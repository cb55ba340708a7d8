"""Targets as their makers see them."""

from __future__ import annotations

from uuid import uuid4

import msgspec
import pytest
from msgspec import structs
from standardwebhooks import Webhook, WebhookVerificationError
from tests.support.engine import SECRETS_KEY
from tests.support.notifying import Notifying
from tests.support.receiver import Receiver, status

from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import Forbidden
from llmstxt_sched.services.idempotency import IdempotentRequest, Once
from llmstxt_sched.services.notifications.sealing import seal, unseal
from llmstxt_sched.services.notifications.targets import OVERLAP
from llmstxt_sched.services.notifications.wanted_targets import TargetPatch
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.notifications.targets import Target


def verifies(receiver: Receiver, secret: str) -> bool:
    """Whether the last request was signed by a secret."""
    got = receiver.received[-1]
    try:
        Webhook(secret).verify(got.body, got.headers)
    except WebhookVerificationError:
        return False
    return True


async def test_a_secret_that_was_replaced_signs_for_a_day_and_no_longer(
    notifying: Notifying, receiver: Receiver
) -> None:
    made = await notifying.webhook(receiver.url)
    rotated = await notifying.targets.rotate(made.target.id, Role.ADMIN, None, Once())
    await notifying.engine.ran()
    await notifying.deliver()
    assert (verifies(receiver, made.secret), verifies(receiver, rotated.secret)) == (True, True)
    secrets = Secrets([SECRETS_KEY])
    opened, _ = unseal(secrets, made.target.id, rotated.target.sealed)
    assert opened.old_secret_until
    over = structs.replace(opened, old_secret_until=made.target.created_at)
    sealed = seal(secrets, made.target.id, over)
    await notifying.engine.sql("UPDATE targets SET sealed = $1", sealed)
    await notifying.engine.ran()
    await notifying.deliver()
    assert (verifies(receiver, made.secret), verifies(receiver, rotated.secret)) == (False, True)


async def test_a_target_that_is_disabled_by_hand_is_told_nothing_and_begins_anew(
    notifying: Notifying, receiver: Receiver
) -> None:
    made = await notifying.webhook(receiver.url)
    receiver.respond = status(500)
    await notifying.engine.ran()
    await notifying.deliver()
    disabled = await notifying.targets.edit(made.target.id, TargetPatch(is_enabled=False), Role.ADMIN)
    assert disabled.failing_since
    await notifying.engine.ran()
    await notifying.end_waits()
    assert await notifying.deliver() == 0
    assert [(row["status"], row["error"]) for row in await notifying.log()] == [("FAILED", "its target was disabled")]
    enabled = await notifying.targets.edit(made.target.id, TargetPatch(is_enabled=True), Role.ADMIN)
    assert (enabled.failing_since, enabled.disabled_reason) == (None, None)
    receiver.respond = status(200)
    await notifying.engine.ran()
    assert await notifying.deliver() == 1


async def test_another_address_is_told_from_then_on_and_keeps_the_secret(
    notifying: Notifying, receiver: Receiver
) -> None:
    made = await notifying.webhook(f"{receiver.url}?key=old-old-old")
    edited = await notifying.targets.edit(
        made.target.id, TargetPatch(address=f"{receiver.url}?key=new-new-new"), Role.ADMIN
    )
    await notifying.engine.ran()
    await notifying.deliver()
    assert (receiver.received[0].path, edited.shown_address) == ("/hook?key=new-new-new", f"{receiver.url}?key=…")
    assert verifies(receiver, made.secret)


async def test_what_was_sealed_with_an_older_key_is_sealed_anew_when_it_is_told(
    notifying: Notifying, receiver: Receiver
) -> None:
    made = await notifying.webhook(receiver.url)
    opened, _ = unseal(Secrets([SECRETS_KEY]), made.target.id, made.target.sealed)
    newer = Secrets(["a newer key of the tests", SECRETS_KEY])
    notifying.deliveries._secrets = newer
    await notifying.engine.ran()
    await notifying.deliver()
    (row,) = await notifying.engine.sql("SELECT sealed FROM targets")
    assert unseal(newer, made.target.id, row["sealed"]) == (opened, True)
    assert len(receiver.received) == 1


async def test_a_key_that_is_gone_is_a_failure_that_says_so_and_is_tried_again(
    notifying: Notifying, receiver: Receiver
) -> None:
    await notifying.webhook(receiver.url)
    notifying.deliveries._secrets = Secrets(["another key of the tests"])
    await notifying.engine.ran()
    await notifying.deliver()
    (row,) = await notifying.log()
    assert (row["status"], "LLMSTXT_SECRETS__KEY" in row["error"], receiver.received) == ("PENDING", True, [])


async def test_another_address_begins_anew_and_another_name_does_not(notifying: Notifying, receiver: Receiver) -> None:
    made = await notifying.webhook(receiver.url)
    receiver.respond = status(500)
    await notifying.engine.ran()
    await notifying.deliver()
    renamed = await notifying.targets.edit(made.target.id, TargetPatch(name="other"), Role.ADMIN)
    moved = await notifying.targets.edit(made.target.id, TargetPatch(address=f"{receiver.url}/new"), Role.ADMIN)
    assert (bool(renamed.failing_since), moved.failing_since) == (True, None)


async def test_a_secret_signs_for_its_day_even_if_it_is_replaced_twice(
    notifying: Notifying, receiver: Receiver
) -> None:
    made = await notifying.webhook(receiver.url)
    rotated = [await notifying.targets.rotate(made.target.id, Role.ADMIN, None, Once()) for _ in range(2)]
    await notifying.engine.ran()
    await notifying.deliver()
    assert all(verifies(receiver, each.secret) for each in (made, *rotated))
    opened, _ = unseal(Secrets([SECRETS_KEY]), made.target.id, rotated[1].target.sealed)
    (older,) = opened.older
    assert (opened.older_at(older.until), older.until - made.target.created_at > OVERLAP) == ((), True)


async def test_a_repeated_rotation_tells_the_secret_to_nobody_who_has_another_role_by_now(
    notifying: Notifying, receiver: Receiver
) -> None:
    made = await notifying.webhook(receiver.url)
    asked = IdempotentRequest(uuid4(), "key", b"one")
    once = Once[Target](asked, lambda target: StoredResponse(200, msgspec.json.encode({"id": target.id})))
    first, again = [await notifying.targets.rotate(made.target.id, Role.ADMIN, None, once) for _ in range(2)]
    assert again.secret == first.secret
    with pytest.raises(Forbidden):
        await notifying.targets.rotate(made.target.id, Role.VIEWER, None, once)
