from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import msgspec
import pytest
from tests.support.accounts import BROWSER, URL, Accounts, secret_in
from tests.support.engine import Engine

from llmstxt_sched.domain.user import Identity, Role
from llmstxt_sched.errors import Conflict, InvalidInput, NotFound, Unauthorized
from llmstxt_sched.services.idempotency import IdempotentRequest, Once
from llmstxt_sched.services.people.users import AccountPatch, Invitation
from llmstxt_sched.store.idempotency import StoredResponse

PASSWORD, OTHER_PASSWORD = "correct horse battery", "a horse of another colour"


def kept(invitation: Invitation) -> StoredResponse:
    return StoredResponse(201, msgspec.json.encode(invitation))


def user_id(identity: Identity) -> UUID:
    assert identity.user_id
    return identity.user_id


async def test_a_user_is_invited_by_a_link_that_is_valid_for_a_week(accounts: Accounts, engine: Engine) -> None:
    await accounts.first_admin()
    made = await accounts.users.invite(" Zoë ", Role.EDITOR, "", Once())
    assert (made.user.name, made.user.role, made.user.has_password) == ("Zoë", Role.EDITOR, False)
    assert made.link.startswith(f"{URL}/login#")
    (row,) = await engine.sql(
        "SELECT expires_at - created_at > '6 days 23 h' AND expires_at - created_at < '7 days 1 h' AS is_week"
        " FROM sign_in_links WHERE used_at IS NULL"
    )
    assert row["is_week"]
    begun = await accounts.sessions.begin_by_link(secret_in(made.link), BROWSER)
    assert begun.identity.role is Role.EDITOR


async def test_the_first_user_must_be_an_admin_and_gets_what_is_nobodys(accounts: Accounts) -> None:
    with pytest.raises(Conflict, match="first user"):
        await accounts.users.invite("Bob", Role.EDITOR, "", Once())
    old = await accounts.token(Identity())
    made = await accounts.users.invite("Ada", Role.ADMIN, "", Once())
    assert (await accounts.tokens.identify(old.secret)).user_id == made.user.id
    assert await accounts.links.first() is None


@pytest.mark.parametrize("name", ["admin", "ADMIN", " Admin "])
async def test_a_name_is_taken_in_any_case(accounts: Accounts, name: str) -> None:
    await accounts.first_admin()
    bob = (await accounts.join("Bob", Role.VIEWER)).identity
    with pytest.raises(Conflict, match="already a user"):
        await accounts.users.invite(name, Role.VIEWER, "", Once())
    with pytest.raises(Conflict, match="already a user"):
        await accounts.users.edit(user_id(bob), name, None)
    with pytest.raises(Conflict, match="already a user"):
        await accounts.users.edit_account(bob, AccountPatch(name=name))


async def test_users_are_listed_by_name_in_pages(accounts: Accounts) -> None:
    await accounts.first_admin()
    for name in ("carol", "Bob", "Zoë"):
        await accounts.users.invite(name, Role.VIEWER, "", Once())
    first = await accounts.users.page(None, 2)
    rest = await accounts.users.page((first[-1].name, first[-1].id), 9)
    assert [user.name for user in first + rest] == ["admin", "Bob", "carol", "Zoë"]


async def test_a_new_role_counts_at_once_for_sessions_and_tokens(accounts: Accounts) -> None:
    await accounts.first_admin()
    begun = await accounts.join("Bob", Role.ADMIN)
    token = await accounts.token(begun.identity)
    await accounts.users.edit(user_id(begun.identity), None, Role.VIEWER)
    assert (await accounts.sessions.identify(begun.secret)).role is Role.VIEWER
    assert (await accounts.tokens.identify(token.secret)).role is Role.VIEWER


async def test_the_last_admin_can_be_neither_removed_nor_demoted(accounts: Accounts) -> None:
    admin = (await accounts.first_admin()).identity
    await accounts.join("Bob", Role.EDITOR)
    with pytest.raises(Conflict, match="last admin"):
        await accounts.users.delete(user_id(admin))
    for role in (Role.EDITOR, Role.VIEWER):
        with pytest.raises(Conflict, match="last admin"):
            await accounts.users.edit(user_id(admin), None, role)
    edited = await accounts.users.edit(user_id(admin), "Ada", Role.ADMIN)
    assert (edited.name, edited.role) == ("Ada", Role.ADMIN)


async def test_admins_who_remove_each_other_at_once_leave_one(accounts: Accounts) -> None:
    one = (await accounts.first_admin()).identity
    two = (await accounts.join("Bob", Role.ADMIN)).identity
    done = await asyncio.gather(
        accounts.users.delete(user_id(one)),
        accounts.users.edit(user_id(two), None, Role.VIEWER),
        return_exceptions=True,
    )
    assert len([each for each in done if isinstance(each, Conflict)]) == 1
    assert [user.role for user in await accounts.users.page(None, 9)].count(Role.ADMIN) == 1


async def test_everything_of_a_user_goes_with_them_and_the_audit_log_stays(accounts: Accounts, engine: Engine) -> None:
    await accounts.first_admin()
    begun = await accounts.join("Bob", Role.EDITOR)
    token = await accounts.token(begun.identity)
    keys = [IdempotentRequest(owner, "key", b"one") for owner in (user_id(begun.identity), token.token.id)]
    async with engine.database.transaction() as connection:
        for key in keys:
            await Once[bytes](key, lambda body: StoredResponse(201, body)).keep(connection, b"{}")
    link = await accounts.links.renew("Bob")
    await accounts.users.delete(user_id(begun.identity))
    for table in ("tokens", "idempotency_keys"):
        assert await engine.sql(f"SELECT FROM {table}") == []
    with pytest.raises(Unauthorized):
        await accounts.sessions.identify(begun.secret)
    with pytest.raises(Unauthorized):
        await accounts.tokens.identify(token.secret)
    with pytest.raises(Unauthorized):
        await accounts.sessions.begin_by_link(secret_in(link), BROWSER)
    assert {row.user_name for row in await accounts.done()} >= {"admin", "Bob"}


async def test_a_user_may_be_removed_while_their_token_is_revoked(accounts: Accounts, engine: Engine) -> None:
    admin = (await accounts.first_admin()).identity
    bob = (await accounts.join("Bob", Role.EDITOR)).identity
    token = await accounts.token(bob)
    once = Once[bytes](IdempotentRequest(token.token.id, "key", b"one"), lambda body: StoredResponse(201, body))
    async with engine.database.transaction() as connection:
        await once.keep(connection, b"{}")
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    async with engine.database.transaction() as connection:
        await connection.execute("SELECT FROM idempotency_keys FOR UPDATE")
        ending = []
        for end in (accounts.users.delete(user_id(bob)), accounts.tokens.revoke(admin, token.token.id)):
            ending.append(asyncio.create_task(end))
            while len(await engine.sql(waiting)) < len(ending):
                await asyncio.sleep(0.02)
    # The token may be gone with its user.  A deadlock would be told as Unavailable.
    ended = await asyncio.gather(*ending, return_exceptions=True)
    assert [type(each) for each in ended] == [type(None), NotFound]


async def test_a_user_who_is_not_there_is_not_found(accounts: Accounts) -> None:
    await accounts.first_admin()
    for asked in (
        accounts.users.edit(uuid4(), "Bob", None),
        accounts.users.edit(uuid4(), None, Role.VIEWER),
        accounts.users.delete(uuid4()),
        accounts.users.renew_link(uuid4(), "", Once()),
        accounts.users.by_name("Bob"),
    ):
        with pytest.raises(NotFound):
            await asked


async def test_the_same_request_gets_the_same_link_which_stands_nowhere(accounts: Accounts, engine: Engine) -> None:
    admin = (await accounts.first_admin()).identity
    request = Once(IdempotentRequest(user_id(admin), "key", b"one"), kept)
    first, again = [await accounts.users.invite("Bob", Role.VIEWER, "cookie", request) for _ in range(2)]
    assert first == again
    stored = await engine.sql("SELECT * FROM sign_in_links, idempotency_keys")
    assert not [row for row in stored if secret_in(first.link) in str(dict(row))]
    # A session that the first was not made in can't derive the link.
    with pytest.raises(Conflict, match="another session"):
        await accounts.users.invite("Bob", Role.VIEWER, "another cookie", request)
    renewal = Once(IdempotentRequest(user_id(admin), "other key", b"two"), kept)
    renewed, repeated = [await accounts.users.renew_link(first.user.id, "cookie", renewal) for _ in range(2)]
    assert renewed == repeated
    assert renewed.link != first.link


async def test_a_link_made_with_a_key_cannot_be_computed_from_the_secret_of_its_maker(
    accounts: Accounts, engine: Engine
) -> None:
    admin = (await accounts.first_admin()).identity
    request = Once(IdempotentRequest(user_id(admin), "key", b"one"), kept)
    bob = (await accounts.users.invite("Bob", Role.VIEWER, "cookie", Once())).user
    made = []
    for _ in range(2):
        await engine.sql("DELETE FROM idempotency_keys")
        made.append(await accounts.users.renew_link(bob.id, "cookie", request))
    assert made[0].link != made[1].link


async def test_a_password_is_set_without_one_and_changed_by_who_knows_it(accounts: Accounts, engine: Engine) -> None:
    begun = await accounts.first_admin()
    account = await accounts.users.edit_account(begun.identity, AccountPatch(password=PASSWORD))
    assert account.has_password
    await engine.sql("UPDATE sessions SET created_at = created_at - interval '2 h'")
    identity = await accounts.sessions.identify(begun.secret)
    assert (await accounts.users.account(identity)).needs_current_password
    for wrong in (None, OTHER_PASSWORD):
        patch = AccountPatch(password=OTHER_PASSWORD, current_password=wrong)
        with pytest.raises(InvalidInput) as refused:
            await accounts.users.edit_account(identity, patch)
        assert refused.value.errors[0][0] == "current_password"
    right = AccountPatch(password=OTHER_PASSWORD, current_password=PASSWORD)
    await accounts.users.edit_account(identity, right)
    assert await accounts.sessions.begin_by_password("admin", OTHER_PASSWORD, BROWSER)
    with pytest.raises(Unauthorized):
        await accounts.sessions.begin_by_password("admin", PASSWORD, BROWSER)


async def test_who_has_forgotten_the_password_chooses_another_after_a_link(accounts: Accounts) -> None:
    admin = (await accounts.first_admin()).identity
    await accounts.users.edit_account(admin, AccountPatch(password=PASSWORD))
    by_link = await accounts.sessions.begin_by_link(secret_in(await accounts.links.renew("admin")), BROWSER)
    account = await accounts.users.account(by_link.identity)
    assert (account.has_password, account.needs_current_password) == (True, False)
    await accounts.users.edit_account(by_link.identity, AccountPatch(password=OTHER_PASSWORD))
    assert await accounts.sessions.begin_by_password("admin", OTHER_PASSWORD, BROWSER)


async def test_a_new_password_ends_the_other_sessions_and_the_links_but_no_token(accounts: Accounts) -> None:
    mine = await accounts.first_admin()
    other = await accounts.sessions.begin_by_link(secret_in(await accounts.links.renew(None)), BROWSER)
    bob = await accounts.join("Bob", Role.VIEWER)
    token, link = await accounts.token(mine.identity), await accounts.links.renew(None)
    await accounts.users.edit_account(mine.identity, AccountPatch(password=PASSWORD))
    assert await accounts.sessions.identify(mine.secret)
    assert await accounts.sessions.identify(bob.secret)
    assert await accounts.tokens.identify(token.secret)
    with pytest.raises(Unauthorized):
        await accounts.sessions.identify(other.secret)
    with pytest.raises(Unauthorized):
        await accounts.sessions.begin_by_link(secret_in(link), BROWSER)


async def test_a_user_is_signed_out_everywhere_and_keeps_tokens_until_those_are_revoked(accounts: Accounts) -> None:
    admin = await accounts.first_admin()
    bob = await accounts.join("Bob", Role.EDITOR)
    link = await accounts.links.renew("Bob")
    token = await accounts.token(bob.identity)
    await accounts.users.sign_out(user_id(bob.identity))
    for begin in (accounts.sessions.identify(bob.secret), accounts.sessions.begin_by_link(secret_in(link), BROWSER)):
        with pytest.raises(Unauthorized):
            await begin
    by_token = await accounts.sessions.begin_by_token(token.secret, BROWSER)
    by_link = await accounts.sessions.begin_by_link(secret_in(await accounts.links.renew("Bob")), BROWSER)
    await accounts.users.revoke_tokens(user_id(bob.identity))
    for known in (accounts.tokens.identify(token.secret), accounts.sessions.identify(by_token.secret)):
        with pytest.raises(Unauthorized):
            await known
    assert await accounts.sessions.identify(by_link.secret)
    assert await accounts.sessions.identify(admin.secret)
    noted = [(row.action, row.object_name) for row in await accounts.done()]
    assert ("user.signout", "Bob") in noted
    assert noted[-1] == ("token.revoke", "script")
    for missing in (accounts.users.sign_out(uuid4()), accounts.users.revoke_tokens(uuid4())):
        with pytest.raises(NotFound):
            await missing


@pytest.mark.parametrize("password", ["too short", "1234567890"])
async def test_a_bad_password_is_refused_and_changes_nothing(accounts: Accounts, password: str) -> None:
    begun = await accounts.first_admin()
    with pytest.raises(InvalidInput):
        await accounts.users.edit_account(begun.identity, AccountPatch(name="Ada", password=password))
    assert (await accounts.users.account(begun.identity)).has_password is False
    assert [user.name for user in await accounts.users.page(None, 9)] == ["admin"]


async def test_ones_own_name_is_changed_at_once(accounts: Accounts) -> None:
    begun = await accounts.first_admin()
    account = await accounts.users.edit_account(begun.identity, AccountPatch(name="Ada"))
    assert account.identity.name == "Ada"
    assert (await accounts.sessions.identify(begun.secret)).name == "Ada"


async def test_a_token_of_nobody_has_no_account(accounts: Accounts) -> None:
    identity = await accounts.tokens.identify((await accounts.token(Identity())).secret)
    assert not (await accounts.users.account(identity)).has_password
    with pytest.raises(Unauthorized):
        await accounts.users.edit_account(identity, AccountPatch(name="Ada"))


async def test_the_first_start_is_over_with_the_first_project(accounts: Accounts, engine: Engine) -> None:
    identity = (await accounts.first_admin()).identity
    assert (await accounts.users.account(identity)).is_first_start
    await engine.create()
    assert not (await accounts.users.account(identity)).is_first_start
