from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.support.accounts import BROWSER, Accounts
from tests.support.engine import Engine

from llmstxt_sched.domain.notifications.delivery import longest_wait
from llmstxt_sched.domain.user import Identity, Role, TokenScope
from llmstxt_sched.errors import NotFound, Unauthorized
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.maintenance.purge import Purge
from llmstxt_sched.services.people.passwords import Passwords
from llmstxt_sched.services.people.sessions import MAX_USER_AGENT, Guest, Sessions
from llmstxt_sched.services.people.tokens import TokenRequest
from llmstxt_sched.services.people.users import AccountPatch

PASSWORD = "correct horse battery"


async def with_password(accounts: Accounts) -> Identity:
    """The first admin, who has a password."""
    identity = (await accounts.first_admin()).identity
    await accounts.users.edit_account(identity, AccountPatch(password=PASSWORD))
    return identity


async def test_a_session_is_known_by_its_hash_and_shows_whose_it_is(accounts: Accounts, engine: Engine) -> None:
    begun = await accounts.first_admin()
    identity = await accounts.sessions.identify(begun.secret)
    assert (identity.user_name, identity.role, identity.scope) == ("admin", Role.ADMIN, None)
    (row,) = await engine.sql("SELECT * FROM sessions")
    assert row["sha256"] == hashlib.sha256(begun.secret.encode()).digest()
    assert begun.secret not in str(dict(row))
    (session,) = await accounts.sessions.page(identity, None, 10)
    assert (session.address, session.user_agent) == (BROWSER.address, BROWSER.user_agent)


async def test_every_sign_in_has_a_new_secret_and_ends_the_session_that_the_browser_had(accounts: Accounts) -> None:
    await with_password(accounts)
    known_to_others = "a secret that somebody else has chosen"
    first = await accounts.sessions.begin_by_password("admin", PASSWORD, BROWSER._replace(cookie=known_to_others))
    again = await accounts.sessions.begin_by_password("admin", PASSWORD, BROWSER._replace(cookie=first.secret))
    assert len({known_to_others, first.secret, again.secret}) == 3
    for gone in (known_to_others, first.secret):
        with pytest.raises(Unauthorized):
            await accounts.sessions.identify(gone)
    assert await accounts.sessions.identify(again.secret)


@pytest.mark.parametrize(
    ("name", "password"), [("admin", f"{PASSWORD}."), ("admin", ""), ("nobody", PASSWORD), ("", PASSWORD)]
)
async def test_a_wrong_password_and_an_unknown_name_get_the_same_sentence(
    accounts: Accounts, name: str, password: str
) -> None:
    await with_password(accounts)
    with pytest.raises(Unauthorized) as refused:
        await accounts.sessions.begin_by_password(name, password, BROWSER)
    assert refused.value.message == "name or password is wrong"


async def test_who_has_no_password_cannot_sign_in_by_one(accounts: Accounts) -> None:
    await accounts.first_admin()
    for password in ("", PASSWORD):
        with pytest.raises(Unauthorized):
            await accounts.sessions.begin_by_password("admin", password, BROWSER)


class CountingPasswords(Passwords):
    """Counts how often it compares."""

    def __init__(self) -> None:
        super().__init__()
        self.comparisons = 0

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self.comparisons += 1
        return await super().verify(password, password_hash)


async def test_an_unknown_name_costs_the_same_comparison_as_a_wrong_password(
    accounts: Accounts, engine: Engine
) -> None:
    await with_password(accounts)
    await accounts.users.invite("without a password", Role.VIEWER, "", Once())
    passwords = CountingPasswords()
    sessions = Sessions(engine.database, accounts.tokens, passwords, accounts.link_file)
    for number, name in enumerate(("admin", "nobody", "without a password"), 1):
        with pytest.raises(Unauthorized):
            await sessions.begin_by_password(name, "a guess at it", BROWSER)
        assert passwords.comparisons == number
    passwords.close()


async def test_a_name_is_found_in_any_case(accounts: Accounts) -> None:
    await with_password(accounts)
    begun = await accounts.sessions.begin_by_password(" ADMIN ", PASSWORD, BROWSER)
    assert begun.identity.user_name == "admin"


@pytest.mark.parametrize(("unused", "ends"), [(timedelta(days=13), False), (timedelta(days=15), True)])
async def test_a_session_ends_after_two_weeks_without_use(
    accounts: Accounts, engine: Engine, unused: timedelta, ends: bool
) -> None:
    begun = await accounts.first_admin()
    await engine.sql("UPDATE sessions SET last_used_at = last_used_at - $1::interval", unused)
    if ends:
        with pytest.raises(Unauthorized):
            await accounts.sessions.identify(begun.secret)
        assert await accounts.sessions.page(begun.identity, None, 10) == []
        await Purge(engine.database, longest_wait(())).purge()
        assert await engine.sql("SELECT FROM sessions") == []
    else:
        assert await accounts.sessions.identify(begun.secret)
        assert len(await accounts.sessions.page(begun.identity, None, 10)) == 1


async def test_a_session_ends_after_ninety_days_however_much_it_is_used(accounts: Accounts, engine: Engine) -> None:
    begun = await accounts.first_admin()
    age = "UPDATE sessions SET created_at = clock_timestamp() - $1::interval"
    await engine.sql(age, timedelta(days=89))
    almost_over = await accounts.sessions.identify(begun.secret)
    assert almost_over.session_expires_at
    assert begun.identity.session_expires_at
    assert almost_over.session_expires_at < begun.identity.session_expires_at - timedelta(days=12)
    await engine.sql(age, timedelta(days=91))
    with pytest.raises(Unauthorized):
        await accounts.sessions.identify(begun.secret)
    await Purge(engine.database, longest_wait(())).purge()
    assert await engine.sql("SELECT FROM sessions") == []


async def test_use_is_recorded_to_the_minute_and_shows_that_the_user_was_seen(
    accounts: Accounts, engine: Engine
) -> None:
    begun = await accounts.first_admin()
    await engine.sql("UPDATE sessions SET last_used_at = last_used_at - interval '10 min'")
    await engine.sql("UPDATE users SET last_seen_at = NULL")
    for _ in range(2):
        await accounts.sessions.identify(begun.secret)
    (row,) = await engine.sql("SELECT clock_timestamp() - last_used_at < '1 min' AS is_new FROM sessions")
    assert row["is_new"]
    (user,) = await accounts.users.page(None, 10)
    assert user.last_seen_at


async def test_a_session_begun_with_a_token_may_do_no_more_and_ends_with_it(accounts: Accounts) -> None:
    admin = (await accounts.first_admin()).identity
    token = await accounts.token(admin, TokenScope.WRITE)
    begun = await accounts.sessions.begin_by_token(token.secret, BROWSER)
    assert (begun.identity.user_name, begun.identity.role) == ("admin", Role.EDITOR)
    assert not begun.identity.owns_account
    await accounts.tokens.revoke(admin, token.token.id)
    with pytest.raises(Unauthorized):
        await accounts.sessions.identify(begun.secret)


async def test_a_session_begun_with_a_token_ends_when_the_token_runs_out(accounts: Accounts, engine: Engine) -> None:
    admin = (await accounts.first_admin()).identity
    (row,) = await engine.sql("SELECT clock_timestamp() + interval '1 hour' AS at")
    token = await accounts.tokens.create(admin, TokenRequest("soon over", expires_at=row["at"]), "", Once())
    begun = await accounts.sessions.begin_by_token(token.secret, BROWSER)
    assert begun.identity.session_expires_at == row["at"]
    await engine.sql("UPDATE tokens SET expires_at = clock_timestamp() - interval '1 s'")
    with pytest.raises(Unauthorized):
        await accounts.sessions.identify(begun.secret)


async def test_a_new_bootstrap_token_ends_the_sessions_of_the_one_before(accounts: Accounts) -> None:
    await accounts.tokens.prepare("one")
    begun = await accounts.sessions.begin_by_token("one", BROWSER)
    await accounts.tokens.prepare("one")
    assert (await accounts.sessions.identify(begun.secret)).role is Role.ADMIN
    await accounts.tokens.prepare("two")
    with pytest.raises(Unauthorized):
        await accounts.sessions.identify(begun.secret)


async def test_ones_own_sessions_are_listed_newest_first_and_each_can_be_ended(accounts: Accounts) -> None:
    identity = await with_password(accounts)
    second = await accounts.sessions.begin_by_password("admin", PASSWORD, Guest("192.0.2.8", "x" * 1000, ""))
    await accounts.join("Bob", Role.VIEWER)
    newest, oldest = await accounts.sessions.page(identity, None, 10)
    assert (newest.id, oldest.id) == (second.identity.session_id, identity.session_id)
    assert newest.user_agent == "x" * MAX_USER_AGENT
    assert await accounts.sessions.page(identity, (newest.created_at, newest.id), 10) == [oldest]
    await accounts.sessions.end(identity, newest.id)
    with pytest.raises(Unauthorized):
        await accounts.sessions.identify(second.secret)
    for unknown in (newest.id, uuid4()):
        with pytest.raises(NotFound):
            await accounts.sessions.end(identity, unknown)


async def test_the_session_of_somebody_else_is_not_there(accounts: Accounts) -> None:
    admin = await accounts.first_admin()
    other = (await accounts.join("Bob", Role.ADMIN)).identity
    assert admin.identity.session_id
    with pytest.raises(NotFound):
        await accounts.sessions.end(other, admin.identity.session_id)
    assert await accounts.sessions.identify(admin.secret)


async def test_signing_out_ends_the_session_and_may_be_done_twice(accounts: Accounts) -> None:
    begun = await accounts.first_admin()
    for _ in range(2):
        await accounts.sessions.sign_out(begun.secret)
    with pytest.raises(Unauthorized):
        await accounts.sessions.identify(begun.secret)
    assert [row.action for row in await accounts.done()].count("session.delete") == 1
