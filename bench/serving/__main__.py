"""`make serving`: how many answers a second the service gives from published documents, beside others."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import uvloop
from msgspec import Struct
from rich.console import Console
from rich.table import Table

from bench.crawl.service import free_port, service
from bench.crawl.site import site
from bench.serving.bare import ETAG
from bench.serving.nginx import COMMAND, nginx

SECONDS, START_SECONDS = 2.0, 10.0
# Pages and KB of the site: an llms.txt of some KB, and an llms-full.txt of some MB.
PAGES, KILOBYTES = 60, 100
# Wanted: answers a second, and MB a second of a large file or that share of nginx's.
LEAST_UNCHANGED, LEAST_FILES, LEAST_MB, LEAST_SHARE = 4_000, 2_500, 400, 0.1
FILES = ("llms.txt", "llms-full.txt")


class Rate(Struct, frozen=True):
    """Answers and megabytes a second."""

    answers: float
    megabytes: float


class Rates(Struct, frozen=True):
    """What one server reached: with `If-None-Match`, with a small file, with a large one."""

    unchanged: Rate
    small: Rate
    large: Rate


def main() -> int:
    """Measure, print, and give 1 where something is not as it is wanted."""
    with tempfile.TemporaryDirectory(prefix="llmstxt-bench-") as name:
        folder = Path(name)
        # The servers' user may be another one.
        folder.chmod(0o755)
        found = uvloop.run(measure(folder))
    console = Console()
    console.print(_comparison(found))
    if not COMMAND:
        console.print("nginx is not on this machine: apt-get install nginx-light")
    ours = found["the service"]
    large = ours.large.megabytes
    share = large / found["nginx"].large.megabytes if COMMAND else 0
    wanted = {
        f"unchanged: {LEAST_UNCHANGED:,} a second": ours.unchanged.answers >= LEAST_UNCHANGED,
        f"llms.txt: {LEAST_FILES:,} a second": ours.small.answers >= LEAST_FILES,
        f"llms-full.txt: {LEAST_MB} MB/s or {LEAST_SHARE:g} of nginx": large >= LEAST_MB or share >= LEAST_SHARE,
    }
    for what, is_met in wanted.items():
        console.print(f"{what}: {'yes' if is_met else 'NO'}")
    return 0 if all(wanted.values()) else 1


async def measure(folder: Path) -> dict[str, Rates]:
    """What each server reached, by its name; `folder` is for their files."""
    found = {"the service": await _ours(folder)}
    async with _bare(folder / FILES[0]) as small, _bare(folder / FILES[1]) as large:
        found["uvicorn alone"] = Rates(await _rate(small, ETAG), await _rate(small), await _rate(large))
    if COMMAND:
        found["nginx"] = await _nginx(folder)
    return found


async def _ours(folder: Path) -> Rates:
    async with service(folder) as ours:
        with site(PAGES, KILOBYTES) as url:
            project = await ours.create(url, PAGES, is_public=True)
            await ours.run(project)
        slug = (await ours.ask("GET", f"/api/projects/{project}"))["slug"]
        address = f"{ours.url}/p/{slug}"
        etag = ""
        for name in FILES:
            async with ours.session.get(f"{address}/{name}", headers={"Accept-Encoding": "identity"}) as answer:
                (folder / name).write_bytes(await answer.read())
                etag = etag or answer.headers["ETag"]
        small = f"{address}/{FILES[0]}"
        return Rates(await _rate(small, etag), await _rate(small), await _rate(f"{address}/{FILES[1]}"))


async def _nginx(folder: Path) -> Rates:
    port = free_port()
    async with nginx(folder, port):
        small, large = (f"http://127.0.0.1:{port}/{name}" for name in FILES)
        await _until_open(port)
        etag = await _etag(small)
        return Rates(await _rate(small, etag), await _rate(small), await _rate(large))


@asynccontextmanager
async def _bare(file: Path) -> AsyncIterator[str]:
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.serving.bare", str(port), file)
    try:
        await _until_open(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.kill()
        await process.wait()


async def _rate(url: str, etag: str = "") -> Rate:
    command = [sys.executable, "-m", "bench.serving.load", url, str(SECONDS), *([etag] if etag else [])]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    answers, size = map(float, printed.split())
    return Rate(answers, size / 1e6)


async def _until_open(port: int) -> None:
    async with asyncio.timeout(START_SECONDS):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


async def _etag(url: str) -> str:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"HEAD {parts.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    head = (await reader.read()).decode()
    writer.close()
    return next(line.partition(": ")[2] for line in head.split("\r\n") if line.lower().startswith("etag: "))


def _comparison(found: dict[str, Rates]) -> Table:
    table = Table("a second", "unchanged (304)", "llms.txt", "llms-full.txt, MB", title="published documents")
    ours = found["the service"]
    for name, rates in found.items():
        pairs = [
            (rates.unchanged.answers, ours.unchanged.answers),
            (rates.small.answers, ours.small.answers),
            (rates.large.megabytes, ours.large.megabytes),
        ]
        table.add_row(name, *(f"{rate:,.0f} ({rate / our:.2f} times)" for rate, our in pairs))
    table.caption = "in brackets: times the service"
    return table


if __name__ == "__main__":
    sys.exit(main())
