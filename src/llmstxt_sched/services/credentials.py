"""A project's credentials for its site: stored sealed, and opened for its crawl alone."""

from __future__ import annotations

from uuid import UUID

import msgspec

from llmstxt_sched.domain.credentials import Credentials
from llmstxt_sched.errors import CrawlFailed
from llmstxt_sched.services.secrets import Secrets, UnreadableSecret
from llmstxt_sched.store import credentials as stored
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection


async def replace_credentials(
    connection: Connection, secrets: Secrets, project_id: UUID, credentials: Credentials | None
) -> None:
    """Store a project's credentials in place of those before; None removes them.  Raises Conflict without a key."""
    if credentials is None or credentials.is_empty:
        await stored.delete(connection, project_id)
    else:
        sealed = secrets.seal(project_id, msgspec.json.encode(credentials))
        await stored.put(connection, project_id, sealed, credentials.names)


class SiteCredentials:
    """Opens credentials for crawls."""

    def __init__(self, database: Database, secrets: Secrets) -> None:
        self._database = database
        self._secrets = secrets

    async def request_headers(self, project_id: UUID) -> dict[str, str]:
        """The headers by which the project's crawl signs in; empty without credentials.

        What was sealed with an older key is sealed anew.  Raises CrawlFailed if no key fits.
        """
        async with self._database.connection() as connection:
            sealed = await stored.sealed(connection, project_id)
        if sealed is None:
            return {}
        try:
            secret, is_newest = self._secrets.open(project_id, sealed)
        except UnreadableSecret as error:
            raise CrawlFailed("credentials", error.message, transient=False) from None
        if not is_newest:
            async with self._database.connection() as connection:
                await stored.reseal(connection, project_id, sealed, self._secrets.seal(project_id, secret))
        return msgspec.json.decode(secret, type=Credentials).request_headers()
