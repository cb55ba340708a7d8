"""The service, `generate` and the others on the same pages, one after the other, and an unchanged re-run.

In rounds, of which the middle counts: a machine that is faster for a minute would else favour who runs in it.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from msgspec import Struct

from bench.crawl.processes import cpu_seconds
from bench.crawl.service import COMMAND, Service
from bench.crawl.site import site

SPIDERS = Path(__file__).with_name("spiders.py")
FIRST, AGAIN, GENERATE, SCRAPY, CRAWLEE = "service", "service, unchanged re-run", "generate", "Scrapy", "Crawlee"
Act = Callable[[], Awaitable[object]]
ROUNDS = 3


class Taken(Struct, frozen=True):
    """What a crawl took; `cpu_ms` is the processor time a page, that of all servers included."""

    pages_a_second: float
    cpu_ms: float


async def measure(service: Service, pages: int, kilobytes: int, rivals: str, folder: Path) -> dict[str, Taken]:
    """What each took for a site of so many pages of this size, by name."""
    with site(pages, kilobytes) as url:
        rounds = [
            await _round(service, url, pages, rivals, folder / f"out-{kilobytes}-{number}") for number in range(ROUNDS)
        ]
    return {name: _middle([each[name] for each in rounds]) for name in rounds[0]}


async def _round(service: Service, url: str, pages: int, rivals: str, out: Path) -> dict[str, Taken]:
    project = await service.create(url, pages)
    environment = {
        **os.environ,
        "LLMSTXT_EGRESS__ALLOW": "127.0.0.0/8",
        "LLMSTXT_CRAWL__DELAY_SECONDS": "0",
        "LLMSTXT_CRAWL__MAX_PAGES": str(pages),
    }
    found = {FIRST: await _of_service(service, lambda: service.run(project), pages)}
    found[AGAIN] = await _of_service(service, lambda: service.run(project), pages)
    await service.delete(project)
    found[GENERATE] = await _of_process([str(COMMAND), "generate", url, "--out", str(out)], environment, pages)
    for name in (SCRAPY, CRAWLEE):
        command = [rivals, str(SPIDERS), name.lower(), url, str(pages)]
        found[name] = await _of_process(command, dict(os.environ), pages)
    return found


def _middle(taken: list[Taken]) -> Taken:
    return Taken(median(each.pages_a_second for each in taken), median(each.cpu_ms for each in taken))


async def _of_service(service: Service, act: Act, pages: int) -> Taken:
    began, before = time.perf_counter(), cpu_seconds(service.process)
    await act()
    return _taken(pages, began, cpu_seconds(service.process) - before)


async def _of_process(command: list[str], environment: dict[str, str], pages: int) -> Taken:
    """Of a command of its own, its start included, since it is started for each crawl."""
    began, before = time.perf_counter(), _ended_children()
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, command
    if command[1] == str(SPIDERS):
        assert json.loads(output) == pages, f"{command[2]} read {output!r} of {pages} pages"
    return _taken(pages, began, _ended_children() - before)


def _ended_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _taken(pages: int, began: float, cpu: float) -> Taken:
    return Taken(pages / (time.perf_counter() - began), cpu / pages * 1000)
