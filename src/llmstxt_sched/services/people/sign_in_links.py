"""Sign-in links: each signs somebody in once.  The first admin's makes that admin, where there is no user yet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import structlog

from llmstxt_sched.errors import NotFound
from llmstxt_sched.process.private_file import write_private
from llmstxt_sched.services.people import audit
from llmstxt_sched.services.people.access_secrets import hash_secret, random_secret
from llmstxt_sched.store.people import sign_in_links, users
from llmstxt_sched.store.people.users import User
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection

log = structlog.get_logger(__name__)

LINK_SECONDS = 24 * 3600
INVITATION_SECONDS = 7 * 24 * 3600
# How many names a sentence lists.
MOST_NAMES = 20


class NewLink(NamedTuple):
    """A link that was just made; its secret cannot be read again later."""

    secret: str
    expires_at: datetime


class SignInLinks:
    """Makes links for whoever has the shell; `url` is the address of the service."""

    def __init__(self, database: Database, url: str) -> None:
        self._database = database
        self._url = url

    async def first(self) -> str | None:
        """A link that makes the first admin; None if there is a user.

        Earlier ones stay valid: each of several replicas has shown its own.
        """
        async with self._database.transaction() as connection:
            if await users.has_any(connection):
                return None
            link = await make_link(connection, None, random_secret(), LINK_SECONDS)
        return link_address(self._url, link.secret)

    async def renew(self, name: str | None) -> str:
        """A link for a user, or for the first admin without a name.  Raises NotFound, which names the users."""
        async with self._database.transaction() as connection:
            user = await _named(connection, name) if name is not None else await users.first_admin(connection)
            # The user before their links: whoever deletes a user takes the locks in this order too.
            if user and await users.lock(connection, user.id) is None:
                raise NotFound(f"the user {user.name!r} was removed")
            link = await make_link(connection, user.id if user else None, random_secret(), LINK_SECONDS)
            if user:
                await audit.record(connection, "user.link", "user", user.id, user.name)
        return link_address(self._url, link.secret)


class LinkFile:
    """Keeps the first admin's link in the data folder until it is used; without such a folder it does nothing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sign-in-link"

    def write(self, link: str | None) -> None:
        """Write the link so that only the user of this process can read it; None removes an earlier one."""
        if link is None:
            self.remove()
            return
        try:
            if self._path.parent.is_dir():
                write_private(self._path, f"{link}\n")
        except OSError as error:
            log.warning("sign-in link not written to its file", path=str(self._path), reason=str(error))

    def remove(self) -> None:
        """Remove the file, if there is one: its link is of no use any more."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("file of the sign-in link not removed", path=str(self._path), reason=str(error))


def link_address(url: str, secret: str) -> str:
    """The link as it is opened.  The secret is in the fragment, which browsers send to nobody."""
    return f"{url}/login#{secret}"


async def make_link(connection: Connection, user_id: UUID | None, secret: str, seconds: float) -> NewLink:
    """Store a new link for a user, in place of those that were not used; without a user it makes the first admin."""
    if user_id:
        await sign_in_links.revoke(connection, user_id)
    return NewLink(secret, await sign_in_links.insert(connection, hash_secret(secret), user_id, seconds))


async def _named(connection: Connection, name: str) -> User:
    user = await users.by_name(connection, name)
    if user:
        return user
    known = [each.name for each in await users.page(connection, None, MOST_NAMES + 1)]
    names = ", ".join(known[:MOST_NAMES]) + (", …" if len(known) > MOST_NAMES else "")
    raise NotFound(f"there is no user {name!r}; the users are: {names}" if known else _NO_USERS)


_NO_USERS = "there are no users yet: without a name, `llmstxt-sched sign-in` makes a link for the first admin"
