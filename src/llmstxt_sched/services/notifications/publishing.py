"""Publishes a project's documents in Git repositories: those in force when they are sent, whatever event is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import msgspec

from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT
from llmstxt_sched.domain.notifications.git import GitOptions
from llmstxt_sched.domain.notifications.target import TargetKind
from llmstxt_sched.errors import NotFound
from llmstxt_sched.notify.git.change import Change, GitFile
from llmstxt_sched.notify.git.publish import publish
from llmstxt_sched.notify.message import Answer, Sender, Telling
from llmstxt_sched.outbound.client import Client
from llmstxt_sched.services.documents.files import Documents

# For one file.  GitLab gives out larger ones only five times a minute ("Get file from repository").
MAX_BYTES = 10_000_000
# Destinations at once in this process: each may hold its files five times over, as bytes, text and JSON.
AT_ONCE = 2
# For a place among them.  With what reading and publishing may take it stays below a lease, with time to note it.
WAIT_SECONDS = 5.0
# For reading the files; together with the publishing it stays well below a lease.
READ_SECONDS = 5.0


class TooLarge(Exception):
    """A file is larger than MAX_BYTES."""


def git_senders(client: Client, documents: Documents) -> dict[TargetKind, Sender]:
    """The sender for repositories, by the kinds that it is for."""
    publisher = GitPublisher(client, documents)
    return {TargetKind.GITHUB: publisher.tell, TargetKind.GITLAB: publisher.tell}


class GitPublisher:
    """Publishes the files of a destination's options."""

    def __init__(self, client: Client, documents: Documents) -> None:
        self._client = client
        self._documents = documents
        self._places = asyncio.Semaphore(AT_ONCE)

    async def tell(self, telling: Telling) -> Answer:
        """Have the destination's repository hold the project's documents, once there is a place for it."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._places.acquire()
        except TimeoutError:
            return Answer(None, 0, error="other repositories are being published to: try again", is_put_off=True)
        try:
            return await self._publish(telling)
        finally:
            self._places.release()

    async def _publish(self, telling: Telling) -> Answer:
        destination, message = telling.destination, telling.message
        options = msgspec.convert(destination.options, GitOptions)
        try:
            async with asyncio.timeout(READ_SECONDS):
                files = await self._files(telling.project_id, options)
        except TimeoutError:
            return Answer(None, 0, error=f"the documents could not be read within {READ_SECONDS:.0f} s")
        except NotFound as missing:
            return Answer(None, 0, error=f"there is nothing to publish: {missing.message}", is_final=True)
        except TooLarge:
            error = f"a file has more than {MAX_BYTES} bytes, as {LLMS_FULL_TXT} may: leave it out of this target"
            return Answer(None, 0, error=error, is_final=True)
        text = f"The documents as they are since {message.at:%Y-%m-%d %H:%M} UTC. What changed: {message.url}"
        change = Change(options, files, text)
        return await publish(self._client, destination.kind, destination.address, destination.token, change)

    async def _files(self, project_id: UUID | None, options: GitOptions) -> tuple[GitFile, ...]:
        if project_id is None:
            raise NotFound("the target is of no project")
        wanted = [(options.path, LLMS_TXT), *([(options.full_path, LLMS_FULL_TXT)] if options.full else [])]
        found = []
        for path, name in wanted:
            document = await self._documents.of_project(project_id, name)
            found.append(GitFile(path, await _whole(document.pieces)))
        return tuple(found)


async def _whole(pieces: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for piece in pieces:
        body += piece
        if len(body) > MAX_BYTES:
            raise TooLarge
    return bytes(body)
