from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest
from tests.support.accounts import BROWSER, URL, Accounts, open_accounts, secret_in
from tests.support.engine import Engine

from llmstxt_sched.domain.user import Identity, Role
from llmstxt_sched.errors import NotFound, Unauthorized
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.people.sign_in_links import LinkFile
from llmstxt_sched.services.people.tokens import BOOTSTRAP_ID


async def test_a_link_is_an_address_whose_secret_stands_nowhere(accounts: Accounts, engine: Engine) -> None:
    link = await accounts.links.first()
    assert link
    assert link.startswith(f"{URL}/login#")
    assert len(secret_in(link)) == 43
    (row,) = await engine.sql("SELECT * FROM sign_in_links")
    assert secret_in(link) not in str(dict(row))


async def test_every_start_without_a_user_makes_a_link_and_none_after_that(accounts: Accounts) -> None:
    first, second = await accounts.links.first(), await accounts.links.first()
    assert first
    assert second
    assert first != second
    await accounts.sessions.begin_by_link(secret_in(first), BROWSER)
    assert await accounts.links.first() is None
    with pytest.raises(Unauthorized):
        await accounts.sessions.begin_by_link(secret_in(second), BROWSER)


async def test_of_links_that_are_opened_at_once_one_makes_the_admin(
    accounts: Accounts, engine: Engine, other: Engine, tmp_path: Path
) -> None:
    elsewhere = open_accounts(other, tmp_path)
    links = [await each.links.first() for each in (accounts, elsewhere) for _ in range(3)]
    browsers = [
        each.sessions.begin_by_link(secret_in(link or ""), BROWSER)
        for link in links
        # Each link is opened twice, on both replicas.
        for each in (accounts, elsewhere)
    ]
    ended = await asyncio.gather(*browsers, return_exceptions=True)
    elsewhere.passwords.close()
    assert len([each for each in ended if not isinstance(each, Unauthorized)]) == 1
    assert [row["name"] for row in await engine.sql("SELECT name FROM users")] == ["admin"]
    assert len(await engine.sql("SELECT FROM sessions")) == 1


async def test_tokens_from_before_there_were_users_go_to_the_first_admin_but_not_the_bootstrap_token(
    accounts: Accounts, engine: Engine
) -> None:
    await accounts.tokens.prepare("bootstrap")
    old = await accounts.token(Identity())
    sessions = [await accounts.sessions.begin_by_token(secret, BROWSER) for secret in (old.secret, "bootstrap")]
    admin = (await accounts.first_admin()).identity
    assert (await accounts.tokens.identify(old.secret)).user_id == admin.user_id
    assert (await accounts.tokens.identify("bootstrap")).user_id is None
    assert [(await accounts.sessions.identify(each.secret)).user_id for each in sessions] == [admin.user_id, None]
    owners = {row["id"]: row["user_id"] for row in await engine.sql("SELECT id, user_id FROM tokens")}
    assert owners == {old.token.id: admin.user_id, BOOTSTRAP_ID: None}


async def test_a_link_is_used_once(accounts: Accounts) -> None:
    await accounts.first_admin()
    secret = secret_in(await accounts.links.renew(None))
    begun = await asyncio.gather(
        *(accounts.sessions.begin_by_link(secret, BROWSER) for _ in range(5)), return_exceptions=True
    )
    assert len([each for each in begun if not isinstance(each, Unauthorized)]) == 1


async def test_a_link_that_has_run_out_is_not_taken(accounts: Accounts, engine: Engine) -> None:
    link = await accounts.links.first()
    assert link
    await engine.sql("UPDATE sign_in_links SET expires_at = clock_timestamp() - interval '1 s'")
    with pytest.raises(Unauthorized, match="run out"):
        await accounts.sessions.begin_by_link(secret_in(link), BROWSER)
    assert await accounts.links.first()


async def test_a_new_link_takes_the_place_of_those_that_were_not_used(accounts: Accounts) -> None:
    await accounts.first_admin()
    await accounts.join("Bob", Role.VIEWER)
    before, after, others = [secret_in(await accounts.links.renew(name)) for name in ("Bob", "bob", None)]
    with pytest.raises(Unauthorized):
        await accounts.sessions.begin_by_link(before, BROWSER)
    assert (await accounts.sessions.begin_by_link(after, BROWSER)).identity.user_name == "Bob"
    assert (await accounts.sessions.begin_by_link(others, BROWSER)).identity.user_name == "admin"


async def test_a_user_may_be_removed_while_links_are_made_for_them(accounts: Accounts) -> None:
    await accounts.first_admin()
    for number in range(10):
        invited = await accounts.users.invite(f"user {number}", Role.VIEWER, "", Once())
        links = [accounts.links.renew(invited.user.name) for _ in range(3)]
        ended = await asyncio.gather(*links, accounts.users.delete(invited.user.id), return_exceptions=True)
        assert not [each for each in ended if isinstance(each, Exception) and not isinstance(each, NotFound)]


async def test_a_link_for_nobody_that_is_known_names_those_who_are(accounts: Accounts) -> None:
    with pytest.raises(NotFound, match="no users yet"):
        await accounts.links.renew("carol")
    await accounts.first_admin()
    await accounts.join("Bob", Role.VIEWER)
    with pytest.raises(NotFound, match=r"no user 'carol'; the users are: admin, Bob"):
        await accounts.links.renew("carol")


def test_the_file_of_the_link_is_its_owners_alone_and_goes_when_it_is_of_no_use(tmp_path: Path) -> None:
    file = LinkFile(tmp_path)
    for link in (f"{URL}/login#one", f"{URL}/login#two"):
        file.write(link)
        (path,) = tmp_path.iterdir()
        assert path.read_text() == f"{link}\n"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    file.write(None)
    assert list(tmp_path.iterdir()) == []
    file.remove()


async def test_the_file_goes_once_somebody_has_signed_in_by_a_link(accounts: Accounts, tmp_path: Path) -> None:
    accounts.link_file.write(await accounts.links.first())
    assert (tmp_path / "sign-in-link").exists()
    await accounts.first_admin()
    assert list(tmp_path.iterdir()) == []


def test_without_a_data_folder_no_file_is_written(tmp_path: Path) -> None:
    file = LinkFile(tmp_path / "none")
    file.write(f"{URL}/login#one")
    file.remove()
    assert list(tmp_path.iterdir()) == []
