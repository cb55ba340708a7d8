"""`make crawl`: the service's crawl beside others on the same pages, and its API and its memory meanwhile."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import uvloop
from rich.console import Console
from rich.table import Table

from bench.crawl import meanwhile, speed
from bench.crawl.meanwhile import Meanwhile
from bench.crawl.service import service
from bench.crawl.speed import AGAIN, FIRST, GENERATE, SCRAPY, Taken

# Pages of each size in KB that all crawl, and how many tiny ones the service crawls by itself.
SIZES = {14: 1200, 96: 500}
TINY = (1_000, 10_000, 30_000)
SMALLER = 10
# What is wanted of us, as ratios to Scrapy: pages a second, and the processor time of an unchanged re-run.
LEAST_TIMES, MOST_OF_RERUN = {14: 4.0, 96: 6.0}, {14: 0.12, 96: 0.02}
MOST_CPU, MOST_MS, MOST_MB = 0.45, 15.0, 40.0
# Name, measured, wanted, whether it is met.
Figure = tuple[str, str, str, bool]


def main() -> None:
    """Measure, print, and fail where something is not as it is wanted."""
    parser = argparse.ArgumentParser(prog="bench.crawl", description=__doc__)
    parser.add_argument("--rivals", default=".venv-bench/bin/python", help="the Python that has Scrapy and Crawlee")
    parser.add_argument("--small", action="store_true", help=f"a {SMALLER}th of the pages, for a try")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="llmstxt-bench-") as folder:
        # The servers' user may be another one.
        Path(folder).chmod(0o755)
        divisor = SMALLER if arguments.small else 1
        sys.exit(uvloop.run(measure(Path(folder), arguments.rivals, divisor, Console())))


async def measure(folder: Path, rivals: str, divisor: int, console: Console) -> int:
    """All of it, for a `divisor`th of the pages; gives the exit code."""
    async with service(folder) as ours:
        await ours.warm_up()
        taken = {
            size: await speed.measure(ours, pages // divisor, size, rivals, folder) for size, pages in SIZES.items()
        }
    (folder / "alone").mkdir(mode=0o755)
    async with service(folder / "alone") as ours:
        found = [await meanwhile.measure(ours, pages // divisor) for pages in TINY]
    for size, by_name in taken.items():
        console.print(_comparison(size, by_name))
    console.print(_by_number(found))
    figures = [each for size, by_name in taken.items() for each in _ratios(size, by_name)] + _limits(found)
    table = Table("", "measured", "wanted", "", title="this service")
    for name, measured, wanted, is_met in figures:
        table.add_row(name, measured, wanted, "yes" if is_met else "NO")
    console.print(table)
    return 0 if all(is_met for *_, is_met in figures) else 1


def _comparison(size: int, taken: dict[str, Taken]) -> Table:
    table = Table("", "pages/s", "times Scrapy", "CPU ms a page", "of Scrapy's", title=f"pages of {size} KB")
    scrapy = taken[SCRAPY]
    for name, each in taken.items():
        speed_ratio, cpu_ratio = each.pages_a_second / scrapy.pages_a_second, each.cpu_ms / scrapy.cpu_ms
        table.add_row(
            name, f"{each.pages_a_second:,.0f}", f"{speed_ratio:.2f}", f"{each.cpu_ms:.2f}", f"{cpu_ratio:.3f}"
        )
    table.caption = "the service: its Postgres and Valkey included"
    return table


def _by_number(found: list[Meanwhile]) -> Table:
    table = Table("tiny pages", "API p50 / p99 / longest, ms", "re-run, ms", "memory, MiB", "after re-runs")
    for each in found:
        table.add_row(f"{each.pages:,}", each.first, each.again, f"{each.mb:.0f}", f"{each.mb_again:.0f}")
    return table


def _ratios(size: int, taken: dict[str, Taken]) -> list[Figure]:
    scrapy, first, again = taken[SCRAPY], taken[FIRST], taken[AGAIN]
    times = first.pages_a_second / scrapy.pages_a_second
    cpu, rerun = first.cpu_ms / scrapy.cpu_ms, again.cpu_ms / scrapy.cpu_ms
    generate = taken[GENERATE].pages_a_second / first.pages_a_second
    return [
        (
            f"pages a second at {size} KB",
            f"{times:.2f} times Scrapy",
            f"{LEAST_TIMES[size]:g}",
            times >= LEAST_TIMES[size],
        ),
        (f"CPU a page at {size} KB", f"{cpu:.2f} of Scrapy's", f"{MOST_CPU:g}", cpu <= MOST_CPU),
        (
            f"CPU of a re-run at {size} KB",
            f"{rerun:.3f} of Scrapy's first",
            f"{MOST_OF_RERUN[size]:g}",
            rerun <= MOST_OF_RERUN[size],
        ),
        (f"generate at {size} KB", f"{generate:.2f} times the service", "1", generate >= 1),
    ]


def _limits(found: list[Meanwhile]) -> list[Figure]:
    slowest = max(each.p99_ms for each in found)
    growth = found[-1].mb - found[0].mb
    flat = max(each.mb_again - each.mb for each in found)
    return [
        ("API p99 beside a crawl", f"{slowest:.1f} ms", f"{MOST_MS:g} ms", slowest <= MOST_MS),
        (f"memory from {TINY[0]:,} to {TINY[-1]:,} pages", f"+ {growth:.0f} MiB", f"{MOST_MB:g}", growth <= MOST_MB),
        ("memory over re-runs", f"{flat:+.0f} MiB", "flat", flat <= MOST_MB / 4),
    ]


if __name__ == "__main__":
    main()
