"""Pages read by this service, in a process that is set up as its parsers are: their memory is, which counts."""

from __future__ import annotations

from pathlib import Path

from bench.documents.timing import Reading, timed
from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.process.child_pool import close_pool, open_pool


def read_as_a_parser(paths: list[Path]) -> list[Reading]:
    """What a parser makes of each page."""
    pool = open_pool(1, work=_read_all)
    try:
        readings: list[Reading] = pool.schedule(_read_all, args=[paths]).result()
        return readings
    finally:
        close_pool(pool)


def _read_all(paths: list[Path]) -> list[Reading]:
    return [timed(_read, path.read_text()) for path in paths]


def _read(html: str) -> str:
    return extract(html.encode(), "https://ferry.example/page.html", "text/html; charset=utf-8").markdown
