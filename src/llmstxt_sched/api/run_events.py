"""Server-sent events of a run (HTML standard, section 9.2): its progress, and its end.

Every event holds all that is known, so that a client that missed some has lost nothing.  To resume means to go on
counting: the ids of events continue after Last-Event-ID, whichever process answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Struct

from llmstxt_sched.api.runs import show_run
from llmstxt_sched.domain.run import LiveCrawl, Progress, RunStatus
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.process.serve import STREAM_CONNECTIONS
from llmstxt_sched.services.run_events import RunEvents, RunMoment
from llmstxt_sched.services.runs import Runs
from llmstxt_sched.store.runs import Run

# Proxies close connections on which nothing is sent, many after a minute, some after half of one.
SILENCE_SECONDS = 15.0
# A client then connects again, which is when it is checked whether it still may.
LONGEST_SECONDS = 600.0
RETRY_MILLISECONDS = 2000
# With more, a client written in JavaScript could no longer tell two ids apart.
MAX_ID_DIGITS = 15

HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    # nginx would collect events until a buffer is full.
    (b"x-accel-buffering", b"no"),
]


class RunProgress(Struct, frozen=True):
    """The data of a `progress` event; `started_at` is when this attempt began, `url` the address visited last."""

    status: RunStatus
    progress: Progress
    pages_per_second: float
    seconds_left: float | None
    url: str | None
    started_at: datetime | None


class Streams:
    """The open streams of this process: they end when `drain` is set, and at the latest after `longest_seconds`.

    On one where nothing happens, a comment is sent after `silence_seconds`.
    """

    def __init__(
        self,
        drain: asyncio.Event,
        *,
        silence_seconds: float = SILENCE_SECONDS,
        longest_seconds: float = LONGEST_SECONDS,
    ) -> None:
        self.drain = drain
        self.silence_seconds = silence_seconds
        self.longest_seconds = longest_seconds
        self._open = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take one of the places for the duration of the block.  Raises `Unavailable` if all are taken."""
        if self._open >= STREAM_CONNECTIONS:
            raise Unavailable(f"{STREAM_CONNECTIONS} runs are being followed already: try again later")
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1


class EventStream:
    """The response, as an ASGI application: sends `moments`, with ids after `last_id`."""

    def __init__(self, streams: Streams, moments: AsyncIterator[RunMoment], last_id: int) -> None:
        self._streams = streams
        self._moments = moments
        self._id = last_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until the run has ended, the client is gone, or this process drains.  Raises `Unavailable`."""
        with self._streams.place():
            await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS]})
            await _write(send, f"retry: {RETRY_MILLISECONDS}\n\n".encode())
            gone = asyncio.create_task(_disconnect(receive))
            drain = asyncio.create_task(self._streams.drain.wait())
            try:
                async with asyncio.timeout(self._streams.longest_seconds) as limit:
                    await self._send_moments(send, gone, drain)
            except TimeoutError:
                if not limit.expired():
                    raise
                await self._event(send, "drain", b"{}")
            finally:
                gone.cancel()
                drain.cancel()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_moments(self, send: Send, gone: asyncio.Task[None], drain: asyncio.Task[bool]) -> None:
        following = asyncio.ensure_future(anext(self._moments))
        try:
            while True:
                # Waited for with the others, so that a server that hangs holds up neither comments nor the drain.
                await asyncio.wait(
                    {following, gone, drain}, timeout=self._streams.silence_seconds, return_when="FIRST_COMPLETED"
                )
                if gone.done():
                    return
                if drain.done():
                    await self._event(send, "drain", b"{}")
                    return
                if not following.done():
                    await _write(send, b":\n\n")
                    continue
                moment = following.result()
                if moment.run is None or moment.is_last:
                    await self._event(send, "end", msgspec.json.encode(moment.run and show_run(moment.run)))
                    return
                await self._event(send, "progress", msgspec.json.encode(_progress(moment.run, moment.crawl)))
                following = asyncio.ensure_future(anext(self._moments))
        finally:
            following.cancel()

    async def _event(self, send: Send, name: str, data: bytes) -> None:
        self._id += 1
        # JSON as msgspec writes it is one line.
        await _write(send, f"id: {self._id}\nevent: {name}\ndata: ".encode() + data + b"\n\n")


class RunEventsController(Controller):
    """The events of runs."""

    path = "/api/runs"
    tags = ("runs",)

    @get(
        "/{run_id:uuid}/events",
        responses={200: ResponseSpec(str, media_type="text/event-stream", generate_examples=False)},
    )
    async def events(
        self,
        runs: Runs,
        run_events: RunEvents,
        streams: Streams,
        run_id: UUID,
        last_event_id: Annotated[str, Parameter(header="Last-Event-ID")] = "",
    ) -> ASGIApp:
        """Follow a run: `progress` at each change, `end` with the run, or `drain`: then connect again."""
        run = await runs.get(run_id)
        return EventStream(streams, run_events.follow(run), _read_id(last_event_id))


def _progress(run: Run, crawl: LiveCrawl | None) -> RunProgress:
    live = crawl or LiveCrawl(run.progress or Progress(), run.started_at)
    left = live.seconds_left
    return RunProgress(
        status=run.status,
        progress=live.progress,
        pages_per_second=round(live.pages_per_second, 2),
        seconds_left=None if left is None else round(left, 1),
        url=live.url,
        started_at=live.started_at or run.started_at,
    )


def _read_id(text: str) -> int:
    """The id to go on from; zero if it is none of ours."""
    return int(text) if len(text) <= MAX_ID_DIGITS and text.isascii() and text.isdigit() else 0


async def _disconnect(receive: Receive) -> None:
    """Return once the client is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})
