"""A small documentation site on 127.0.0.1, such as projects are made of: two sections of pages, and what a crawl skips.

Its pages can change from one crawl to the next, and a crawl can be held while somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

GUIDES = {
    "quickstart": ("Quickstart", "Install the server and write your first event in five minutes."),
    "concepts": ("Core concepts", "Streams and views, and when to use each."),
    "self-hosting": ("Self-hosting", "One container, one volume. Backups and upgrades."),
    "retention": ("Retention", "How long events are kept, and how to keep them longer."),
}
REFERENCE = {
    "events": ("Events", "Append, read and subscribe to events over HTTP."),
    "projections": ("Projections", "Define, rebuild and query projections."),
    "errors": ("Errors", "Every error code, and what to do about it."),
}
SUMMARY = "Guides and API reference for Acme, the event store for small teams."
PARAGRAPHS = 12


class DocsSite:
    """What the site holds: titles and descriptions by path, below `/guides/` and `/reference/`."""

    def __init__(self, name: str, server: ThreadingHTTPServer) -> None:
        self.name = name
        self._server = server
        self._may_answer = Event()
        self.reset()

    def reset(self) -> None:
        """Be as at first."""
        self.guides: dict[str, tuple[str, str]] = dict(GUIDES)
        self.reference: dict[str, tuple[str, str]] = dict(REFERENCE)
        # Whole pages by their paths, in place of those that would be made.
        self.whole: dict[str, str] = {}
        # In the text of every page's first paragraph.
        self.edition = 1
        self.robots = "User-agent: *\nDisallow: /internal/\n"
        # The llms.txt that the site itself serves, if any.
        self.llms_txt: str | None = None
        self.release()

    @property
    def url(self) -> str:
        """Its address, with a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def hold(self) -> None:
        """Leave every page but the first unanswered, until `release`."""
        self._may_answer.clear()

    def release(self) -> None:
        """Answer again, also what has been asked meanwhile."""
        self._may_answer.set()

    def answer(self, path: str) -> tuple[int, str, str]:
        """The status, the media type and the body."""
        if path == "/robots.txt":
            return 200, "text/plain", self.robots
        if path == "/llms.txt" and self.llms_txt is not None:
            return 200, "text/plain", self.llms_txt
        if path == "/":
            return (
                200,
                "text/html",
                self._page(self.name, SUMMARY, '<a href="/internal/plans">Plans</a> <a href="/gone">Gone</a>'),
            )
        self._may_answer.wait()
        if path in self.whole:
            return 200, "text/html", self.whole[path]
        folder, _, name = path.strip("/").partition("/")
        pages = {"guides": self.guides, "reference": self.reference}.get(folder, {})
        if name not in pages:
            return 404, "text/html", "<title>Not found</title><p>There is no such page."
        title, description = pages[name]
        return 200, "text/html", self._page(title, description, self._text(title))

    def _page(self, title: str, description: str, content: str) -> str:
        sections = "".join(
            _section(*each)
            for each in [("Guides", "guides", self.guides), ("API reference", "reference", self.reference)]
        )
        return (
            f'<!doctype html><html lang="en"><head><title>{escape(title)}</title>'
            f'<meta name="description" content="{escape(description)}"></head>'
            f"<body><nav><ul>{sections}</ul></nav><main><h1>{escape(title)}</h1><p>{escape(description)}</p>{content}"
            "</main></body></html>"
        )

    def _text(self, title: str) -> str:
        first = f"<p>Edition {self.edition} of this page says what a reader needs, step by step.</p>"
        return first + "".join(
            f"<h2>Part {number}</h2><p>Part {number} of {escape(title)}: what it is for, and an example.</p>"
            for number in range(1, PARAGRAPHS + 1)
        )


def _section(title: str, folder: str, pages: Mapping[str, tuple[str, str]]) -> str:
    links = "".join(f'<li><a href="/{folder}/{name}">{escape(page)}</a></li>' for name, (page, _) in pages.items())
    return f"<li>{title}<ul>{links}</ul></li>"


class _Server(ThreadingHTTPServer):
    site: DocsSite

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a crawl that is canceled hangs up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        status, media_type, body = self.server.site.answer(self.path)
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class' name)
        return


@contextmanager
def serve_docs(name: str = "Acme Docs") -> Iterator[DocsSite]:
    """The site on a free port, until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.site = site = DocsSite(name, server)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        site.release()
        server.shutdown()
        server.server_close()
