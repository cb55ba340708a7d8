"""Pings of deployments, and the tokens that may do nothing else: one a project, shown once, stored as a hash."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
import structlog
from msgspec import Struct

from llmstxt_sched.domain.ping import PingMove, take_ping
from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.errors import Conflict, NotFound, Unauthorized
from llmstxt_sched.jobs.queue import Queue
from llmstxt_sched.services.idempotency import AnsweredBefore, Once
from llmstxt_sched.services.job_push import job_of, push
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.people.access_secrets import derived_secret, hash_secret, random_secret
from llmstxt_sched.services.settle import lock
from llmstxt_sched.store import pings, projects, runs
from llmstxt_sched.store.pings import StoredPings
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.runs import Run

log = structlog.get_logger(__name__)

# No other token begins so: theirs is `llms_`.
PREFIX = "llmsping_"


class Pinged(NamedTuple):
    """What came of a ping: the run that sees what was deployed, or None and when one is due at the earliest."""

    run: Run | None
    due_at: datetime | None


class KeptPingToken(Struct, frozen=True):
    """What is stored of a token for a repeated request; with `salt`, whoever made the token can tell it again."""

    salt: str
    created_at: datetime


class NewPingToken(NamedTuple):
    """A token that was just made; `secret` is the token itself, which cannot be read again later."""

    secret: str
    created_at: datetime


class Pings:
    """Use cases of pings.  Every method raises NotFound if there is no such project."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def ping(self, project_id: UUID, secret: str = "") -> Pinged:
        """Ask for a run after a deployment; with `secret`, that of the project's token, which is checked.

        Sent again it does no harm.  Raises Unauthorized for a token that is none, NotFound for another project's.
        """
        if secret:
            await self._check(project_id, secret)
        async with self._database.transaction() as connection:
            locked = await lock(connection, project_id)
            active = await runs.lock_active(connection, project_id)
            before = await pings.get(connection, project_id)
            move, after = take_ping(before, active.status if active else None, locked.now)
            run = await _run_of(connection, project_id, move, active)
            await pings.save(connection, project_id, after)
            if move in {PingMove.START, PingMove.WAKE} or (after.due_at and not before.due_at):
                await _record(connection, "project.ping", project_id, run=run.number if run else None)
        if run and move in {PingMove.START, PingMove.WAKE}:
            woken = [self._queue.forget([run.id])] if move is PingMove.WAKE else []
            await push(*woken, self._queue.put(job_of(run)))
        log.info("project pinged", project_id=str(project_id), move=move.value, due_at=after.due_at)
        return Pinged(run, after.due_at)

    async def standing(self, project_id: UUID) -> StoredPings:
        """The project's pings, and whether it has a token for them."""
        async with self._database.connection() as connection:
            if await projects.get(connection, project_id) is None:
                raise NotFound(f"there is no project {project_id}")
            return await pings.get(connection, project_id)

    async def make_token(self, project_id: UUID, asker: str, once: Once[KeptPingToken]) -> NewPingToken:
        """Make the project's token; the one before ends.  `asker` is the secret that came with the request.

        With an Idempotency-Key the token is derived as `Tokens.create` does it.  Raises Conflict where that of the
        first request was replaced since.
        """
        salt = random_secret()
        secret = _secret(asker, once, salt) if once.request else PREFIX + random_secret()
        try:
            async with once.turn(), self._database.transaction() as connection:
                await once.check(connection)
                await lock(connection, project_id)
                created_at = await pings.set_token(connection, project_id, hash_secret(secret))
                await _record(connection, "token.create", project_id, may="ping")
                await once.keep(connection, KeptPingToken(salt, created_at))
        except AnsweredBefore as before:
            kept = msgspec.json.decode(before.response.body, type=KeptPingToken)
            return await self._again(project_id, kept, _secret(asker, once, kept.salt))
        log.info("ping token made", project_id=str(project_id))
        return NewPingToken(secret, created_at)

    async def revoke_token(self, project_id: UUID) -> None:
        """Revoke the project's token.  Raises NotFound also if it has none."""
        async with self._database.transaction() as connection:
            await lock(connection, project_id)
            if not await pings.unset_token(connection, project_id):
                raise NotFound("the project has no ping token")
            await _record(connection, "token.revoke", project_id, may="ping")
        log.info("ping token revoked", project_id=str(project_id))

    async def _again(self, project_id: UUID, kept: KeptPingToken, secret: str) -> NewPingToken:
        async with self._database.connection() as connection:
            if await pings.project_of(connection, hash_secret(secret)) != project_id:
                raise Conflict(
                    "this token was made in another session, or has ended since: send a new Idempotency-Key to make "
                    "another"
                )
        return NewPingToken(secret, kept.created_at)

    async def _check(self, project_id: UUID, secret: str) -> None:
        async with self._database.connection() as connection:
            allowed = await pings.project_of(connection, hash_secret(secret))
        if allowed is None:
            raise Unauthorized("this ping token is not valid: it was replaced or revoked, or its project was deleted")
        if allowed != project_id:
            # As if there were none: the token tells nothing of other projects.
            raise NotFound(f"there is no project {project_id}")


def _secret(asker: str, once: Once[KeptPingToken], salt: str) -> str:
    return PREFIX + derived_secret(asker, once.request.key if once.request else "", salt)


async def _run_of(connection: Connection, project_id: UUID, move: PingMove, active: Run | None) -> Run | None:
    if move is PingMove.START:
        return await runs.insert(connection, uuid4(), project_id, Trigger.MANUAL)
    if move is PingMove.WAKE and active:
        return await runs.wake(connection, active.id)
    return active if move is PingMove.JOIN else None


async def _record(connection: Connection, action: str, project_id: UUID, **details: int | str | None) -> None:
    name = (await projects.names(connection, [project_id])).get(project_id, "")
    await audit.record(connection, action, "project", project_id, name, **details)
