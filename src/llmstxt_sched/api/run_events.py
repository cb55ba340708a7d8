"""Server-sent events of a run (HTML standard, section 9.2): its progress, and its end.

Every event holds all that is known, so that a client that missed some has lost nothing.  To resume means to continue
counting: the ids of events continue after Last-Event-ID, whichever process answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Struct

from llmstxt_sched.api.middleware.access import identify
from llmstxt_sched.api.middleware.session_cookie import SessionCookie
from llmstxt_sched.api.open_streams import Streams, WhoAsks, disconnected, refused
from llmstxt_sched.api.runs import show_run
from llmstxt_sched.domain.run import LiveCrawl, Progress, RunStatus
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.services.people.sessions import Sessions
from llmstxt_sched.services.people.tokens import Tokens
from llmstxt_sched.services.run_events import RunEvents, RunMoment
from llmstxt_sched.services.runs import Runs
from llmstxt_sched.store.runs import Run

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


class EventStream:
    """The response to `owner`, as an ASGI application: sends `moments`, with ids after `last_id`.

    `who_asks` raises Unauthorized once that is nobody any more, for instance because their token was revoked.
    """

    def __init__(
        self,
        streams: Streams,
        owner: UUID | None,
        moments: AsyncIterator[RunMoment],
        last_id: int,
        who_asks: WhoAsks,
    ) -> None:
        self._streams = streams
        self._owner = owner
        self._moments = moments
        self._id = last_id
        self._who_asks = who_asks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until the run has ended, the client is gone, or its stream has to make way.

        Raises `Unavailable`.
        """
        with self._streams.place(self._owner) as place:
            await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS]})
            await _write(send, f"retry: {RETRY_MILLISECONDS}\n\n".encode())
            gone = asyncio.create_task(disconnected(receive))
            ends = {
                asyncio.create_task(self._streams.drain.wait()),
                asyncio.create_task(place.lost.wait()),
                asyncio.create_task(refused(self._who_asks, self._streams.check_seconds)),
            }
            try:
                async with asyncio.timeout(self._streams.longest_seconds) as limit:
                    await self._send_moments(send, gone, ends)
            except TimeoutError:
                if not limit.expired():
                    raise
                await self._event(send, "drain", b"{}")
            finally:
                for task in (gone, *ends):
                    task.cancel()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_moments(self, send: Send, gone: asyncio.Task[None], ends: set[asyncio.Task[Any]]) -> None:
        told = self._told()
        following = asyncio.ensure_future(anext(told))
        try:
            while True:
                # Waited for with the others, so that a server that hangs holds up neither comments nor the drain.
                await asyncio.wait(
                    {following, gone, *ends}, timeout=self._streams.silence_seconds, return_when="FIRST_COMPLETED"
                )
                if gone.done():
                    return
                if any(end.done() for end in ends):
                    await self._event(send, "drain", b"{}")
                    return
                if not following.done():
                    await _write(send, b":\n\n")
                    continue
                name, data = following.result()
                await self._event(send, name, data)
                if name == "end":
                    return
                following = asyncio.ensure_future(anext(told))
        finally:
            following.cancel()

    async def _told(self) -> AsyncIterator[tuple[str, bytes]]:
        """The name and the data of each event; of a moment that differs in nothing that is told, there is none."""
        before = b""
        async for moment in self._moments:
            if moment.run is None or moment.is_last:
                yield "end", msgspec.json.encode(moment.run and show_run(moment.run))
                return
            data = msgspec.json.encode(_progress(moment.run, moment.crawl))
            if data != before:
                yield "progress", data
            before = data

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
        operation_id="follow_run",
    )
    async def events(
        self,
        request: Request[Any, Identity, Any],
        runs: Runs,
        run_events: RunEvents,
        streams: Streams,
        tokens: Tokens,
        sessions: Sessions,
        session_cookie: SessionCookie,
        run_id: UUID,
        last_event_id: Annotated[str, HeaderParameter(name="Last-Event-ID")] = "",
    ) -> ASGIApp:
        """Follow a run: `progress` at each change, `end` with the run, or `drain`: then connect again."""
        run = await runs.get(run_id)
        who_asks = partial(identify, request, tokens, sessions, session_cookie)
        return EventStream(streams, request.auth.person_id, run_events.follow(run), _read_id(last_event_id), who_asks)


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
    """The id to continue after; zero if it is none of ours."""
    return int(text) if len(text) <= MAX_ID_DIGITS and text.isascii() and text.isdigit() else 0


async def _write(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})
