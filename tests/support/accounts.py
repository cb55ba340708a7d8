"""The use cases around users, sessions and tokens on real servers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from msgspec import Struct
from tests.support.engine import Engine

from llmstxt_sched.domain.user import Identity, Role, TokenScope
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.people.audit import AuditLog
from llmstxt_sched.services.people.passwords import Passwords
from llmstxt_sched.services.people.sessions import BegunSession, Guest, Sessions
from llmstxt_sched.services.people.sign_in_links import LinkFile, SignInLinks
from llmstxt_sched.services.people.tokens import NewToken, TokenRequest, Tokens
from llmstxt_sched.services.people.users import Users
from llmstxt_sched.store.people.audit import AuditFilter, AuditRow

URL = "http://127.0.0.1:8080"
BROWSER = Guest("192.0.2.7", "Browser/1.0", "")


class Accounts(Struct, frozen=True):
    """The use cases, wired as `app.py` wires them."""

    tokens: Tokens
    sessions: Sessions
    users: Users
    links: SignInLinks
    link_file: LinkFile
    audit_log: AuditLog
    passwords: Passwords

    async def first_admin(self) -> BegunSession:
        """The first admin, signed in by the first start's link."""
        link = await self.links.first()
        assert link
        return await self.sessions.begin_by_link(secret_in(link), BROWSER)

    async def join(self, name: str, role: Role) -> BegunSession:
        """Another user, signed in by their invitation."""
        invited = await self.users.invite(name, role, "", Once())
        return await self.sessions.begin_by_link(secret_in(invited.link), BROWSER)

    async def token(self, identity: Identity, scope: TokenScope | None = None) -> NewToken:
        """A token of somebody."""
        return await self.tokens.create(identity, TokenRequest("script", scope), "", Once())

    async def done(self) -> list[AuditRow]:
        """The audit log, oldest first."""
        return (await self.audit_log.page(AuditFilter(), None, 200))[::-1]


def secret_in(link: str) -> str:
    """The secret of a link."""
    return link.rpartition("#")[2]


def open_accounts(engine: Engine, folder: Path) -> Accounts:
    """The use cases on one replica."""
    passwords, tokens, link_file = Passwords(), Tokens(engine.database), LinkFile(folder)
    return Accounts(
        tokens=tokens,
        sessions=Sessions(engine.database, tokens, passwords, link_file),
        users=Users(engine.database, passwords, URL),
        links=SignInLinks(engine.database, URL),
        link_file=link_file,
        audit_log=AuditLog(engine.database),
        passwords=passwords,
    )


@pytest_asyncio.fixture
async def accounts(engine: Engine, tmp_path: Path) -> AsyncIterator[Accounts]:
    """The use cases on one replica."""
    opened = open_accounts(engine, tmp_path)
    yield opened
    opened.passwords.close()
