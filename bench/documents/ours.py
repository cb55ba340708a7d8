"""Pages read by this service, in a process that is set up as its parsers are: their memory is, which counts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec

from bench.documents.timing import Reading, timed
from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.process.child_pool import ChildPool

_SECONDS = 600.0
_READ = msgspec.json.Decoder(list[Reading]).decode


def read_as_a_parser(paths: list[Path]) -> list[Reading]:
    """What a parser makes of each page."""
    return asyncio.run(_read_in_child(paths))


async def _read_in_child(paths: list[Path]) -> list[Reading]:
    pool = ChildPool(1, _read_all)
    try:
        return await pool.call(lambda: msgspec.json.encode([str(path) for path in paths]), _READ, _SECONDS)
    finally:
        await pool.close()


def _read_all(message: bytes) -> bytes:
    paths = msgspec.json.decode(message, type=list[str])
    return msgspec.json.encode([timed(_read, Path(path).read_text()) for path in paths])


def _read(html: str) -> str:
    return extract(html.encode(), "https://ferry.example/page.html", "text/html; charset=utf-8").markdown
