"""Targets: making, reading, changing and deleting those who are told of events."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import msgspec
import structlog
from msgspec import structs

from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.domain.notifications.target_kinds import rules_of
from llmstxt_sched.domain.user import Role
from llmstxt_sched.errors import Conflict, Faults, NotFound
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.idempotency import AnsweredBefore, Once
from llmstxt_sched.services.notifications.access import check_may_change, found
from llmstxt_sched.services.notifications.mail.addresses import MailAddresses
from llmstxt_sched.services.notifications.sealing import seal, unseal
from llmstxt_sched.services.notifications.wanted_targets import TargetChecks, TargetPatch, WantedTarget, new_secret
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.notifications import deliveries, targets
from llmstxt_sched.store.notifications.targets import Target
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

log = structlog.get_logger(__name__)

# For so long the secret before the present one signs too, so that a receiver can change over.
OVERLAP = timedelta(hours=24)


class NewTarget(NamedTuple):
    """A target that was just made or whose secret was changed; `secret` is empty for one that signs nothing."""

    target: Target
    secret: str


class Targets:
    """Use cases of targets; `role` is that of who asks, since those of all projects are for admins."""

    def __init__(self, database: Database, secrets: Secrets, gate: Gate, mail_addresses: MailAddresses) -> None:
        self._database = database
        self._secrets = secrets
        self._mail_addresses = mail_addresses
        self._checks = TargetChecks(secrets, gate)

    async def create(
        self, wanted: WantedTarget, role: Role, once: Once[Target], faults: Faults | None = None
    ) -> NewTarget:
        """Make a target.  A repeated request gets the same one, with the secret that it has by then.

        Raises InvalidInput, also with the `faults` that are known already, Forbidden, NotFound, TooManyRequests for an
        address of mail that was asked often, and Conflict where there is no key to seal with, or no server for mail.
        """
        check_may_change(wanted.project_id, role)
        rules = rules_of(wanted.kind)
        details, secret = self._checks.new(uuid4(), wanted, rules, faults or Faults())
        try:
            async with once.turn(), self._database.transaction() as connection:
                await once.check(connection)
                target = await targets.insert(connection, details)
                if target is None:
                    raise NotFound(f"there is no project {wanted.project_id}")
                if target.kind is TargetKind.EMAIL:
                    await self._mail_addresses.ask(connection, target, target.created_at)
                await _record(connection, "target.create", target, kind=target.kind, address=target.shown_address)
                await once.keep(connection, target)
        except AnsweredBefore as before:
            return await self._again(msgspec.json.decode(before.response.body)["id"])
        log.info("target created", target_id=str(target.id), kind=target.kind.value)
        return NewTarget(target, secret)

    async def get(self, target_id: UUID) -> Target:
        """One target.  Raises NotFound."""
        async with self._database.connection() as connection:
            return found(await targets.get(connection, target_id), target_id)

    async def page(self, project_id: UUID | None, before: tuple[datetime, UUID] | None, limit: int) -> list[Target]:
        """At most `limit` targets of a project (None means all), newest first, those before `before`."""
        async with self._database.connection() as connection:
            return await targets.page(connection, project_id, before, limit)

    async def edit(self, target_id: UUID, patch: TargetPatch, role: Role, faults: Faults | None = None) -> Target:
        """Change a target; one that is disabled is told nothing, and what it was not told yet is given up.

        Raises InvalidInput, also with the `faults` that are known already, Forbidden, NotFound, and Conflict where
        there is no key to seal with.
        """
        async with self._database.transaction() as connection:
            before, now = found(await targets.lock(connection, target_id), target_id)
            check_may_change(before.project_id, role)
            after = self._checks.changed(before, patch, faults or Faults())
            stored = found(await targets.update(connection, after), target_id)
            if stored.kind is TargetKind.EMAIL:
                await self._mail_addresses.changed(connection, before, stored, now)
            await _record(connection, "target.edit", stored, fields=sorted(patch.given))
        if not stored.is_enabled:
            # After the commit, so that nobody waits for the target while we wait for its deliveries.
            async with self._database.connection() as connection:
                await deliveries.give_up_disabled(connection, target_id)
        return stored

    async def delete(self, target_id: UUID, role: Role) -> None:
        """Delete a target with its deliveries.  Raises Forbidden and NotFound."""
        async with self._database.transaction() as connection:
            target = found(await targets.lock(connection, target_id), target_id).target
            check_may_change(target.project_id, role)
            await targets.delete(connection, target_id)
            await _record(connection, "target.delete", target)
        log.info("target deleted", target_id=str(target_id))

    async def rotate(self, target_id: UUID, role: Role, wanted: str | None, once: Once[Target]) -> NewTarget:
        """Give a target a new secret; for OVERLAP the one before signs too, whatever comes after it.

        A repeated request gets the secret that the target has by then: another one would end the one before at once.

        Raises InvalidInput, Forbidden, NotFound, and Conflict for a target that signs nothing.
        """
        try:
            async with once.turn(), self._database.transaction() as connection:
                target, now = found(await targets.lock(connection, target_id), target_id)
                # Before what was answered: who asked for it then may have another role by now.
                check_may_change(target.project_id, role)
                await once.check(connection)
                if not rules_of(target.kind).signs:
                    raise Conflict("this kind of target has no secret")
                before, _ = unseal(self._secrets, target_id, target.sealed)
                opened = before.rotated(new_secret(wanted), now, now + OVERLAP)
                changed = structs.replace(target, sealed=seal(self._secrets, target_id, opened))
                stored = found(await targets.update(connection, changed), target_id)
                await _record(connection, "target.rotate", stored)
                await once.keep(connection, stored)
        except AnsweredBefore as answered:
            return await self._again(msgspec.json.decode(answered.response.body)["id"])
        return NewTarget(stored, opened.secret)

    async def _again(self, target_id: str) -> NewTarget:
        target = await self.get(UUID(target_id))
        return NewTarget(target, unseal(self._secrets, target.id, target.sealed)[0].secret)


async def _record(connection: Connection, action: str, target: Target, **details: Any) -> None:
    about = {"project_id": target.project_id} if target.project_id else {}
    await audit.record(connection, action, "target", target.id, target.name, **about, **details)
