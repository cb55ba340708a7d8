from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import pytest
from msgspec import structs
from tests.support.engine import Engine
from tests.support.service import Service, Site, until

from llmstxt_sched.api.open_streams import Streams, WhoAsks
from llmstxt_sched.api.run_events import EventStream
from llmstxt_sched.domain.run import LiveCrawl, Progress
from llmstxt_sched.domain.user import Identity
from llmstxt_sched.errors import Unauthorized, Unavailable
from llmstxt_sched.process.serve import STREAM_CONNECTIONS
from llmstxt_sched.services.run_events import RunMoment

PATIENCE_SECONDS = 30


class Event(NamedTuple):
    id: int
    name: str
    data: Any


def events_in(text: str) -> list[Event]:
    """The events of a stream; comments and `retry` are left out."""
    found = []
    for block in text.split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if "event" in fields:
            found.append(Event(int(fields["id"]), fields["event"], json.loads(fields["data"])))
    return found


class Listener:
    """A client of the response, with no network between them."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.gone = asyncio.Event()

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.messages).decode()

    async def receive(self) -> Any:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.messages.append(message)

    async def hears(self, text: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while text not in self.text:
                await asyncio.sleep(0.01)


async def somebody() -> Identity:
    return Identity()


@asynccontextmanager
async def listening(
    streams: Streams, moments: AsyncIterator[RunMoment], last_id: int = 0, who_asks: WhoAsks = somebody
) -> AsyncIterator[Listener]:
    listener = Listener()
    stream: Any = EventStream(streams, None, moments, last_id, who_asks)
    task = asyncio.create_task(stream({}, listener.receive, listener.send))
    try:
        yield listener
        await asyncio.wait_for(task, PATIENCE_SECONDS)
    finally:
        task.cancel()


async def nothing() -> AsyncIterator[RunMoment]:
    await asyncio.Event().wait()
    yield RunMoment(None)


def places(streams: Streams) -> int:
    """How many streams could still be opened."""
    with ExitStack() as stack:
        for count in range(STREAM_CONNECTIONS + 1):
            try:
                stack.enter_context(streams.place(None))
            except Unavailable:
                return count
    raise AssertionError("there is no bound")


async def test_events_are_numbered_on_from_the_last_one_that_the_client_saw(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    streams = Streams(asyncio.Event())
    async with listening(streams, engine.run_events.follow(run), 41) as listener:
        await listener.hears("QUEUED")
        claimed = await engine.claim(run)
        crawl = LiveCrawl(Progress(found=20, fetched=8, failed=2), claimed.run.started_at, 5, "https://example.com/a")
        await engine.leases.report(claimed, crawl)
        await listener.hears("example.com/a")
        await engine.runs.cancel(run.id)
    first, second, last = events_in(listener.text)
    assert [(event.id, event.name) for event in (first, second, last)] == [
        (42, "progress"),
        (43, "progress"),
        (44, "end"),
    ]
    assert (first.data["status"], first.data["pages_per_second"], first.data["seconds_left"]) == ("QUEUED", 0, None)
    assert second.data == {
        "status": "IN_PROGRESS",
        "progress": {"found": 20, "fetched": 8, "unchanged": 0, "failed": 2, "skipped": 0},
        "pages_per_second": 2.0,
        "seconds_left": 5.0,
        "url": "https://example.com/a",
        "started_at": first.data["started_at"] or second.data["started_at"],
    }
    assert (last.data["id"], last.data["status"]) == (str(run.id), "CANCELED")
    assert listener.messages[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
    assert listener.text.startswith("retry: ")


async def test_what_is_told_once_is_not_told_again_where_only_the_lease_was_renewed(engine: Engine) -> None:
    run = await engine.active(await engine.create())
    later = structs.replace(run, lease_until=run.created_at)

    async def moments() -> AsyncIterator[RunMoment]:
        for each in (run, later, run):
            yield RunMoment(each)
        yield RunMoment(None)

    async with listening(Streams(asyncio.Event()), moments()) as listener:
        await listener.hears("end")
    assert [(event.id, event.name) for event in events_in(listener.text)] == [(1, "progress"), (2, "end")]


async def test_the_stream_of_a_deleted_run_ends_with_null(engine: Engine) -> None:
    project = await engine.create()
    run = await engine.active(project)
    async with listening(Streams(asyncio.Event()), engine.run_events.follow(run)) as listener:
        await listener.hears("progress")
        await engine.projects.delete(project)
    assert events_in(listener.text)[-1] == Event(2, "end", None)


async def test_a_process_that_drains_ends_its_streams_even_where_a_server_hangs() -> None:
    drain = asyncio.Event()
    streams = Streams(drain)
    async with listening(streams, nothing(), 7) as listener:
        await listener.hears("retry")
        assert places(streams) == STREAM_CONNECTIONS - 1
        drain.set()
    assert events_in(listener.text) == [Event(8, "drain", {})]
    assert places(streams) == STREAM_CONNECTIONS


async def test_where_nothing_happens_a_comment_keeps_the_connection_open() -> None:
    drain = asyncio.Event()
    async with listening(Streams(drain, silence_seconds=0.01), nothing()) as listener:
        await listener.hears("\n\n:\n\n:\n\n")
        drain.set()


async def test_a_stream_does_not_last_for_ever() -> None:
    async with listening(Streams(asyncio.Event(), longest_seconds=0.05), nothing()) as listener:
        pass
    assert events_in(listener.text) == [Event(1, "drain", {})]


async def test_a_stream_ends_once_who_asked_for_it_is_refused_but_not_while_postgres_is_away() -> None:
    answers: list[Exception] = [Unavailable("no answer"), Unauthorized("revoked")]

    async def revoked() -> Identity:
        raise answers.pop(0)

    async with listening(Streams(asyncio.Event(), check_seconds=0.01), nothing(), 0, revoked) as listener:
        pass
    assert events_in(listener.text) == [Event(1, "drain", {})]
    assert answers == []


async def test_a_client_that_goes_away_frees_its_place() -> None:
    streams = Streams(asyncio.Event())
    async with listening(streams, nothing()) as listener:
        await listener.hears("retry")
        listener.gone.set()
    assert events_in(listener.text) == []
    assert places(streams) == STREAM_CONNECTIONS


async def test_a_response_that_is_cancelled_frees_its_place() -> None:
    """uvicorn cancels what outlasts the drain."""
    streams = Streams(asyncio.Event())
    listener = Listener()
    stream: Any = EventStream(streams, None, nothing(), 0, somebody)
    task = asyncio.create_task(stream({}, listener.receive, listener.send))
    await listener.hears("retry")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert places(streams) == STREAM_CONNECTIONS


async def test_with_all_places_taken_nothing_is_begun() -> None:
    streams = Streams(asyncio.Event())
    with ExitStack() as stack:
        for _ in range(STREAM_CONNECTIONS):
            stack.enter_context(streams.place(None))
        with pytest.raises(Unavailable, match="try again later"):
            async with listening(streams, nothing()) as listener:
                pass
    assert listener.messages == []


async def test_a_stream_that_makes_way_for_another_user_ends_and_asks_to_connect_again() -> None:
    streams = Streams(asyncio.Event())
    with ExitStack() as stack:
        async with listening(streams, nothing()) as listener:
            await listener.hears("retry")
            for _ in range(STREAM_CONNECTIONS - 1):
                stack.enter_context(streams.place(None))
            stack.enter_context(streams.place(uuid4()))
    assert events_in(listener.text) == [Event(1, "drain", {})]


def slow_run(service: Service, site: Site, delay_seconds: float) -> str:
    """A run that takes so long between two pages."""
    body = {"url": site.url, "name": "Slow", "crawl": {"delay_seconds": delay_seconds}}
    project = service.json("POST", "/api/projects", body, expect=201)["id"]
    return str(service.json("POST", f"/api/projects/{project}/runs", expect=202)["id"])


def read(answer: httpx.Response) -> Iterator[Event]:
    text = ""
    for chunk in answer.iter_text():
        text += chunk
        *blocks, text = text.split("\n\n")
        yield from events_in("\n\n".join([*blocks, ""]))


def test_a_crawl_is_followed_to_its_end_over_a_cut_connection(service: Service, site: Site) -> None:
    run = slow_run(service, site, 0.8)
    path = f"/api/runs/{run}/events"
    with service.client.stream("GET", path) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-accel-buffering"] == "no"
        seen = next(event for event in read(answer) if event.data["progress"]["fetched"])
    assert seen.name == "progress"
    assert seen.data["status"] == "IN_PROGRESS"
    assert seen.data["url"].startswith(site.url)
    assert seen.data["pages_per_second"] > 0
    assert seen.data["started_at"]
    project = service.json("GET", f"/api/runs/{run}")["project_id"]
    for runs in ("/api/runs", f"/api/projects/{project}/runs"):
        (listed,) = (each for each in service.json("GET", runs)["items"] if each["id"] == run)
        assert listed["progress"]["fetched"] >= seen.data["progress"]["fetched"]
    of_list = next(each for each in service.json("GET", "/api/projects?limit=200")["items"] if each["id"] == project)
    for shown in (of_list, service.json("GET", f"/api/projects/{project}")):
        assert shown["active_run"]["progress"]["fetched"] >= seen.data["progress"]["fetched"]
    with service.client.stream("GET", path, headers={"Last-Event-ID": str(seen.id)}) as answer:
        rest = list(read(answer))
    assert [event.id for event in rest] == list(range(seen.id + 1, seen.id + 1 + len(rest)))
    assert {event.name for event in rest[:-1]} == {"progress"}
    assert (rest[-1].name, rest[-1].data["status"]) == ("end", "COMPLETE_WITH_DIFFS")
    assert rest[-1].data == service.json("GET", f"/api/runs/{run}")


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 5000, "1.5", "\xb2"])
def test_a_last_event_id_that_is_none_of_ours_is_taken_for_none(service: Service, site: Site, last: str) -> None:
    project = service.json("POST", "/api/projects", {"url": site.url}, expect=201)
    run = service.run_now(project["id"])
    headers = {b"Last-Event-ID": last.encode("latin-1")}
    answer = service.client.get(f"/api/runs/{run['id']}/events", headers=headers)
    assert [(event.id, event.name) for event in events_in(answer.text)] == [(1, "end")]


def test_events_are_for_those_who_may_read_the_run(service: Service) -> None:
    path = "/api/runs/0f0e0d0c-0b0a-4908-8706-050403020100/events"
    assert service.client.get(path).status_code == 404
    assert service.client.get(path, headers={"Authorization": ""}).status_code == 401


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Service]:
    """A service that no other test uses."""
    running = Service(tmp_path)
    running.start()
    yield running
    running.close()


@pytest.mark.server
def test_event_streams_leave_room_for_others_and_do_not_hold_up_a_stop(own_service: Service, site: Site) -> None:
    run = slow_run(own_service, site, 600)
    url, headers = f"{own_service.client.base_url}/api/runs/{run}/events", own_service.client.headers
    limits = httpx.Limits(max_connections=200)
    with ExitStack() as stack:
        client = stack.enter_context(httpx.Client(headers=headers, limits=limits, timeout=PATIENCE_SECONDS))
        streams = [ExitStack() for _ in range(STREAM_CONNECTIONS)]
        answers = []
        for each in streams:
            answers.append(each.enter_context(client.stream("GET", url)))
            stack.push(each)
        assert {answer.status_code for answer in answers} == {200}
        refused = client.get(url)
        assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
        assert int(refused.headers["retry-after"]) > 0
        assert own_service.json("GET", "/api/projects")["items"]
        streams[0].close()

        def is_free() -> bool:
            with client.stream("GET", url) as answer:
                return answer.status_code == 200

        until(is_free, "the place of a client that went away")
        assert own_service.process
        own_service.process.send_signal(signal.SIGTERM)
        last = [list(read(answer))[-1] for answer in answers[1:]]
        assert own_service.process.wait(PATIENCE_SECONDS) == 0
    assert {event.name for event in last} <= {"drain", "end"}
