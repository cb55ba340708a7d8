from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.support.accounts import BROWSER, Accounts, secret_in
from tests.support.engine import DAILY, PASSING, Engine

from llmstxt_sched.domain.project import ProjectDetails
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.domain.user import Identity, Role
from llmstxt_sched.errors import Conflict, NotFound, Unauthorized
from llmstxt_sched.services.idempotency import AnsweredBefore, IdempotentRequest, Once
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.people.audit import COMMAND_LINE, Actor, acting_as, actor_of, current_actor
from llmstxt_sched.services.people.users import AccountPatch
from llmstxt_sched.services.projects.project_views import ProjectView
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.people.audit import AuditFilter

ADDRESS = "192.0.2.7"
SOMEBODY = Actor(user_id=uuid4(), user_name="Ada", token_id=uuid4(), token_name="script", address=ADDRESS)


async def actions(accounts: Accounts) -> list[str]:
    return [row.action for row in await accounts.done()]


async def test_a_row_says_who_did_what_on_what_and_from_where(accounts: Accounts, engine: Engine) -> None:
    with acting_as(SOMEBODY):
        project = await engine.create(name="Docs")
    (row,) = await accounts.done()
    assert (row.user_id, row.user_name) == (SOMEBODY.user_id, "Ada")
    assert (row.token_id, row.token_name) == (SOMEBODY.token_id, "script")
    assert (row.action, row.object_type, row.object_id, row.object_name) == (
        "project.create",
        "project",
        project,
        "Docs",
    )
    assert (row.address, row.details) == (ADDRESS, {"url": "https://example.com/"})
    assert current_actor() == Actor()


async def test_every_change_of_a_project_and_its_runs_is_noted(accounts: Accounts, engine: Engine) -> None:
    project = await engine.create(name="Docs")
    await engine.runs.cancel((await engine.active(project)).id)
    await engine.edit(project, name="Renamed", cron_expression="0 3 * * *")
    await engine.projects.pause(project)
    await engine.projects.resume(project)
    run = await engine.trigger(project)
    await engine.fail(run, PASSING)
    await engine.trigger(project)
    await engine.projects.delete(project)
    rows = await accounts.done()
    assert [row.action for row in rows] == [
        "project.create",
        "run.cancel",
        "project.edit",
        "project.pause",
        "project.resume",
        "run.trigger",
        "run.trigger",
        "project.delete",
    ]
    assert rows[2].details == {"fields": ["name", "cron_expression"]}
    assert [(row.object_id, row.object_name) for row in rows[5:7]] == [(run.id, f"Renamed #{run.number}")] * 2
    assert rows[5].details == {"project_id": str(project)}


async def test_every_change_of_people_and_what_is_theirs_is_noted(accounts: Accounts) -> None:
    admin = (await accounts.first_admin()).identity
    bob = (await accounts.join("Bob", Role.VIEWER)).identity
    assert bob.user_id
    await accounts.users.edit(bob.user_id, "Robert", Role.EDITOR)
    await accounts.users.renew_link(bob.user_id, "", Once())
    await accounts.users.edit_account(bob, AccountPatch(password="correct horse battery"))
    token = await accounts.token(admin)
    await accounts.tokens.revoke(admin, token.token.id)
    assert bob.session_id
    await accounts.sessions.end(bob, bob.session_id)
    await accounts.users.delete(bob.user_id)
    rows = await accounts.done()
    assert [row.action for row in rows] == [
        "user.create",
        "session.create",
        "user.create",
        "session.create",
        "user.edit",
        "user.link",
        "user.edit",
        "token.create",
        "token.revoke",
        "session.delete",
        "user.delete",
    ]
    assert (rows[0].user_id, rows[0].user_name) == (admin.user_id, "admin")
    assert (rows[3].user_name, rows[3].address) == ("Bob", BROWSER.address)
    assert rows[4].details == {"name": ["Bob", "Robert"], "role": ["viewer", "editor"]}
    assert rows[6].details == {"fields": ["password"]}
    assert "correct horse" not in str(rows)


async def test_a_sign_in_that_fails_is_noted_with_the_name_that_was_given(accounts: Accounts) -> None:
    await accounts.first_admin()
    before = len(await accounts.done())
    with acting_as(Actor(address=ADDRESS)):
        for attempt in (
            accounts.sessions.begin_by_password("mallory", "a guess at it", BROWSER),
            accounts.sessions.begin_by_link("a guess at it", BROWSER),
            accounts.sessions.begin_by_token("a guess at it", BROWSER),
        ):
            with pytest.raises(Unauthorized):
                await attempt
    rows = (await accounts.done())[before:]
    assert [(row.action, row.user_id, row.user_name, row.address) for row in rows] == [
        ("session.failed", None, "mallory", ADDRESS),
        ("session.failed", None, None, ADDRESS),
        ("session.failed", None, None, ADDRESS),
    ]
    assert [row.details["begun_with"] for row in rows] == ["password", "link", "token"]
    assert "a guess" not in str(rows)


async def test_what_was_not_done_leaves_no_row(accounts: Accounts, engine: Engine) -> None:
    project = await engine.create()
    for attempt in (
        engine.trigger(project),
        engine.projects.delete(uuid4()),
        engine.projects.pause(uuid4()),
        engine.runs.cancel(uuid4()),
        accounts.users.delete(uuid4()),
        accounts.tokens.revoke(Identity(), uuid4()),
    ):
        with pytest.raises((Conflict, NotFound)):
            await attempt
    assert await actions(accounts) == ["project.create"]


async def test_a_row_is_part_of_the_transaction_of_the_deed(accounts: Accounts, engine: Engine) -> None:
    """A deed that is rolled back after its row was written takes the row along."""

    def impossible(view: ProjectView) -> StoredResponse:
        raise Conflict(f"{view.project.name} is not to be")

    once = Once(IdempotentRequest(uuid4(), "key", b"one"), impossible)
    wanted = SchedulePatch(cron_expression=DAILY)
    with pytest.raises(Conflict):
        await engine.projects.create("https://example.com/", ProjectDetails(name="Docs"), wanted, once)
    assert await engine.sql("SELECT FROM projects") == []
    assert await accounts.done() == []


async def test_a_request_that_is_repeated_is_noted_once(accounts: Accounts, engine: Engine) -> None:
    once = Once[ProjectView](
        IdempotentRequest(uuid4(), "key", b"one"), lambda view: StoredResponse(201, view.project.id.bytes)
    )
    for _ in range(2):
        with suppress(AnsweredBefore):
            await engine.projects.create("https://example.com/", ProjectDetails(name=""), SchedulePatch(), once)
    assert await actions(accounts) == ["project.create"]


async def test_those_who_act_at_the_same_time_are_not_mixed_up(accounts: Accounts, engine: Engine) -> None:
    async def act(name: str) -> None:
        with acting_as(Actor(user_name=name)):
            await asyncio.sleep(0)
            await engine.create(name=name)

    await asyncio.gather(*(act(name) for name in "abcdef"))
    assert {row.user_name for row in await accounts.done()} == set("abcdef")
    assert all(row.user_name == row.object_name for row in await accounts.done())


async def test_the_log_is_read_newest_first_and_by_who_what_and_when(accounts: Accounts, engine: Engine) -> None:
    identity = Identity(user_id=uuid4(), user_name="Ada")
    for actor in (actor_of(identity, ADDRESS), COMMAND_LINE):
        with acting_as(actor):
            await engine.create()
            await accounts.token(Identity())
    await accounts.audit_log.note("scheduler.process", "scheduler")

    async def found(wanted: AuditFilter) -> list[str]:
        return [row.action for row in await accounts.audit_log.page(wanted, None, 10)]

    assert len(await found(AuditFilter())) == 5
    assert await found(AuditFilter(user_id=identity.user_id)) == ["token.create", "project.create"]
    assert await found(AuditFilter(user_name="Command Line")) == ["token.create", "project.create"]
    assert await found(AuditFilter(action="project")) == ["project.create"] * 2
    assert await found(AuditFilter(action="project.create", user_name="ada")) == ["project.create"]
    assert await found(AuditFilter(action="proj")) == []
    newest, *older = await accounts.audit_log.page(AuditFilter(), None, 10)
    assert newest.action == "scheduler.process"
    assert await accounts.audit_log.page(AuditFilter(), (newest.at, newest.id), 10) == older
    assert len(await found(AuditFilter(since=older[-1].at))) == 5
    assert await found(AuditFilter(since=newest.at + timedelta(seconds=1))) == []


async def test_what_the_scheduler_does_by_itself_is_nobodys_deed(accounts: Accounts, engine: Engine) -> None:
    await engine.fired()
    assert await actions(accounts) == ["project.create"]


async def test_a_link_that_makes_the_first_admin_is_noted_as_theirs(accounts: Accounts) -> None:
    link = await accounts.links.first()
    assert link
    with acting_as(Actor(address=ADDRESS)):
        begun = await accounts.sessions.begin_by_link(secret_in(link), BROWSER)
    created = (await accounts.done())[0]
    assert (created.action, created.user_id, created.address) == ("user.create", begun.identity.user_id, ADDRESS)


async def test_a_row_of_our_own_is_written_with_the_connection_of_the_deed(accounts: Accounts, engine: Engine) -> None:
    async with engine.database.connection() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await audit.record(connection, "project.create", "project", uuid4(), "Docs")
        assert await accounts.done() == []
        await transaction.rollback()
    assert await accounts.done() == []
