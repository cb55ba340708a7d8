"""One process of the service, started, asked, stopped and killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
from tests.system.faults.loaded import Fork, Start, loaded
from tests.system.faults.waiting import PATIENCE_SECONDS, until

SOURCE = Path(__file__).parents[3] / "src"
# Until when a request is answered, whatever stands still: what the service promises.
ANSWER_SECONDS = 5.0
TOKEN = "llms_" + "faults" * 8


class Replica:
    """A process; started again it is another incarnation on the same ports.

    `arguments` are those of `serve`; the process's clock is moved by `hours`.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        settings: Mapping[str, str],
        source: Path = SOURCE,
        arguments: Sequence[str] = (),
        hours: int = 0,
    ) -> None:
        self.name = name
        self._source = source
        self._arguments = ["serve", *arguments]
        self._hours = hours
        self.api_port, self.health_port = _free_ports()
        self._log = folder / f"{name}.log"
        self._settings = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(source),
            "LLMSTXT_API__PORT": str(self.api_port),
            "LLMSTXT_HEALTH__PORT": str(self.health_port),
            "LLMSTXT_AUTH__BOOTSTRAP_TOKEN": TOKEN,
            "LLMSTXT_LOG__FORMAT": "json",
            **settings,
        }
        self._process: Fork | None = None
        self.launches = 0
        self._starts_before = 0
        self.client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.api_port}", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20
        )
        self.health = httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.health_port}", timeout=20)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self._process.poll() if self._process else None

    def launch(self, **settings: str) -> None:
        """Start it; `settings` are those of this incarnation alone."""
        assert not self.is_running
        self.launches += 1
        self._starts_before = self._count_starts()
        environment = {**self._settings, **settings}
        self._process = loaded(self._source).start(Start(self._arguments, environment, str(self._log), self._hours))

    async def start(self, **settings: str) -> None:
        """Start it, and wait until it serves."""
        self.launch(**settings)
        await until(self.is_ready, f"replica {self.name} to be ready; see {self._log}")

    async def is_ready(self) -> bool:
        assert self.is_running, f"replica {self.name} ended with {self.exit_code}: {self.last_words}"
        try:
            return (await self.health.get("/ready")).status_code == 200
        except httpx.TransportError:
            return False

    async def ended(self, seconds: float = PATIENCE_SECONDS) -> int:
        """The exit code of this incarnation, once it has ended."""
        process = self._process
        assert process

        async def look() -> bool:
            return process.poll() is not None

        await until(look, f"replica {self.name} to end", seconds)
        exit_code = process.poll()
        assert exit_code is not None
        return exit_code

    @property
    def was_ready(self) -> bool:
        """Whether this incarnation came so far as to serve."""
        return self._count_starts() > self._starts_before

    def send(self, sign: signal.Signals) -> None:
        assert self._process
        self._process.send_signal(sign)

    async def is_healthy(self) -> bool:
        """Whether its health is good."""
        return (await self.health.get("/health")).status_code == 200

    async def kill(self) -> None:
        """`kill -9`; nothing where it has ended."""
        if self.is_running:
            self.send(signal.SIGKILL)
            await self.ended()

    async def close(self) -> None:
        await self.kill()
        await asyncio.gather(self.client.aclose(), self.health.aclose())

    def events(self) -> list[dict[str, Any]]:
        """What it logged."""
        lines = self._log.read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def _count_starts(self) -> int:
        return self._log.read_text().count('"event": "service started"') if self._log.exists() else 0

    @property
    def last_words(self) -> str:
        return "\n".join(self._log.read_text().splitlines()[-5:])


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
