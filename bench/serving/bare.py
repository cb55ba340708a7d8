"""One file by the server that the service uses, and nothing else: `python -m bench.serving.bare PORT FILE`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import uvloop

from llmstxt_sched.process.serve import bind, serve

ETAG = '"bare"'


async def _serve(port: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"etag", ETAG.encode())]
    length = (b"content-length", b"%d" % len(body))

    async def answer(scope: Any, _: Any, send: Any) -> None:
        is_known = any(name == b"if-none-match" for name, _ in scope["headers"])
        status, sent = (304, headers) if is_known else (200, [*headers, length])
        await send({"type": "http.response.start", "status": status, "headers": sent})
        await send({"type": "http.response.body", "body": b"" if is_known else body})

    await serve(answer, bind("127.0.0.1", port, "api"), asyncio.Event())


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), Path(sys.argv[2]).read_bytes()))
