from __future__ import annotations

import gzip
import os
import zlib

import pytest
from aiohttp import web
from tests.support.site import Site, serving

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.outbound.client import Client, fetch
from llmstxt_sched.outbound.content_encoding import gunzip, make_decoder
from llmstxt_sched.outbound.responses import Budget

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def failure(client: Client, site: Site, budget: Budget | None = None) -> str:
    with pytest.raises(FetchFailed) as failed:
        await fetch(client, site.url(), budget=budget or Budget())
    return failed.value.code


def encoded(body: bytes, encoding: str) -> web.Response:
    return web.Response(body=body, headers={"Content-Encoding": encoding, "Content-Type": "text/html"})


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"hello", "identity"),
        (gzip.compress(b"hello", mtime=0), "gzip"),
        (gzip.compress(b"hello", mtime=0), "X-GZIP"),
        (gzip.compress(b"hel", mtime=0) + gzip.compress(b"lo", mtime=0), "gzip"),
        (gzip.compress(b"hello", mtime=0) + b"\0\0\0", "gzip"),
        (zlib.compress(b"hello"), "deflate"),
        (bare_deflate(b"hello"), "deflate"),
    ],
)
async def test_a_compressed_body_is_unpacked(client: Client, body: bytes, encoding: str) -> None:
    async with serving({"/": encoded(body, encoding)}) as site:
        assert (await fetch(client, site.url())).body == b"hello"


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [
        (b"hello", "gzip", "decode_error"),
        (gzip.compress(os.urandom(5000))[:-3], "gzip", "decode_error"),
        (gzip.compress(os.urandom(5000))[:900], "gzip", "decode_error"),
        (gzip.compress(gzip.compress(b"hello", mtime=0), mtime=0), "gzip, gzip", "unsupported_encoding"),
        (b"hello", "br", "unsupported_encoding"),
        (b"hello", "zstd", "unsupported_encoding"),
    ],
)
async def test_a_body_that_cannot_be_trusted_is_none(client: Client, body: bytes, encoding: str, code: str) -> None:
    async with serving({"/": encoded(body, encoding)}) as site:
        assert await failure(client, site) == code


@pytest.mark.slow
async def test_a_bomb_stops_at_the_budget(client: Client) -> None:
    small = Budget(decoded_bytes=100_000)
    async with serving({"/": encoded(gzip.compress(bytes(50_000_000)), "gzip")}) as site:
        assert await failure(client, site, small) == "too_large"
        cut = await fetch(client, site.url(), budget=Budget(decoded_bytes=100_000, cut=True))
        assert cut.body == bytes(100_000)


async def test_a_body_may_come_byte_by_byte() -> None:
    for encoding, data in (("gzip", gzip.compress(b"hello" * 99)), ("deflate", zlib.compress(b"hello" * 99))):
        coding = make_decoder(encoding)
        assert b"".join(coding.feed(data[at : at + 1], 10_000) for at in range(len(data))) == b"hello" * 99
        coding.finish()


async def test_a_file_is_unpacked_as_far_as_there_is_room() -> None:
    assert gunzip(gzip.compress(bytes(10_000_000)), 1000) == bytes(1000)


async def test_a_body_of_nothing_but_beginnings_is_refused() -> None:
    with pytest.raises(FetchFailed, match="more than 1000 parts"):
        gunzip(gzip.compress(b"") * 1001, 10_000)
    assert gunzip(gzip.compress(b"a") * 1000, 10_000) == b"a" * 1000
