"""How long the API takes, and how much memory the service has, while it crawls many tiny pages and does so again."""

from __future__ import annotations

import asyncio

from msgspec import Struct

from bench.crawl.latency import Latencies, latencies
from bench.crawl.processes import resident_mb
from bench.crawl.service import Service
from bench.crawl.site import site

KILOBYTES, RERUNS = 2, 2
# The API is asked until so long after the end of a run.
AFTER_SECONDS = 0.5


class Meanwhile(Struct, frozen=True):
    """Of one site; memory is that of the main process at the end of the first and of the last run."""

    pages: int
    first: str
    again: str
    p99_ms: float
    mb: float
    mb_again: float


async def measure(service: Service, pages: int) -> Meanwhile:
    """Crawl a site of so many pages, then again."""
    with site(pages, KILOBYTES) as url:
        project = await service.create(url, pages)
        first = await _run(service, project)
        mb = resident_mb(service.process)
        again = [await _run(service, project) for _ in range(RERUNS)]
        return Meanwhile(
            pages=pages,
            first=_said(first),
            again=_said(again[-1]),
            p99_ms=max(each.percentile_ms(0.99) for each in (first, *again)),
            mb=mb,
            mb_again=resident_mb(service.process),
        )


async def _run(service: Service, project: str) -> Latencies:
    async with latencies(service, f"/api/projects/{project}") as found:
        await service.run(project)
        await asyncio.sleep(AFTER_SECONDS)
    return found


def _said(found: Latencies) -> str:
    return " / ".join(f"{found.percentile_ms(share):.0f}" for share in (0.5, 0.99, 1))
