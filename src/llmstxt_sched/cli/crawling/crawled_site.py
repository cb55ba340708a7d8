"""A site's documents without Postgres or Redis: its pages are crawled into one file, then written to a folder."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct

from llmstxt_sched.cli.crawling.crawl_summary import OTHER_EDITIONS
from llmstxt_sched.cli.crawling.output_files import replace_files
from llmstxt_sched.crawler.crawl import crawl
from llmstxt_sched.crawler.earlier_pages import NoEarlierPages
from llmstxt_sched.crawler.host_pace import LocalPace
from llmstxt_sched.crawler.model import PAGES, Limits, Outcome, Report, Visit, Watch
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.documents.model import LLMS_FULL_TXT, LLMS_TXT, Contents, Index, Page
from llmstxt_sched.documents.render import render_full, render_indexes, render_page
from llmstxt_sched.documents.selection.select import select, wanted_pages
from llmstxt_sched.documents.text import safe_url
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.domain.run import Progress
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.outbound.client import Client


class CrawledSite(Struct, frozen=True):
    """The result of the crawl: its pages in order, the site's contents where files of their own list them, and a
    function that reads a page's Markdown by its URL.  `left_out` counts what is no page of the documents, by kind.
    """

    report: Report
    pages: Sequence[Page]
    contents: Sequence[Contents]
    left_out: Mapping[str, int]
    markdown: Callable[[str], str]


@asynccontextmanager
async def crawled(
    url: str, limits: Limits, client: Client, parser: ParserPool, own_headers: Mapping[str, str]
) -> AsyncIterator[CrawledSite]:
    """Crawl the site at `url`; its pages are there until the block ends.  Raises CrawlFailed as `crawl` does."""
    # The Markdown of the pages is kept on disk, because that of a large site may not fit into memory.
    with tempfile.TemporaryFile() as store, _bar(limits.max_pages) as watch:
        stored_pages = _MarkdownFile(store)
        report = await crawl(
            url,
            limits,
            client=client,
            parser=parser,
            pace=LocalPace(),
            earlier=NoEarlierPages(),
            keep=stored_pages.keep,
            watch=watch,
            own_headers=own_headers,
        )
        options = CrawlOptions(languages=limits.languages, versions=limits.versions)
        met = stored_pages.pages()
        pages = wanted_pages(met, report.start_url, options)
        left_out = {**stored_pages.left_out, OTHER_EDITIONS: len(met) - len(pages)}
        yield CrawledSite(report, pages, stored_pages.contents, left_out, stored_pages.markdown)


def write(site: CrawledSite, folder: Path | None, waits: Callable[[], None]) -> None:
    """Write the documents to `folder`, or llms.txt to standard output.

    `waits` is called before others that write to the folder are waited for.
    """
    index = select(site.pages, site.report.start_url, site.contents)
    indexes = render_indexes(index)
    if folder is None:
        sys.stdout.buffer.write(indexes[LLMS_TXT])
        sys.stdout.buffer.flush()
        return
    titles = {entry.url: entry.title for section in index.sections for entry in section.entries}
    # The indexes last: whatever breaks off, they list what is there.
    files: list[tuple[str, Iterable[bytes]]] = [
        (page.path, _page(page, titles[safe_url(page.url)], site)) for page in site.pages
    ]
    files.append((LLMS_FULL_TXT, _full(index, site)))
    files += [(name, [data]) for name, data in reversed(indexes.items())]
    replace_files(folder, files, waits)


def _page(page: Page, title: str, site: CrawledSite) -> Iterator[bytes]:
    """The Markdown copy of a page, read only when it is written."""
    yield render_page(title, site.markdown(page.url))


def _full(index: Index, site: CrawledSite) -> Iterator[bytes]:
    entries = (entry for section in index.sections for entry in section.entries)
    return render_full(index.name, ((entry, site.markdown(entry.url)) for entry in entries))


def _unwatched(_: Progress, __: str) -> None:
    """Nobody sits before a terminal."""


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
            elif isinstance(content, Content):
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
