"""The service as its users see it: a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx

COMMAND = Path(sys.executable).with_name("llmstxt-sched")
HIDDEN = Path(__file__).with_name("hidden")
TOKEN = "llms_for_the_tests_and_long_enough"
# Generous: a bound for when something is broken, not a figure.
PATIENCE_SECONDS = 60.0


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def until(condition: Callable[[], Any], what: str | Callable[[], str]) -> Any:
    """What `condition` gives once it is true; `what` is said, or asked for, once that was waited for in vain."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what if isinstance(what, str) else what()}")


class Service:
    """One process of the service, on the files in `data`."""

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.api_port, self.health_port = free_port(), free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(HIDDEN),
            "HOME": str(data),
            "LLMSTXT_DATA__DIR": str(data / "servers"),
            "LLMSTXT_API__PORT": str(self.api_port),
            "LLMSTXT_HEALTH__PORT": str(self.health_port),
            "LLMSTXT_AUTH__BOOTSTRAP_TOKEN": TOKEN,
            "LLMSTXT_EGRESS__ALLOW": "127.0.0.0/8",
            "LLMSTXT_CRAWL__DELAY_SECONDS": "0",
            "LLMSTXT_CRAWL__PARSERS": "1",
            "LLMSTXT_LIMITS__SIGN_INS_PER_ADDRESS": "10000",
            "LLMSTXT_LIMITS__SIGN_INS_PER_NAME": "10000",
            **(settings or {}),
        }
        self.url = f"http://127.0.0.1:{self.api_port}"
        self.log_path = data / "service.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.client = httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30)
        self.health = httpx.Client(base_url=f"http://127.0.0.1:{self.health_port}", timeout=30)

    @property
    def log(self) -> str:
        """All that it printed."""
        return self.log_path.read_text()

    def start(self, *arguments: str) -> None:
        """Start it, with arguments of `serve`, and wait until it is ready."""
        self.launch(*arguments)
        until(self.is_ready, lambda: f"/ready; the log says:\n{self.log}")

    def launch(self, *arguments: str) -> None:
        """Start it and do not wait."""
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [COMMAND, "serve", *arguments], env=self.environment, stdout=log, stderr=log, cwd=self.data
            )

    def is_ready(self) -> bool:
        """Whether it serves.  Fails where the process has ended."""
        assert self.process
        assert self.process.poll() is None, self.log
        try:
            return self.health.get("/ready").status_code == 200
        except httpx.TransportError:
            return False

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; gives the exit code."""
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def close(self) -> None:
        """End it, if it runs."""
        self.client.close()
        self.health.close()
        if self.process and self.process.poll() is None:
            self.end()

    def json(self, method: str, path: str, body: Any = None, expect: int = 200) -> Any:
        """The answer to a call that is expected to end in `expect`."""
        answer = self.client.request(method, path, json=body)
        assert answer.status_code == expect, answer.text
        return answer.json() if answer.content else None

    def run_ended(self, run_id: str) -> dict[str, Any]:
        """The run, once it has ended or waits for its next try."""

        def ended() -> dict[str, Any] | None:
            run: dict[str, Any] = self.json("GET", f"/api/runs/{run_id}")
            return None if run["status"] in {"QUEUED", "IN_PROGRESS"} else run

        found: dict[str, Any] = until(ended, f"the end of run {run_id}")
        return found

    def run_now(self, project_id: str) -> dict[str, Any]:
        """Ask for a run and wait for its end."""
        return self.run_ended(self.json("POST", f"/api/projects/{project_id}/runs", expect=202)["id"])


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder to who sends the token, if there is one, and remembers what was asked and answered."""

    asked: list[tuple[str, int]]
    token: str

    def do_GET(self) -> None:
        if self.token and self.headers["X-Token"] != self.token:
            self.send_error(401)
        else:
            super().do_GET()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        self.asked.append((self.path, int(code)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class' name)
        return


class Site:
    """A folder of HTML files on 127.0.0.1; `asked` holds each path and status."""

    def __init__(self, folder: Path, server: ThreadingHTTPServer, asked: list[tuple[str, int]]) -> None:
        self.folder = folder
        self.asked = asked
        self._server = server

    @property
    def url(self) -> str:
        """Its address, with a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def write(self, name: str, title: str, text: str, *links: str) -> None:
        """Put a page there, changed a while ago: Last-Modified has seconds, and two edits may share one."""
        anchors = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
        page = (
            f"<!doctype html><html lang=en><head><title>{title} - Tests</title></head><body><main><h1>{title}</h1>"
            f"<p>{text}</p><ul>{anchors}</ul></main></body></html>"
        )
        path = self.folder / name
        before = path.stat().st_mtime if path.exists() else time.time() - 100_000
        path.write_text(page)
        os.utime(path, (before + 1000, before + 1000))


@contextmanager
def serve_site(folder: Path, token: str = "") -> Iterator[Site]:
    """A small site of five pages, one of them forbidden by robots.txt, served until the block ends."""
    asked: list[tuple[str, int]] = []
    handler = type("SiteHandler", (Handler,), {"asked": asked, "token": token, "protocol_version": "HTTP/1.1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    site = Site(folder, server, asked)
    site.write("index.html", "Home", "Where everything about the tests begins.", "one.html", "two.html", "secret.html")
    site.write("one.html", "First", "The first of the pages, with a sentence of its own.", "three.html")
    site.write("two.html", "Second", "The second of the pages, with another sentence.")
    site.write("three.html", "Third", "The third of the pages, which only the first one links to.")
    site.write("secret.html", "Secret", "What robots.txt forbids to look at.")
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /secret.html\n")
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
