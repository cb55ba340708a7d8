"""Crawls of small sites, with everything real but the network beyond 127.0.0.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pytest
from tests.support.contents import facts_of

from llmstxt_sched.crawler.crawl import crawl
from llmstxt_sched.crawler.earlier_pages import EarlierPages, NoEarlierPages
from llmstxt_sched.crawler.host_pace import LocalPace
from llmstxt_sched.crawler.model import Known, KnownAddress, Limits, Report, Visit
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.crawler.robots.robots_copies import NO_COPIES, RobotsCopies
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.errors import CrawlFailed
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.outbound.client import Client

FAST = Limits(delay_seconds=0)


class Crawled:
    """One crawl's visits and report."""

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.progress: list[Progress] = []
        self.report = Report("", Progress())

    def outcomes(self) -> dict[str, str]:
        """Path to outcome, in the order of positions."""
        ordered = sorted(self.visits, key=lambda visit: visit.position)
        return {visit.url.partition("//")[2].partition("/")[2]: visit.outcome.value for visit in ordered}

    def pages(self) -> list[str]:
        return [path for path, outcome in self.outcomes().items() if outcome in {"ok", "not_modified"}]

    def known(self) -> EarlierCrawl:
        return EarlierCrawl(self.visits)


class EarlierCrawl:
    """The pages that an earlier crawl stored: what `visits` saw."""

    def __init__(self, visits: Iterable[Visit]) -> None:
        self.pages: dict[str, Known] = {}
        self.texts: dict[str, str] = {}
        self.texts_read: list[str] = []
        for visit in visits:
            if visit.content:
                facts = facts_of(visit.content)
                self.pages[visit.url] = Known(visit.etag, visit.last_modified, facts, visit.wire_bytes)
            if isinstance(visit.content, Content):
                self.texts[visit.content.sha256] = visit.content.markdown

    async def recall(self, url: str) -> Known | None:
        return self.pages.get(url)

    async def text(self, sha256: str) -> str:
        self.texts_read.append(sha256)
        return self.texts[sha256]


class Crawls:
    """Crawls with the module's client and parser."""

    def __init__(self, client: Client, parser: ParserPool) -> None:
        self.client = client
        self.parser = parser

    async def __call__(
        self,
        url: str,
        limits: Limits = FAST,
        known: EarlierPages | None = None,
        robots_copies: RobotsCopies = NO_COPIES,
        own_headers: Mapping[str, str] | None = None,
        listed: Sequence[KnownAddress] = (),
    ) -> Crawled:
        crawled = Crawled()

        async def keep(visits: Sequence[Visit]) -> None:
            crawled.visits += visits

        crawled.report = await crawl(
            url,
            limits,
            client=self.client,
            parser=self.parser,
            pace=LocalPace(),
            earlier=known or NoEarlierPages(),
            keep=keep,
            watch=lambda progress, _: crawled.progress.append(progress),
            robots_copies=robots_copies,
            own_headers=own_headers,
            known=listed,
        )
        positions = sorted(visit.position for visit in crawled.visits)
        assert positions == list(range(len(positions)))
        assert len({visit.url for visit in crawled.visits}) == len(positions)
        return crawled

    async def failure(
        self, url: str, limits: Limits = FAST, own_headers: Mapping[str, str] | None = None
    ) -> CrawlFailed:
        with pytest.raises(CrawlFailed) as failed:
            await self(url, limits, own_headers=own_headers)
        return failed.value
