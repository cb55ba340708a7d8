from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import pytest
from tests.support.children import children_of

from llmstxt_sched.crawler import parser_process
from llmstxt_sched.crawler.model import PAGE_SECONDS
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.process.child_pool import ChildPool

pytestmark = pytest.mark.slow

# Those of the pool that other files of tests share.
_OTHERS = set[int]()
URL = "https://docs.example/a.html"
PAGE = b"<title>T</title><main><h1>T</h1><p>Some text.</p></main>"
# Formatting elements that are never closed are built anew in every paragraph: small, flat, and endless.
ENDLESS = b"".join(b"<p><b a=%d>" % number for number in range(480)) + b"<p>x" * 400_000


@pytest.fixture(autouse=True)
def none_of_others() -> None:
    _OTHERS.clear()
    _OTHERS.update(children_of(os.getpid()))


@pytest.fixture
async def parser(none_of_others: None) -> AsyncIterator[ParserPool]:
    async with ParserPool(2) as started:
        await started.parse(PAGE, URL, "text/html")
        yield started


def workers() -> list[int]:
    """The processes of this file's pools."""
    return sorted(child for child in children_of(os.getpid()) - _OTHERS if _is_worker(child))


def _is_worker(process: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


async def gone(processes: Iterable[int]) -> None:
    async with asyncio.timeout(10):
        while any(map(is_alive, processes)):
            await asyncio.sleep(0.02)


def sockets(process: int) -> list[str]:
    links = [str(path.readlink()) for path in Path(f"/proc/{process}/fd").iterdir()]
    return [link for link in links if link.startswith("socket:")]


async def test_pages_are_parsed_in_other_processes(parser: ParserPool) -> None:
    contents = await asyncio.gather(*(parser.parse(PAGE, URL, "text/html") for _ in range(20)))
    assert {content.markdown for content in contents} == {"# T\n\nSome text.\n"}
    assert len(workers()) == 2


async def test_markdown_is_taken_as_it_is_in_other_processes_too(parser: ParserPool) -> None:
    """Characters that are none cost a decoder a call each."""
    markdown = await parser.parse(b"# T\n\n<b>text\n", URL, "text/markdown; charset=utf-8")
    assert (markdown.extract.h1, markdown.markdown) == ("T", "# T\n\n<b>text\n")
    broken = await parser.parse(b"\xff\xfe" + b"\x00\xd8" * 1_000_000, URL, "text/markdown")
    assert set(broken.markdown) == {"\ufffd"}


async def test_a_page_that_cannot_be_parsed_is_refused_and_the_next_one_parsed(parser: ParserPool) -> None:
    with pytest.raises(FetchFailed) as failed:
        await parser.parse(b"<div>" * 5000, URL, "text/html")
    assert failed.value.code == "parse_error"
    assert (await parser.parse(PAGE, URL, "text/html")).extract.h1 == "T"


async def test_a_small_page_is_parsed_before_large_ones_that_wait() -> None:
    large, parsed = b"<p>x" * 100_000, list[str]()

    async def parse(name: str, body: bytes) -> None:
        await pool.parse(body, URL, "text/html")
        parsed.append(name)

    async with ParserPool(1) as pool, asyncio.TaskGroup() as tasks:
        for name, body in (("first", PAGE), ("large", large), ("larger", large * 2), ("small", PAGE)):
            tasks.create_task(parse(name, body))
    assert parsed == ["first", "small", "large", "larger"]


async def test_a_page_that_stalls_or_bursts_its_worker_fails_alone(parser: ParserPool) -> None:
    endless = asyncio.create_task(parser.parse(ENDLESS, URL, "text/html"))
    beside = await parser.parse(PAGE, URL, "text/html")
    with pytest.raises(FetchFailed) as failed:
        await endless
    assert failed.value.code in ("timeout", "parse_error")
    assert beside == await parser.parse(PAGE, URL, "text/html")


# What is returned as it is, what is no text, and what nests deeper than can be read.
@pytest.mark.parametrize("answer", [None, b"\xa2\xff\xff", b"\x81\xa1x" + b"\x91" * 100_000])
async def test_a_worker_that_a_page_has_taken_over_fails_that_page_alone(answer: bytes | None) -> None:
    parser = ParserPool(1)
    parser._pool = ChildPool(1, partial(answered, answer))
    async with parser:
        while not (before := workers()):
            await asyncio.sleep(0.02)
        with pytest.raises(FetchFailed, match="answers nonsense") as failed:
            await parser.parse(PAGE, URL, "text/html")
        await gone(before)
    assert failed.value.code == "parse_error"


def answered(answer: bytes | None, question: bytes) -> bytes:
    return question if answer is None else answer


async def test_a_page_whose_markdown_is_many_times_as_large_is_refused(parser: ParserPool) -> None:
    page = b"<main><p>" + b"<a href=x>y</a> " * 20_000
    with pytest.raises(FetchFailed, match="Markdown has more than"):
        await parser.parse(page, "https://docs.example/" + "a" * 1000 + "/", "text/html")


def slow_page() -> bytes:
    """Takes seconds on any machine, and is no trap: only large."""
    return b"<main>" + b"".join(b"<p><a href=/%d>%d</a> text, and more of it.</p>" % (n, n) for n in range(200_000))


def parsed_within(seconds: float, question: bytes) -> bytes:
    vars(parser_process)["PAGE_SECONDS"] = seconds
    return parser_process.parse(question)


async def test_a_page_that_takes_too_much_cpu_time_fails_for_good() -> None:
    parser = ParserPool(1)
    # Less than it is, since a fast machine is done with any page before.
    parser._pool = ChildPool(1, partial(parsed_within, 0.3))
    async with parser:
        with pytest.raises(FetchFailed, match="5 s of CPU time") as failed:
            await parser.parse(slow_page(), URL, "text/html")
    assert failed.value.code == "parse_error"


async def test_a_page_whose_worker_waits_for_a_processor_is_parsed_all_the_same() -> None:
    async with ParserPool(1) as parser:
        await parser.parse(PAGE, URL, "text/html")
        (worker,) = workers()
        os.kill(worker, signal.SIGSTOP)
        page = asyncio.create_task(parser.parse(PAGE, URL, "text/html"))
        await asyncio.sleep(PAGE_SECONDS + 1)
        os.kill(worker, signal.SIGCONT)
        assert (await page).extract.h1 == "T"


async def test_the_pool_outlives_all_its_workers(parser: ParserPool) -> None:
    before = workers()
    assert before
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    await gone(before)
    for _ in range(20):
        try:
            content = await parser.parse(PAGE, URL, "text/html")
            break
        except FetchFailed:
            await asyncio.sleep(0.05)
    assert content.extract.h1 == "T"


async def test_a_worker_does_not_die_of_ctrl_c_and_inherits_no_other_socket(parser: ParserPool) -> None:
    with socket.create_server(("127.0.0.1", 0)):
        async with ParserPool(1) as second:
            await second.parse(PAGE, URL, "text/html")
            for worker in workers():
                os.kill(worker, signal.SIGINT)
                # That to its parent.
                assert len(sockets(worker)) == 1
            assert len(workers()) == 3
            assert (await second.parse(PAGE, URL, "text/html")).extract.h1 == "T"


async def test_closing_does_not_wait_for_the_pages_under_way() -> None:
    async with AsyncExitStack() as stack:
        parser = await stack.enter_async_context(ParserPool(1))
        await parser.parse(PAGE, URL, "text/html")
        pages = [asyncio.create_task(parser.parse(ENDLESS, URL, "text/html")) for _ in range(3)]
        await asyncio.sleep(0.2)
        for page in pages:
            page.cancel()
        async with asyncio.timeout(PAGE_SECONDS - 1):
            await stack.aclose()
            await asyncio.gather(*pages, return_exceptions=True)
    assert not workers()
    with pytest.raises(FetchFailed):
        await parser.parse(PAGE, URL, "text/html")


async def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio\n"
        "from llmstxt_sched.crawler.parser_pool import ParserPool\n"
        "async def main():\n"
        "    async with ParserPool(2) as parser:\n"
        f"        await parser.parse({PAGE!r}, {URL!r}, 'text/html')\n"
        "        print('ready', flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = await asyncio.create_subprocess_exec(sys.executable, script, stdout=asyncio.subprocess.PIPE, env=environ)
    assert parent.stdout is not None
    assert await parent.stdout.readline() == b"ready\n"
    children = children_of(parent.pid)
    assert len(children) >= 2
    assert all(map(is_alive, children))
    parent.kill()
    await parent.wait()
    await gone(children)
