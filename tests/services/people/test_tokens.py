from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from structlog.testing import capture_logs
from tests.support.accounts import BROWSER, Accounts
from tests.support.engine import Engine

from llmstxt_sched.domain.user import Identity, Role, TokenScope, lesser, role_of
from llmstxt_sched.errors import ConfigError, Conflict, Forbidden, InvalidInput, NotFound, Unauthorized
from llmstxt_sched.services.idempotency import IdempotentRequest, Once
from llmstxt_sched.services.people.tokens import BOOTSTRAP_ID, KeptToken, TokenRequest
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.postgres import database

ASKER = "llms_asker"
ANYBODY = Identity()


def kept(token: KeptToken) -> StoredResponse:
    return StoredResponse(201, msgspec.json.encode(token))


async def test_a_token_is_shown_once_and_known_by_its_hash(accounts: Accounts, engine: Engine) -> None:
    secret = (await accounts.token(ANYBODY)).secret
    (shown,) = await accounts.tokens.page(None, None, 10)
    assert (shown.name, shown.last_used_at) == ("script", None)
    assert (await accounts.tokens.identify(secret)).token_id == shown.id
    (used,) = await accounts.tokens.page(None, None, 10)
    assert used.last_used_at
    (row,) = await engine.sql("SELECT * FROM tokens")
    assert row["sha256"] == hashlib.sha256(secret.encode()).digest()
    assert secret not in str(dict(row))
    assert len(secret) == 48


async def test_a_token_is_its_makers_and_may_do_the_lesser_of_what_both_may(accounts: Accounts) -> None:
    await accounts.first_admin()
    for role in Role:
        user = (await accounts.join(f"an {role}", role)).identity
        for scope in TokenScope:
            if role.allows(role_of(scope)):
                identity = await accounts.tokens.identify((await accounts.token(user, scope)).secret)
                assert identity.user_id == user.user_id
                assert identity.role is lesser(role, role_of(scope))
            else:
                with pytest.raises(Forbidden, match="more than"):
                    await accounts.token(user, scope)


@pytest.mark.parametrize(
    ("role", "scope"),
    [(Role.VIEWER, TokenScope.READ), (Role.EDITOR, TokenScope.WRITE), (Role.ADMIN, TokenScope.WRITE)],
)
async def test_a_token_reads_and_writes_by_default_if_its_user_may(
    accounts: Accounts, role: Role, scope: TokenScope
) -> None:
    await accounts.first_admin()
    assert (await accounts.token((await accounts.join("Bob", role)).identity)).token.scope is scope


async def test_a_token_makes_none_that_may_do_more_or_outlast_it(accounts: Accounts, engine: Engine) -> None:
    admin = (await accounts.first_admin()).identity
    async with engine.database.connection() as connection:
        soon = await database.now(connection) + timedelta(hours=1)
    writing = TokenRequest("writes for an hour", TokenScope.WRITE, soon)
    asker = await accounts.tokens.identify((await accounts.tokens.create(admin, writing, "", Once())).secret)
    with pytest.raises(Forbidden):
        await accounts.token(asker, TokenScope.ADMIN)
    later = TokenRequest("for longer", None, soon + timedelta(seconds=1))
    with pytest.raises(InvalidInput, match="later than"):
        await accounts.tokens.create(asker, later, "", Once())
    assert (await accounts.token(asker)).token.expires_at == soon


async def test_a_token_runs_out(accounts: Accounts, engine: Engine) -> None:
    async with engine.database.connection() as connection:
        now = await database.now(connection)
    made = await accounts.tokens.create(
        ANYBODY, TokenRequest("soon over", expires_at=now + timedelta(hours=1)), "", Once()
    )
    assert await accounts.tokens.identify(made.secret)
    await engine.sql("UPDATE tokens SET expires_at = clock_timestamp() - interval '1 s'")
    with pytest.raises(Unauthorized):
        await accounts.tokens.identify(made.secret)
    with pytest.raises(InvalidInput, match="future"):
        await accounts.tokens.create(ANYBODY, TokenRequest("over", expires_at=now), "", Once())


async def test_a_token_made_by_nobody_is_the_first_admins_once_there_is_one(accounts: Accounts) -> None:
    assert (await accounts.token(ANYBODY)).token.user_id is None
    admin = (await accounts.first_admin()).identity
    await accounts.join("Another", Role.ADMIN)
    await accounts.tokens.prepare("bootstrap")
    made = await accounts.token(await accounts.tokens.identify("bootstrap"))
    assert (made.token.user_id, made.token.user_name) == (admin.user_id, "admin")


async def test_the_same_request_gets_the_same_token_which_stands_nowhere(accounts: Accounts, engine: Engine) -> None:
    asker = await accounts.token(ANYBODY, TokenScope.ADMIN)
    identity = await accounts.tokens.identify(asker.secret)
    asking, wanted = IdempotentRequest(asker.token.id, "key", b"one"), TokenRequest("laptop")
    first, again = [await accounts.tokens.create(identity, wanted, asker.secret, Once(asking, kept)) for _ in range(2)]
    assert first == again
    assert (await accounts.tokens.identify(first.secret)).token_id == first.token.id
    assert len(await accounts.tokens.page(None, None, 10)) == 2
    stored = await engine.sql("SELECT * FROM tokens, idempotency_keys")
    assert not [row for row in stored if first.secret in str(dict(row))]
    another = Once(IdempotentRequest(asking.owner_id, "other key", b"one"), kept)
    assert (await accounts.tokens.create(identity, wanted, asker.secret, another)).secret != first.secret
    # Another session of the same user asks with the same key, but can't derive the token.
    with pytest.raises(Conflict, match="another session"):
        await accounts.tokens.create(identity, wanted, "another cookie", Once(asking, kept))


async def test_a_token_made_with_a_key_cannot_be_computed_from_its_makers(accounts: Accounts, engine: Engine) -> None:
    asker = await accounts.token(ANYBODY, TokenScope.ADMIN)
    identity = await accounts.tokens.identify(asker.secret)
    asking = IdempotentRequest(asker.token.id, "key", b"one")
    made = []
    for _ in range(2):
        await engine.sql("DELETE FROM idempotency_keys")
        made.append(await accounts.tokens.create(identity, TokenRequest("laptop"), asker.secret, Once(asking, kept)))
    assert made[0].secret != made[1].secret


async def test_tokens_for_the_first_admin_are_made_while_that_admin_signs_in_and_others_are_invited(
    accounts: Accounts,
) -> None:
    await accounts.tokens.prepare("bootstrap")
    bootstrap = await accounts.tokens.identify("bootstrap")
    admin = (await accounts.first_admin()).identity
    secret = (await accounts.token(bootstrap)).secret
    at_once = [
        each
        for number in range(10)
        for each in (
            accounts.token(bootstrap),
            accounts.sessions.begin_by_token(secret, BROWSER),
            accounts.users.invite(f"user {number}", Role.VIEWER, "", Once()),
            accounts.links.renew("admin"),
        )
    ]
    # Raises what one of them raises: a deadlock is told as Unavailable.
    await asyncio.gather(*at_once)
    assert {token.user_id for token in await accounts.tokens.page(admin.user_id, None, 20)} == {admin.user_id}
    assert len(await accounts.tokens.page(admin.user_id, None, 20)) == 11


async def test_a_token_for_the_first_admin_is_that_of_the_next_where_the_first_is_removed_meanwhile(
    accounts: Accounts,
) -> None:
    await accounts.tokens.prepare("bootstrap")
    bootstrap = await accounts.tokens.identify("bootstrap")
    first = (await accounts.first_admin()).identity
    for number in range(10):
        heir = (await accounts.join(f"admin {number}", Role.ADMIN)).identity
        assert first.user_id
        making = [asyncio.create_task(accounts.token(bootstrap)) for _ in range(4)]
        if number % 2:
            await accounts.users.delete(first.user_id)
        else:
            await accounts.users.edit(first.user_id, None, Role.VIEWER)
        made = await asyncio.gather(*making)
        assert {token.token.user_id for token in made} <= {first.user_id, heir.user_id}
        first = heir


@pytest.mark.parametrize("secret", ["", "llms_", "llms_" + "a" * 43, "\udcff".encode("utf-8", "replace").decode()])
async def test_what_is_no_token_is_nobody(accounts: Accounts, secret: str) -> None:
    with pytest.raises(Unauthorized):
        await accounts.tokens.identify(secret)


async def test_a_revoked_token_is_nobodys(accounts: Accounts, engine: Engine) -> None:
    made = await accounts.token(ANYBODY)
    once = Once[bytes](IdempotentRequest(made.token.id, "key", b"one"), lambda body: StoredResponse(201, body))
    async with engine.database.transaction() as connection:
        await once.keep(connection, b"{}")
    await accounts.tokens.revoke(ANYBODY, made.token.id)
    assert await engine.sql("SELECT FROM idempotency_keys") == []
    with pytest.raises(Unauthorized):
        await accounts.tokens.identify(made.secret)
    for unknown in (made.token.id, uuid4()):
        with pytest.raises(NotFound):
            await accounts.tokens.revoke(ANYBODY, unknown)


async def test_a_token_is_revoked_by_its_user_or_by_an_admin_and_not_there_for_others(accounts: Accounts) -> None:
    admin = (await accounts.first_admin()).identity
    bob, carol = [(await accounts.join(name, Role.EDITOR)).identity for name in ("Bob", "Carol")]
    tokens = [await accounts.token(bob) for _ in range(2)]
    with pytest.raises(NotFound):
        await accounts.tokens.revoke(carol, tokens[0].token.id)
    await accounts.tokens.revoke(bob, tokens[0].token.id)
    await accounts.tokens.revoke(admin, tokens[1].token.id)
    assert await accounts.tokens.page(bob.user_id, None, 10) == []


async def test_a_token_of_nobody_that_may_not_administer_revokes_none(accounts: Accounts) -> None:
    writing, other = await accounts.token(ANYBODY, TokenScope.WRITE), await accounts.token(ANYBODY)
    with pytest.raises(NotFound):
        await accounts.tokens.revoke(await accounts.tokens.identify(writing.secret), other.token.id)


async def test_the_token_of_the_environment_takes_the_place_of_the_one_before(
    accounts: Accounts, engine: Engine
) -> None:
    tokens = accounts.tokens
    await tokens.prepare("first")
    first = await tokens.identify("first")
    assert (first.token_id, first.user_id, first.role) == (BOOTSTRAP_ID, None, Role.ADMIN)
    await tokens.prepare("second")
    assert (await tokens.identify("second")).token_id == BOOTSTRAP_ID
    with pytest.raises(Unauthorized):
        await tokens.identify("first")
    await tokens.prepare("")
    with pytest.raises(Unauthorized):
        await tokens.identify("second")
    assert await engine.sql("SELECT FROM tokens") == []


async def test_that_the_token_of_the_environment_was_revoked_is_said(accounts: Accounts) -> None:
    said = []
    for bootstrap in ("", "first", "first", "second", "", ""):
        with capture_logs() as logs:
            await accounts.tokens.prepare(bootstrap)
        said.append([f"{each['log_level']} {each['event']}: {each['reason']}" for each in logs])
    revoked = "warning bootstrap token revoked: LLMSTXT_AUTH__BOOTSTRAP_TOKEN is"
    assert said == [[], [], [], [f"{revoked} another now"], [f"{revoked} not set"], []]


@pytest.mark.parametrize("before", ["", "before"])
async def test_replicas_that_start_together_store_the_token_of_the_environment_once(
    accounts: Accounts, before: str
) -> None:
    for _ in range(10):
        await accounts.tokens.prepare(before)
        await asyncio.gather(*(accounts.tokens.prepare("bootstrap") for _ in range(6)))
        assert (await accounts.tokens.identify("bootstrap")).token_id == BOOTSTRAP_ID


async def test_of_replicas_with_two_tokens_of_the_environment_the_last_to_start_is_right(accounts: Accounts) -> None:
    await asyncio.gather(*(accounts.tokens.prepare(f"bootstrap {number % 2}") for number in range(6)))
    await accounts.tokens.prepare("bootstrap 2")
    assert (await accounts.tokens.identify("bootstrap 2")).token_id == BOOTSTRAP_ID


async def test_the_token_of_the_environment_is_none_that_somebody_made(accounts: Accounts) -> None:
    made = await accounts.token(ANYBODY, TokenScope.READ)
    with pytest.raises(ConfigError, match="LLMSTXT_AUTH__BOOTSTRAP_TOKEN is a token that somebody made"):
        await accounts.tokens.prepare(made.secret)
    assert (await accounts.tokens.identify(made.secret)).role is role_of(TokenScope.READ)


async def test_tokens_are_listed_newest_first_in_pages_of_one_user_or_all(accounts: Accounts) -> None:
    admin = (await accounts.first_admin()).identity
    bob = (await accounts.join("Bob", Role.VIEWER)).identity
    for name in "abcde":
        await accounts.tokens.create(bob if name == "c" else admin, TokenRequest(name), ASKER, Once())
    first = await accounts.tokens.page(None, None, 3)
    second = await accounts.tokens.page(None, (first[-1].created_at, first[-1].id), 3)
    assert [token.name for token in first + second] == ["e", "d", "c", "b", "a"]
    assert [token.name for token in await accounts.tokens.page(bob.user_id, None, 3)] == ["c"]


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 201])
async def test_a_token_needs_a_name_of_one_line(accounts: Accounts, name: str) -> None:
    with pytest.raises(InvalidInput):
        await accounts.tokens.create(ANYBODY, TokenRequest(name), "", Once())
