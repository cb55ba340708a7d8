"""Small sites on 127.0.0.1 for the crawl's tests."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from aiohttp import web

Answer = web.Response | str | Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Site:
    """A server that answers each path with what `pages` holds: HTML, a response, or a handler; else with `other`.

    `asked` counts the requests by path and query; `headers` holds those of the last request.
    """

    def __init__(self, pages: Mapping[str, Answer]) -> None:
        self.pages = dict(pages)
        self.other: Answer = web.Response(status=404)
        self.asked: Counter[str] = Counter()
        self.headers: dict[str, str] = {}
        self.origin = ""
        self.port = 0

    def url(self, path: str = "/") -> str:
        return self.origin + path

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked[request.path_qs] += 1
        self.headers = dict(request.headers)
        page = self.pages.get(request.path_qs, self.other)
        if callable(page):
            return await page(request)
        if isinstance(page, str):
            return web.Response(text=page, content_type="text/html")
        return web.Response(body=page.body, status=page.status, headers=page.headers)


def page(title: str, *links: str, head: str = "", text: str = "") -> str:
    """A page with a heading, a sentence and links."""
    anchors = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>"
        f"<p>{text or f'This page tells all there is to know about {title}.'}</p>"
        f"<ul>{anchors}</ul></main></body></html>"
    )


def text(body: str) -> web.Response:
    """A text file, as robots.txt is."""
    return web.Response(text=body)


def moved(location: str, status: int = 302) -> web.Response:
    """A redirect."""
    return web.Response(status=status, headers={"Location": location})


@contextlib.asynccontextmanager
async def serving(
    pages: Mapping[str, Answer], tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Site]:
    """`pages` on a free port of `host`."""
    site = Site(pages)
    runner = web.ServerRunner(web.Server(site.answer), shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, host, 0, ssl_context=tls)
    await listener.start()
    site.port = runner.addresses[0][1]
    site.origin = f"{'https' if tls else 'http'}://{host}:{site.port}"
    try:
        yield site
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def speaking(reply: bytes) -> AsyncIterator[str]:
    """The origin of a server that answers every connection with these bytes and ends it."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def catching(site: Site, pages: Mapping[str, Answer], other: Answer) -> None:
    """Have `site` show these pages, and this answer at any other address but those of a site's own files."""
    files = {path: web.Response(status=404) for path in ("/robots.txt", "/sitemap.xml", "/llms.txt")}
    site.pages, site.other = {**files, **pages}, other
