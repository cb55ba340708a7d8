from __future__ import annotations

import asyncio
import gzip
import random
from uuid import UUID

import pytest

from llmstxt_sched.services.documents.fixed_files import FixedFile, FixedFiles

VERSION = UUID(int=1)


def text(size: int) -> FixedFile:
    return FixedFile(b"words " * (size // 6))


def test_what_was_not_asked_for_the_longest_makes_room() -> None:
    files = FixedFiles(3000)
    for path in ("a", "b", "c"):
        files.keep(VERSION, path, text(900))
    assert files.get(VERSION, "a")
    files.keep(VERSION, "d", text(900))
    assert [path for path in "abcd" if files.get(VERSION, path)] == ["a", "c", "d"]


def test_a_file_that_would_leave_no_room_for_others_is_not_kept() -> None:
    files = FixedFiles(1000)
    files.keep(VERSION, "a", text(300))
    files.keep(VERSION, "b", text(600))
    assert files.get(VERSION, "a")
    assert files.get(VERSION, "b") is None


async def test_all_who_ask_at_once_get_one_file_that_was_made_once() -> None:
    files, made = FixedFiles(10_000), []

    async def make() -> FixedFile:
        made.append(1)
        await asyncio.sleep(0.01)
        return text(600)

    found = await asyncio.gather(*(files.fix(VERSION, "a", make, 600) for _ in range(5)))
    assert len(made) == 1
    assert all(file is files.get(VERSION, "a") for file in found)


async def test_a_file_that_could_not_be_made_is_tried_again() -> None:
    files = FixedFiles(10_000)

    async def fail() -> FixedFile:
        raise OSError("gone")

    async def make() -> FixedFile:
        return text(600)

    with pytest.raises(OSError, match="gone"):
        await files.fix(VERSION, "a", fail, 600)
    assert await files.fix(VERSION, "a", make, 600)


async def test_who_leaves_does_not_stop_what_others_wait_for() -> None:
    files, go = FixedFiles(10_000), asyncio.Event()

    async def make() -> FixedFile:
        await go.wait()
        return text(600)

    leaving = asyncio.create_task(files.fix(VERSION, "a", make, 600))
    staying = asyncio.create_task(files.fix(VERSION, "a", make, 600))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.sleep(0)
    go.set()
    assert await staying


async def test_the_compressed_form_takes_room_too_and_is_left_out_where_it_saves_nothing() -> None:
    files = FixedFiles(4000)
    noise = FixedFile(random.Random(1).randbytes(1000))
    words = text(1200)
    for path, file in (("noise", noise), ("words", words)):
        files.keep(VERSION, path, file)
        await files.compress(VERSION, path, file)
    assert noise.gzipped == b""
    assert words.gzipped
    assert gzip.decompress(words.gzipped) == words.body
    assert words.size > len(words.body)
    files.keep(VERSION, "third", text(1900))
    assert files.get(VERSION, "noise") is None
    assert files.get(VERSION, "words")


async def test_no_more_is_made_at_once_than_there_is_room_for_even_if_nobody_waits_for_it() -> None:
    files, ready = FixedFiles(2000), asyncio.Event()

    async def make() -> FixedFile:
        await ready.wait()
        return text(600)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(files.fix(VERSION, "a", make, 600), 0.01)
    assert await files.fix(VERSION, "b", make, 600) is None
    first = asyncio.create_task(files.fix(VERSION, "a", make, 600))
    ready.set()
    assert await first
    assert await files.fix(VERSION, "b", make, 600)
