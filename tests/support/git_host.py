"""A host of one Git repository on 127.0.0.1: its history, and what all hosts answer alike."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "token-of-the-tests"


class Refusal(Exception):
    """An answer that is an error; `errors` are those that GitHub's validation lists."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None, *errors: str) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message}
        if errors:
            self.body["errors"] = [{"resource": "PullRequest", "code": "custom", "message": each} for each in errors]
        self.headers = dict(headers or {})


@dataclass
class Commit:
    files: dict[str, bytes]
    parents: tuple[str, ...] = ()
    message: str = ""


@dataclass
class GitHost:
    """Branches and commits of one repository, the requests between branches, and what was asked.

    `meanwhile` is called once, before the first request that writes, as somebody else who is faster.
    `cut` has that many answers to requests that wrote something get lost.
    """

    name: str = "acme/docs"
    branches: dict[str, str] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    is_secondaryd: bool = False
    may_write: bool = True
    protected: frozenset[str] = frozenset()
    refusal: Refusal | None = None
    meanwhile: Callable[[], object] | None = None
    after_write: Callable[[], Awaitable[None]] | None = None
    cut: int = 0
    origin: str = ""

    def add(self, branch: str, files: Mapping[str, bytes], parents: tuple[str, ...] = (), message: str = "") -> str:
        """A commit of these whole contents, at the tip of `branch`."""
        sha = self.store(Commit(dict(files), parents, message))
        self.branches[branch] = sha
        return sha

    def store(self, commit: Commit) -> str:
        sha = hashlib.sha1(repr((len(self.commits), commit)).encode()).hexdigest()
        self.commits[sha] = commit
        return sha

    def change(self, branch: str, files: Mapping[str, bytes], message: str = "by hand") -> str:
        """A commit on top of `branch`."""
        tip = self.branches[branch]
        return self.add(branch, self.commits[tip].files | dict(files), (tip,), message)

    def files(self, branch: str) -> dict[str, bytes]:
        return self.commits[self.branches[branch]].files

    def log(self, branch: str) -> list[str]:
        """The messages of the commits that the first parents lead to, newest first."""
        messages, sha = [], self.branches.get(branch, "")
        while sha:
            commit = self.commits[sha]
            messages.append(commit.message)
            sha = commit.parents[0] if commit.parents else ""
        return messages

    def holds(self, tip: str, ancestor: str) -> bool:
        """Whether `ancestor` is `tip`, or comes before it."""
        return tip == ancestor or any(self.holds(parent, ancestor) for parent in self.commits[tip].parents)

    def last_change(self, branch: str, path: str) -> str:
        """The newest commit by which the file became what it is."""
        sha = self.branches[branch]
        while (parents := self.commits[sha].parents) and (
            self.commits[parents[0]].files.get(path) == self.commits[sha].files.get(path)
        ):
            sha = parents[0]
        return sha

    def open_requests(self) -> list[dict[str, Any]]:
        return [request for request in self.requests if request["state"] in {"open", "opened"}]


Answering = Callable[[web.BaseRequest, Any], Awaitable[web.Response] | web.Response]


@contextlib.asynccontextmanager
async def hosting(host: GitHost, answer: Answering) -> AsyncIterator[None]:
    """`host` on a free port, as `host.origin`, until the end of the block."""

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        host.asked.append(f"{request.method} {request.raw_path}")
        body = await request.content.read(-1)
        is_write = request.method not in {"GET", "HEAD"}
        try:
            if host.refusal:
                raise host.refusal
            if is_write and host.meanwhile:
                meanwhile, host.meanwhile = host.meanwhile, None
                meanwhile()
            response = answer(request, json.loads(body) if body else None)
            response = response if isinstance(response, web.Response) else await response
        except Refusal as refusal:
            return web.json_response(refusal.body, status=refusal.status, headers=refusal.headers)
        if is_write and host.after_write:
            await host.after_write()
        if is_write and host.cut:
            host.cut -= 1
            assert request.transport is not None
            request.transport.abort()
            await asyncio.sleep(0)
        return response

    runner = web.ServerRunner(web.Server(handle), shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    host.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield
    finally:
        await runner.cleanup()
