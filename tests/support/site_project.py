"""Projects whose runs crawl a site on 127.0.0.1 and publish what they find, with everything real but the processes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import UUID

from msgspec import Struct
from tests.support.engine import Engine
from tests.support.site import Site

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.crawler.host_pace import LocalPace
from llmstxt_sched.crawler.model import GiveWay
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.crawler.robots.robots_copies import NO_COPIES
from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.outbound.client import open_client
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.credentials import SiteCredentials
from llmstxt_sched.services.documents.files import Documents
from llmstxt_sched.services.documents.writing.draft import draft
from llmstxt_sched.services.secrets import Secrets
from llmstxt_sched.store.runs import Run
from llmstxt_sched.worker.generate import Generate, Outbound

_LINK = re.compile(r"\]\((http[^)]*)\)")


class SiteProject(Struct, frozen=True):
    """A project of a site."""

    engine: Engine
    outbound: Outbound
    site: Site
    id: UUID

    async def run(self, max_seconds: float = 60, give_way: GiveWay | None = None) -> Run:
        """One more run, ended: the first is the one that the project began with."""
        active = (await self.engine.projects.get(self.id)).active_run
        claimed = await self.engine.claim(active or await self.engine.trigger(self.id))
        settings = CrawlSettings(delay_seconds=0, max_seconds=max_seconds)
        credentials = SiteCredentials(self.engine.database, Secrets())
        engine, drafts = self.engine, partial(draft, self.engine.database)
        generate = Generate(
            engine.leases, engine.staging, engine.database, drafts, self.outbound, settings, credentials, give_way
        )
        return await generate.end(claimed, await generate.prepare(claimed))

    async def text(self, path: str) -> str:
        """A published file."""
        document = await Documents(self.engine.database).of_project(self.id, path)
        return b"".join([piece async for piece in document.pieces]).decode()

    async def listed(self) -> list[str]:
        """The paths that the published llms.txt lists."""
        found = _LINK.findall(await self.text("llms.txt"))
        return [link.removeprefix(self.site.origin) for link in found]

    async def status(self) -> ProjectStatus:
        """The project's status."""
        return (await self.engine.projects.get(self.id)).project.status


@asynccontextmanager
async def project_of(engine: Engine, site: Site, **options: object) -> AsyncIterator[SiteProject]:
    """A project of `site` with these details, before its first run."""
    project_id = await engine.create()
    await engine.sql("UPDATE projects SET url = $2 WHERE id = $1", project_id, site.url())
    if options:
        await engine.edit(project_id, **options)
    async with open_client(Gate("127.0.0.0/8"), "llmstxt-sched/0") as client, ParserPool(1) as parser:
        yield SiteProject(engine, Outbound(client, parser, LocalPace(), NO_COPIES), site, project_id)
