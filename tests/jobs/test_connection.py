from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.exceptions import RedisError

from llmstxt_sched.embedded import embedded
from llmstxt_sched.errors import ConfigError, StartError, Unavailable
from llmstxt_sched.jobs.connection import check_server, connect, open_redis


@asynccontextmanager
async def another_server(info: str) -> AsyncIterator[str]:
    """A server that is no more than its INFO: old ones and clusters are not to be had here."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while header := await reader.readline():
            words = [(await reader.readline(), await reader.readline())[1] for _ in range(int(header[1:]))]
            body = info.encode()
            is_info = words[0].strip().upper() == b"INFO"
            writer.write(b"$%d\r\n%s\r\n" % (len(body), body) if is_info else b"+OK\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"redis://{host}:{port}/0?protocol=2"


async def check(url: str, prefix: str = "", *, allow_eviction: bool = False) -> None:
    client = connect(url, 2)
    try:
        await check_server(client, prefix, allow_eviction=allow_eviction)
    finally:
        await client.aclose()


async def test_a_server_that_keeps_its_keys_is_taken(redis_url: str) -> None:
    await check(redis_url)


async def test_a_server_that_evicts_is_refused_with_the_setting_to_change(tmp_path: Path) -> None:
    async with embedded(tmp_path / "valkey", postgres=False) as servers:
        client = connect(servers.redis_url, 2)
        await client.config_set("maxmemory-policy", "allkeys-lru")
        with pytest.raises(StartError, match=r"maxmemory-policy is allkeys-lru.*noeviction.*ALLOW_EVICTION=true"):
            await check_server(client, "", allow_eviction=False)
        await check_server(client, "", allow_eviction=True)
        await client.aclose()


@pytest.mark.parametrize("password", ["", ":wrong@"])
async def test_a_server_that_wants_a_password_says_so(tmp_path: Path, password: str) -> None:
    async with embedded(tmp_path / "valkey", postgres=False) as servers:
        _, _, path = servers.redis_url.partition("@")
        with pytest.raises(StartError, match="put the password into REDIS_URL"):
            await check(f"unix://{password}{path}")


async def test_a_database_that_the_server_does_not_have_is_named(tmp_path: Path) -> None:
    async with embedded(tmp_path / "valkey", postgres=False) as servers:
        with pytest.raises(StartError, match=r"REDIS_URL names a database that is not there .*raise `databases`"):
            await check(f"{servers.redis_url}?db=99")


async def test_a_user_who_may_not_do_what_is_needed_is_told_so(tmp_path: Path) -> None:
    async with embedded(tmp_path / "valkey", postgres=False) as servers:
        client = connect(servers.redis_url, 2)
        await client.acl_setuser("weak", enabled=True, passwords=["+weak"], commands=["+get"])
        await client.aclose()
        _, _, path = servers.redis_url.partition("@")
        with pytest.raises(StartError, match=r"Redis refuses us .*allow this user all commands"):
            await check(f"unix://weak:weak@{path}")


@pytest.mark.parametrize(("keys", "commands"), [("other:*", "+@all"), ("llmstxt:*", "+@all -@scripting")])
async def test_a_user_who_may_not_write_our_keys_or_run_scripts_is_told_so(
    tmp_path: Path, keys: str, commands: str
) -> None:
    async with embedded(tmp_path / "valkey", postgres=False) as servers:
        client = connect(servers.redis_url, 2)
        await client.acl_setuser("weak", enabled=True, passwords=["+weak"], keys=[keys], commands=commands.split())
        await client.acl_setuser("able", enabled=True, passwords=["+weak"], keys=["llmstxt:*"], commands=["+@all"])
        await client.aclose()
        _, _, path = servers.redis_url.partition("@")
        with pytest.raises(
            StartError, match=r"Redis refuses us .*allow this user all commands on the keys of REDIS_KEY"
        ):
            await open_redis(f"unix://weak:weak@{path}", "llmstxt:", 2, allow_eviction=False)
        await (await open_redis(f"unix://able:weak@{path}", "llmstxt:", 2, allow_eviction=False)).aclose()


async def test_a_replica_is_waited_for_until_it_is_the_primary(tmp_path: Path) -> None:
    async with embedded(tmp_path / "valkey", postgres=False) as servers:
        client = connect(servers.redis_url, 2)
        await client.replicaof("127.0.0.1", 1)
        with pytest.raises(Unavailable, match="it is a replica: name the primary in REDIS_URL"):
            await open_redis(servers.redis_url, "", 2, allow_eviction=False)
        await client.replicaof("NO", "ONE")
        await (await open_redis(servers.redis_url, "", 2, allow_eviction=False)).aclose()
        await client.aclose()


async def test_a_full_server_is_taken_and_waited_for_later(tmp_path: Path) -> None:
    async with embedded(tmp_path / "valkey", postgres=False) as servers:
        client = connect(servers.redis_url, 2)
        await client.config_set("maxmemory", 1)
        with pytest.raises(RedisError):
            await client.set("any", 1)
        await (await open_redis(servers.redis_url, "", 2, allow_eviction=False)).aclose()
        await client.aclose()


@pytest.mark.parametrize("version", ["5.0.14", "6.0.20", "2.8.0"])
async def test_a_server_that_is_too_old_is_refused(version: str) -> None:
    async with another_server(f"redis_version:{version}\r\n") as url:
        with pytest.raises(StartError, match=rf"version {version}; 6\.2 or later"):
            await check(url)


@pytest.mark.parametrize("version", ["6.2.0", "7.2.4", "10.0.1"])
async def test_a_server_that_forbids_config_is_judged_by_its_info(version: str) -> None:
    async with another_server(f"redis_version:{version}\r\nmaxmemory_policy:noeviction\r\n") as url:
        await check(url)


@pytest.mark.parametrize(("prefix", "is_tagged"), [("", False), ("llmstxt:", False), ("}{", False), ("{a}:", True)])
async def test_a_cluster_needs_a_prefix_with_a_hash_tag(prefix: str, is_tagged: bool) -> None:
    async with another_server("redis_version:7.2.4\r\ncluster_enabled:1\r\n") as url:
        if is_tagged:
            await check(url, prefix)
        else:
            with pytest.raises(StartError, match="REDIS_KEY_PREFIX"):
                await check(url, prefix)


async def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await check(f"unix://{tmp_path}/none.sock")


@pytest.mark.parametrize("url", ["", "nonsense", "http://example.com", "redis://host:port"])
def test_an_address_that_cannot_be_read_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(ConfigError, match="REDIS_URL cannot be used"):
        connect(url, 2)


async def test_a_command_is_sent_once(tmp_path: Path) -> None:
    """A BLMOVE that is sent again moves a second job."""
    seen = []

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while header := await reader.readline():
            words = [(await reader.readline(), await reader.readline())[1].strip() for _ in range(int(header[1:]))]
            if words[0].upper() == b"BLMOVE":
                seen.append(words)
                break
            writer.write(b"+OK\r\n")
        writer.close()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        client = connect(f"redis://{host}:{port}/0?protocol=2", 2)
        with pytest.raises(RedisError):
            await client.blmove("a", "b", 1, "LEFT", "RIGHT")
        await client.aclose()
    assert len(seen) == 1
