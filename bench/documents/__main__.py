"""Builds one site with several generators, reads it with our reader and others, and scores each against the source."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from msgspec import Struct
from rich.console import Console
from rich.table import Table

from bench.documents import speed
from bench.documents.generators import GENERATORS, build
from bench.documents.ours import read_as_a_parser
from bench.documents.pages import PAGES
from bench.documents.timing import Reading

OURS, ALONE = "this service", "html-to-markdown alone"
DEFUDDLE = Path(__file__).with_name("defuddle.mjs")
# What is wanted of us.
LEAST_TEXT, LEAST_CODE, LEAST_HEADINGS, MOST_JUNK = 0.99, 0.99, 0.99, 0.01
# How many times as long as html-to-markdown alone we may take, by the size of the page in KB.
MOST_TIMES = {14: 1.8, 96: 1.8}


class Built(Struct, frozen=True):
    """A page of the site, as a generator built it."""

    generator: str
    name: str
    path: Path


def main() -> None:
    """Measure, print, and fail where something is not as it is wanted."""
    parser = argparse.ArgumentParser(prog="bench.documents", description=__doc__)
    parser.add_argument(
        "--rivals", default=".venv-bench/bin/python", help="the Python that has the generators and readers"
    )
    parser.add_argument("--defuddle", default=".venv-defuddle", help="the folder that defuddle is installed in")
    arguments = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="llmstxt-bench-") as folder:
        site = list(_built(Path(folder), Path(arguments.rivals)))
        sized = [Built("", str(size), _sized(Path(folder), size)) for size in speed.SIZES]
        readings = _readings([*site, *sized], arguments.rivals, Path(arguments.defuddle))
    scores = _scores(site, readings, arguments.rivals)
    console.print(_comparison(site, readings, scores))
    console.print(_by_generator(site, scores))
    sys.exit(_report(len(site), readings, scores[OURS], console))


def _built(folder: Path, python: Path) -> Iterator[Built]:
    pandoc = next(python.parent.parent.glob("lib/python*/site-packages/pypandoc/files"), python.parent)
    path = os.pathsep.join(str(place.resolve()) for place in (python.parent, pandoc))
    for number, generator in enumerate(GENERATORS):
        paths = build(generator, folder / str(number), path)
        yield from (Built(generator.name, page.name, path) for page, path in zip(PAGES, paths, strict=True))


def _sized(folder: Path, size: int) -> Path:
    path = folder / f"{size}.html"
    path.write_text(speed.page(size))
    return path


def _readings(pages: list[Built], python: str, defuddle: Path) -> dict[str, list[Reading]]:
    """What each reader made of each page, by the reader's name."""
    readings = {OURS: read_as_a_parser([page.path for page in pages])}
    paths = json.dumps([str(page.path) for page in pages])
    readings |= _asked([python, "-m", "bench.documents.rivals"], paths)
    node = shutil.which("node")
    if node and (defuddle / "node_modules").is_dir():
        readings |= _asked([node, str(DEFUDDLE), str(defuddle.resolve())], paths)
    return readings


def _asked(command: list[str], question: str) -> dict[str, Any]:
    answer = subprocess.run(command, input=question, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603
    found: dict[str, Any] = json.loads(answer)
    return found


def _scores(site: list[Built], readings: dict[str, list[Reading]], python: str) -> dict[str, dict[str, float]]:
    """The scores by the reader's name, and ours also by the generator's."""
    pages = [
        (key, page.name, markdown)
        for reader, found in readings.items()
        for page, (markdown, _) in zip(site, found[: len(site)], strict=True)
        for key in ([reader, page.generator] if reader == OURS else [reader])
    ]
    return _asked([python, "-m", "bench.documents.score"], json.dumps(pages))


def _comparison(site: list[Built], readings: dict[str, list[Reading]], scores: dict[str, dict[str, float]]) -> Table:
    table = Table(
        "", "text F1", "code exact", "headings", "junk", "ms a page", "times ours", title=f"{len(site)} pages"
    )
    times = {reader: mean(ms for _, ms in found[: len(site)]) for reader, found in readings.items()}
    for reader, ms in times.items():
        table.add_row(reader, *_formatted(scores[reader]), f"{ms:.1f}", f"{ms / times[OURS]:.2f}")
    return table


def _by_generator(site: list[Built], scores: dict[str, dict[str, float]]) -> Table:
    table = Table("", "text F1", "code exact", "headings", "junk", title=f"{OURS}, by generator")
    for generator in dict.fromkeys(page.generator for page in site):
        table.add_row(generator, *_formatted(scores[generator]))
    return table


def _formatted(score: dict[str, float]) -> list[str]:
    return [f"{score[name]:.3f}" for name in ("text", "code", "headings", "junk")]


def _report(pages: int, readings: dict[str, list[Reading]], score: dict[str, float], console: Console) -> int:
    figures = [
        ("text F1", f"{score['text']:.3f}", f"at least {LEAST_TEXT:g}", score["text"] >= LEAST_TEXT),
        ("code exact", f"{score['code']:.3f}", f"at least {LEAST_CODE:g}", score["code"] >= LEAST_CODE),
        ("headings", f"{score['headings']:.3f}", f"at least {LEAST_HEADINGS:g}", score["headings"] >= LEAST_HEADINGS),
        ("junk", f"{score['junk']:.3f}", f"at most {MOST_JUNK:g}", score["junk"] <= MOST_JUNK),
    ]
    for at, size in enumerate(speed.SIZES, start=pages):
        (_, ours), (_, alone) = readings[OURS][at], readings[ALONE][at]
        most, times = MOST_TIMES[size], ours / alone
        measured = f"{ours:.1f} ms, {times:.2f} times {ALONE}"
        figures.append((f"a page of {size} KB", measured, f"at most {most:g} times", times <= most))
    table = Table("", "measured", "wanted", "", title=OURS)
    for name, measured, wanted, is_met in figures:
        table.add_row(name, measured, wanted, "yes" if is_met else "NO")
    console.print(table)
    return 0 if all(is_met for *_, is_met in figures) else 1


if __name__ == "__main__":
    main()
