from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import UUID, uuid4

import pytest

from llmstxt_sched.api.open_streams import Place, Streams
from llmstxt_sched.errors import Unavailable
from llmstxt_sched.process.serve import STREAM_CONNECTIONS

GREEDY, MODEST = uuid4(), uuid4()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What is open until the end of the test."""
    with ExitStack() as opened:
        yield opened


def take(stack: ExitStack, streams: Streams, owner: UUID, count: int) -> list[Place]:
    return [stack.enter_context(streams.place(owner)) for _ in range(count)]


def lost(places: list[Place]) -> int:
    return sum(place.lost.is_set() for place in places)


def test_who_has_all_places_gets_no_more_but_leaves_half_to_who_comes_later(stack: ExitStack) -> None:
    streams = Streams(asyncio.Event())
    theirs = take(stack, streams, GREEDY, STREAM_CONNECTIONS)
    with pytest.raises(Unavailable):
        take(stack, streams, GREEDY, 1)
    assert lost(theirs) == 0
    mine = take(stack, streams, MODEST, STREAM_CONNECTIONS // 2)
    assert (lost(theirs), lost(mine)) == (STREAM_CONNECTIONS // 2, 0)
    assert theirs[0].lost.is_set()
    for owner in (MODEST, GREEDY):
        with pytest.raises(Unavailable):
            take(stack, streams, owner, 1)


def test_a_place_that_is_given_back_makes_nobody_lose_theirs(stack: ExitStack) -> None:
    streams = Streams(asyncio.Event())
    theirs = take(stack, streams, GREEDY, STREAM_CONNECTIONS - 1)
    for _ in range(2):
        with streams.place(MODEST):
            pass
    assert lost(theirs) == 0
