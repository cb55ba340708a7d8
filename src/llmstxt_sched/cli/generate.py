"""The `generate` command: crawls one site without Postgres or Redis; prints llms.txt or writes all documents."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO

from msgspec import Struct

from llmstxt_sched.cli.crawling.crawl_arguments import add_crawl_arguments, limits_of
from llmstxt_sched.cli.crawling.crawl_summary import OTHER_EDITIONS, crawl_summary, is_whole
from llmstxt_sched.cli.crawling.credential_arguments import add_credential_arguments, credentials_of
from llmstxt_sched.cli.crawling.output_files import replace_files
from llmstxt_sched.cli.streams import forget_output
from llmstxt_sched.config import Settings
from llmstxt_sched.crawler.crawl import crawl
from llmstxt_sched.crawler.host_pace import LocalPace
from llmstxt_sched.crawler.model import PAGES, Known, Limits, Outcome, Report, Visit, Watch
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT, Contents, Index, Page
from llmstxt_sched.documents.render import render_full, render_indexes, render_page
from llmstxt_sched.documents.selection.select import select, wanted_pages
from llmstxt_sched.documents.text import one_line, safe_url
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.address_globs import check_address_glob
from llmstxt_sched.domain.credentials import check_credentials
from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.errors import AddressRefused, ConfigError, CrawlFailed, InvalidInput
from llmstxt_sched.outbound.client import Client, open_client
from llmstxt_sched.outbound.dial import read_nameservers
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.headers import user_agent

WRITTEN, NOTHING, BAD_ARGUMENTS = 0, 1, 2
# Addresses of limits are part of what is said at the end.
_MAX_MESSAGE = 1000


class Crawled(Struct, frozen=True):
    """The result of the crawl: its pages in order, the site's contents where files of their own list them, and a
    function that reads a page's Markdown by its URL.  `left_out` counts what is no page of the documents, by kind.
    """

    report: Report
    pages: Sequence[Page]
    contents: Sequence[Contents]
    left_out: Mapping[str, int]
    markdown: Callable[[str], str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "url", metavar="URL", help="the page to start from; a path restricts the crawl to its folder (see --scope)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="write llms.txt, llms-full.txt and the pages here")
    add_crawl_arguments(parser)
    add_credential_arguments(parser)
    parser.set_defaults(command=generate)


async def generate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Crawl the site and write its documents; the exit status is 0, 1 if the crawl failed, 2 for bad arguments."""
    try:
        host = urls.parse(arguments.url).host
        for pattern in (*arguments.include, *arguments.exclude):
            check_address_glob(pattern, [host])
        gate = Gate(settings.egress.allow)
        nameservers = read_nameservers(settings.egress.nameservers)
        credentials = credentials_of(arguments)
        check_credentials(credentials)
        if arguments.out:
            arguments.out.mkdir(parents=True, exist_ok=True)
    except (AddressRefused, ConfigError, InvalidInput) as error:
        return _complain(error.message, BAD_ARGUMENTS)
    except ValueError as error:
        return _complain(str(error), BAD_ARGUMENTS)
    except OSError as error:
        return _complain(f"--out {arguments.out}: {error.strerror}", BAD_ARGUMENTS)
    limits = limits_of(arguments, settings.crawl)
    agent = user_agent(version("llmstxt-sched"), settings.api.public_url)
    try:
        async with (
            # First, because its processes start beside what follows.
            ParserPool(settings.crawl.parsers) as parser,
            open_client(gate, agent, nameservers) as client,
            _crawled(arguments.url, limits, client, parser, credentials.request_headers()) as crawled,
        ):
            _write(crawled, arguments.out)
            _tell(crawled, arguments.out)
    except CrawlFailed as error:
        return _complain(error.message, NOTHING)
    except OSError as error:
        forget_output()
        return _complain(f"{arguments.out or 'standard output'} cannot be written: {error.strerror}", NOTHING)
    return WRITTEN


@asynccontextmanager
async def _crawled(
    url: str, limits: Limits, client: Client, parser: ParserPool, own_headers: Mapping[str, str]
) -> AsyncIterator[Crawled]:
    # The Markdown of the pages is kept on disk, because that of a large site may not fit into memory.
    with tempfile.TemporaryFile() as store, _bar(limits.max_pages) as watch:
        stored_pages = _MarkdownFile(store)
        report = await crawl(
            url,
            limits,
            client=client,
            parser=parser,
            pace=LocalPace(),
            recall=_nothing_known,
            keep=stored_pages.keep,
            watch=watch,
            own_headers=own_headers,
        )
        options = CrawlOptions(languages=limits.languages, versions=limits.versions)
        met = stored_pages.pages()
        pages = wanted_pages(met, report.start_url, options)
        left_out = {**stored_pages.left_out, OTHER_EDITIONS: len(met) - len(pages)}
        yield Crawled(report, pages, stored_pages.contents, left_out, stored_pages.markdown)


class _MarkdownFile:
    """Stores the Markdown of all pages in one file, with its offset and length in bytes for each page.

    Pages are found by their URL as it is written in an index.
    """

    def __init__(self, store: IO[bytes]) -> None:
        self._store = store
        self._places: dict[str, tuple[int, int]] = {}
        self._pages: list[tuple[int, Page]] = []
        self.contents: list[Contents] = []
        self.left_out: Counter[str] = Counter()

    async def keep(self, visits: Sequence[Visit]) -> None:
        for visit in visits:
            self.left_out[visit.outcome] += visit.outcome not in PAGES
            content = visit.content
            if visit.outcome is Outcome.DUPLICATE:
                continue
            if content is not None and visit.outcome not in PAGES:
                self.contents += [content.extract.contents] if content.extract.contents else []
            elif content is not None:
                page = Page(
                    visit.url,
                    urls.markdown_path(visit.url),
                    content.extract,
                    content.sha256,
                    content.language,
                    content.translations,
                )
                self._pages.append((visit.position, page))
                data = content.markdown.encode()
                self._places[safe_url(visit.url)] = self._store.seek(0, 2), len(data)
                self._store.write(data)

    def pages(self) -> list[Page]:
        """The pages, in crawl order."""
        return [page for _, page in sorted(self._pages, key=lambda placed: placed[0])]

    def markdown(self, url: str) -> str:
        place, length = self._places[safe_url(url)]
        self._store.seek(place)
        return self._store.read(length).decode()


def _write(crawled: Crawled, folder: Path | None) -> None:
    index = select(crawled.pages, crawled.report.start_url, crawled.contents)
    indexes = render_indexes(index)
    if folder is None:
        sys.stdout.buffer.write(indexes[LLMS_TXT])
        sys.stdout.buffer.flush()
        return
    titles = {entry.url: entry.title for section in index.sections for entry in section.entries}
    files: list[tuple[str, Iterable[bytes]]] = [(name, [data]) for name, data in indexes.items()]
    files.append((LLMS_FULL_TXT, _full(index, crawled)))
    files += [(page.path, _page(page, titles[safe_url(page.url)], crawled)) for page in crawled.pages]
    replace_files(folder, files)


def _page(page: Page, title: str, crawled: Crawled) -> Iterator[bytes]:
    """The Markdown copy of a page, read only when it is written."""
    yield render_page(title, crawled.markdown(page.url))


def _tell(crawled: Crawled, folder: Path | None) -> None:
    # Like any filter, the command is silent where all of it went to standard output and nobody sits before a terminal.
    if folder is None and is_whole(crawled.report, crawled.left_out) and not sys.stderr.isatty():
        return
    place = "listed" if folder is None else f"written to {folder}"
    _say(crawl_summary(crawled.report, len(crawled.pages), crawled.left_out, place))


def _full(index: Index, crawled: Crawled) -> Iterator[bytes]:
    entries = (entry for section in index.sections for entry in section.entries)
    return render_full(index.name, ((entry, crawled.markdown(entry.url)) for entry in entries))


def _unwatched(_: Progress, __: str) -> None:
    """Nobody sits before a terminal."""


async def _nothing_known(_: str) -> Known | None:
    return None


@contextmanager
def _bar(total: int) -> Iterator[Watch]:
    """A progress bar on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield _unwatched
        return
    # Not above, because it takes a tenth of the command's start.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[left]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("crawling", total=total, left="")

        def watch(progress: Progress, _: str) -> None:
            left = f"{progress.failed} failed" if progress.failed else ""
            bar.update(task, completed=progress.visited, total=max(progress.found, 1), left=left)

        yield watch


def _complain(message: str, status: int) -> int:
    _say(message)
    return status


def _say(message: str) -> None:
    print(f"llmstxt-sched: {one_line(message, _MAX_MESSAGE)}", file=sys.stderr)  # noqa: T201 - a command's own voice
