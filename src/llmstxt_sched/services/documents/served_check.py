"""Checks what stands at a site's own /llms.txt: is it what this service wrote last?

It is one request, asked for by whoever runs the site, so robots.txt is not read first.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct

from llmstxt_sched.documents.model import LLMS_TXT
from llmstxt_sched.domain.times import Time
from llmstxt_sched.errors import FetchFailed, TooManyRequests
from llmstxt_sched.outbound.client import Client, fetch
from llmstxt_sched.outbound.headers import media_type
from llmstxt_sched.outbound.responses import Budget, MiB, Response
from llmstxt_sched.services.documents.no_document import no_document
from llmstxt_sched.services.documents.site_pages import get_project, site_home, site_scope
from llmstxt_sched.store.documents import versions
from llmstxt_sched.store.postgres.database import Database

# An llms.txt of ours has 50,000 characters at most.
BUDGET = Budget(wire_bytes=2 * MiB, decoded_bytes=2 * MiB, seconds=15)
# Checks at the same time in this process: they share their connections with the crawls.
AT_ONCE = 4
_FIX = "Put the newest file there (the project's overview shows how), then check again."


class ServedCheck(Struct, frozen=True):
    """What stands at `url`; `matches_version` is the newest version that has exactly this llms.txt.

    `status_code` is None if there was no answer, `size` (in bytes) if there was no file.  `message` says what to do.
    """

    url: str
    status_code: int | None
    is_current: bool
    matches_version: int | None
    size: int | None
    checked_at: Time
    message: str


class ServedChecks:
    """The use case of the check; `client` is the one by which crawls reach the web."""

    def __init__(self, database: Database, client: Client) -> None:
        self._database = database
        self._client = client
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def check(self, project_id: UUID) -> ServedCheck:
        """Ask for the site's llms.txt and compare it.  Raises NotFound and TooManyRequests."""
        async with self._database.connection() as connection:
            project = await get_project(connection, project_id)
            home, scope = await site_home(connection, project), await site_scope(connection, project)
            current = await versions.current(connection, project_id)
            if current is None:
                raise await no_document(connection, project_id)
        url = f"{home.origin}{scope.folder}{LLMS_TXT}"
        try:
            response = await self._ask(url)
        except FetchFailed as failure:
            return _without_file(url, None, f"{failure.message}. Mend this, then check again.")
        if response.status != 200:
            return _without_file(url, response.status, _why_refused(response))
        async with self._database.connection() as connection:
            served = await versions.with_file(connection, project_id, LLMS_TXT, response.body)
        # Another version may have been written since the current one was read.
        is_current = served is not None and served >= current.number
        return ServedCheck(
            url=url,
            status_code=response.status,
            is_current=is_current,
            matches_version=served,
            size=len(response.body),
            checked_at=datetime.now(UTC),
            message=f"The site serves the newest llms.txt, version {served}. Nothing is to be done."
            if is_current
            else _why_not_current(response, served, current.number),
        )

    async def _ask(self, url: str) -> Response:
        if self._slots.locked():
            raise TooManyRequests("other sites are being asked right now: try again in a moment", BUDGET.seconds)
        async with self._slots:
            return await fetch(self._client, url, budget=BUDGET)


def _without_file(url: str, status: int | None, message: str) -> ServedCheck:
    return ServedCheck(url, status, False, None, None, datetime.now(UTC), message)


def _why_refused(response: Response) -> str:
    status = response.status
    if status in {404, 410}:
        return f"The site has no llms.txt there ({status}). {_FIX}"
    if status >= 500:
        return f"The site answered with an error of its own ({status}). Mend this, then check again."
    if status == 429:
        return "The site asks to be left alone for a while (429). Check again later."
    return f"The site does not give it to this service ({status}). Let everybody read this address, then check again."


def _why_not_current(response: Response, served: int | None, newest: int) -> str:
    if served is not None:
        return f"The site serves version {served}, but version {newest} is the newest. {_FIX}"
    if media_type(response.content_type) == "text/html":
        return f"The site answers with a web page, not with a text file. {_FIX}"
    return f"The site serves an llms.txt that this service did not write. {_FIX}"
