"""The service in a process of its own, with its Postgres and its Valkey."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from msgspec import Struct

from bench.crawl.site import site

COMMAND = Path(sys.executable).with_name("llmstxt-sched")
TOKEN = "llms_for_measuring_and_long_enough"  # noqa: S105  (of a service that lives as long as it is measured)
START_SECONDS, LOOK_SECONDS = 60.0, 0.1


class Service(Struct, frozen=True):
    """One process of the service at `url`; `session` asks its API."""

    process: int
    url: str
    session: aiohttp.ClientSession

    async def create(self, url: str, max_pages: int, *, is_public: bool = False) -> str:
        """Create a project without a schedule; returns its id."""
        body = {"url": url, "is_public": is_public, "crawl": {"max_pages": max_pages, "delay_seconds": 0}}
        return str((await self.ask("POST", "/api/projects", body))["id"])

    async def delete(self, project: str) -> None:
        """Delete a project, with its documents."""
        async with self.session.delete(f"/api/projects/{project}") as answer:
            assert answer.ok, await answer.text()

    async def warm_up(self) -> None:
        """One small crawl, after which all that is started for the first one runs."""
        with site(10, 2) as url:
            await self.run(await self.create(url, 10))

    async def run(self, project: str) -> dict[str, Any]:
        """Ask for a run and wait for its end; returns the run."""
        return await self.ended((await self.ask("POST", f"/api/projects/{project}/runs"))["id"])

    async def ended(self, run_id: str) -> dict[str, Any]:
        """The run, once it has ended."""
        while True:
            async with self.session.get(f"/api/runs/{run_id}") as answer:
                # 503: the machine is so busy that the service could not answer in time.
                run = await answer.json() if answer.ok else {"status": "QUEUED"}
            if run["status"] not in {"QUEUED", "IN_PROGRESS", "RETRYING"}:
                assert run["status"].startswith("COMPLETE"), run
                return dict(run)
            await asyncio.sleep(LOOK_SECONDS)

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        """The answer of the API."""
        async with self.session.request(method, path, json=body) as answer:
            assert answer.ok, await answer.text()
            return await answer.json()


@asynccontextmanager
async def service(folder: Path, *arguments: str, **others: str) -> AsyncIterator[Service]:
    """Start the service with the `arguments` of `serve`, and `others` as its settings beside those for measuring.

    Its servers are new ones whose files are in `folder`, unless the settings name others; it may crawl 127.0.0.1
    without a delay.
    """
    port, health = free_port(), free_port()
    settings = {
        **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
        "HOME": str(folder),
        "LLMSTXT_DATA__DIR": str(folder / "data"),
        "LLMSTXT_API__PORT": str(port),
        "LLMSTXT_HEALTH__PORT": str(health),
        "LLMSTXT_AUTH__BOOTSTRAP_TOKEN": TOKEN,
        "LLMSTXT_EGRESS__ALLOW": "127.0.0.0/8",
        "LLMSTXT_CRAWL__DELAY_SECONDS": "0",
        **others,
    }
    with (folder / "service.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            COMMAND, "serve", *arguments, env=settings, stdout=log, stderr=log
        )
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=headers) as session:
        try:
            await _until_ready(session, f"http://127.0.0.1:{health}/ready")
            yield Service(process.pid, f"http://127.0.0.1:{port}", session)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _until_ready(session: aiohttp.ClientSession, url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            async with session.get(url) as answer:
                if answer.ok:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(LOOK_SECONDS)
    raise TimeoutError("the service did not start")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
