"""Scrapy and Crawlee with html-to-markdown; run by the Python of an environment that has them.

    spiders.py scrapy|crawlee URL PAGES

Follows the links of one site and keeps each page's title and Markdown in SQLite.  Prints the number of pages as JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from html_to_markdown import convert

# As many requests at once as the service makes of one host.
CONNECTIONS = 2


class Store:
    """The pages that were read, in one file."""

    def __init__(self, folder: str) -> None:
        self._database = sqlite3.connect(Path(folder) / "pages.sqlite")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("CREATE TABLE pages (url TEXT PRIMARY KEY, title TEXT, markdown TEXT)")
        self.count = 0

    def keep(self, url: str, title: str, html: str) -> None:
        """Convert one page and keep it; one commit for thirty-two, as the service does."""
        self._database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", (url, title, markdown(html)))
        self.count += 1
        if self.count % 32 == 0:
            self._database.commit()


def markdown(html: str) -> str:
    """The page as Markdown."""
    converted: Any = convert(html)
    return str(getattr(converted, "content", converted))


def scrapy(url: str, pages: int, store: Store) -> None:
    """One spider with Scrapy's own duplicate filter and robots.txt on."""
    from scrapy import Spider
    from scrapy.crawler import CrawlerProcess
    from scrapy.exceptions import CloseSpider
    from scrapy.http import Response

    class Docs(Spider):  # type: ignore[misc]
        name = "docs"
        start_urls = [url]  # noqa: RUF012  (Scrapy reads it from the class)
        allowed_domains = [str(urlsplit(url).hostname)]  # noqa: RUF012

        def parse(self, response: Response, **_: Any) -> Iterator[Any]:
            if store.count >= pages:
                raise CloseSpider("pages")
            store.keep(response.url, response.css("title::text").get(""), response.text)
            yield from response.follow_all(css="a::attr(href)")

    settings = {
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS_PER_DOMAIN": CONNECTIONS,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
    }
    process = CrawlerProcess(settings)
    process.crawl(Docs)
    process.start()


async def crawlee(url: str, pages: int, store: Store) -> None:
    """Crawlee's crawler with Parsel, its storage in memory."""
    from crawlee import ConcurrencySettings, service_locator
    from crawlee.crawlers import ParselCrawler, ParselCrawlingContext
    from crawlee.storage_clients import MemoryStorageClient

    service_locator.set_storage_client(MemoryStorageClient())
    crawler = ParselCrawler(
        max_requests_per_crawl=pages,
        respect_robots_txt_file=True,
        request_handler_timeout=timedelta(seconds=60),
        concurrency_settings=ConcurrencySettings(
            min_concurrency=CONNECTIONS, desired_concurrency=CONNECTIONS, max_concurrency=CONNECTIONS
        ),
        configure_logging=False,
    )
    logging.getLogger("crawlee").setLevel(logging.ERROR)

    async def keep(context: ParselCrawlingContext) -> None:
        html = (await context.http_response.read()).decode()
        store.keep(context.request.url, context.selector.css("title::text").get(""), html)
        await context.enqueue_links()

    crawler.router.default_handler(keep)
    await crawler.run([url])


def main() -> None:
    """Crawl, and say how many pages were read."""
    name, url, pages = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        if name == "scrapy":
            scrapy(url, pages, store)
        else:
            asyncio.run(crawlee(url, pages, store))
        print(json.dumps(store.count))


if __name__ == "__main__":
    main()
