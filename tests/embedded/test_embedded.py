from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest
import redis.asyncio

from llmstxt_sched.embedded import Servers, binaries, data_folder, embedded, server
from llmstxt_sched.embedded.system_user import servers_user
from llmstxt_sched.embedded.valkey import Valkey
from llmstxt_sched.errors import StartError

pytestmark = pytest.mark.server

HOLDER = textwrap.dedent("""
    import asyncio, signal, sys
    from pathlib import Path
    from llmstxt_sched.embedded import embedded

    async def main():
        async with embedded(Path(sys.argv[1])) as servers:
            print(servers.database_url, servers.redis_url, flush=True)
            await asyncio.Event().wait()

    # A shell that starts the tests in the background has them ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asyncio.run(main())
""")


@contextmanager
def holder(data: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Another process that runs the servers on `data`, and their addresses."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(data)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


async def write(servers: Servers, text: str) -> None:
    connection = await asyncpg.connect(servers.database_url)
    await connection.execute("CREATE TABLE IF NOT EXISTS notes (text text)")
    await connection.execute("INSERT INTO notes VALUES ($1)", text)
    await connection.close()
    async with redis.asyncio.Redis.from_url(servers.redis_url) as client:
        await client.rpush("notes", text)


async def read(database_url: str, redis_url: str) -> tuple[list[str], list[str]]:
    connection = await asyncpg.connect(database_url)
    rows = await connection.fetch("SELECT text FROM notes")
    await connection.close()
    async with redis.asyncio.Redis.from_url(redis_url, decode_responses=True) as client:
        return [row["text"] for row in rows], [str(note) for note in await client.lrange("notes", 0, -1)]


async def process_ids(servers: Servers, data: Path) -> tuple[int, int]:
    lines = (data / "postgres/data/postmaster.pid").read_text().split()
    if not lines:
        raise FileNotFoundError("a server that is just starting has written no process id yet")
    postgres = int(lines[0])
    async with redis.asyncio.Redis.from_url(servers.redis_url) as client:
        return postgres, (await client.info("server"))["process_id"]


def is_alive(pid: int) -> bool:
    """Whether it runs; one that has ended and waits for its new parent to notice does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


async def gone(*pids: int) -> bool:
    """Whether they all end within some seconds."""
    for _ in range(500):
        if not any(map(is_alive, pids)):
            return True
        await asyncio.sleep(0.01)
    return False


async def test_what_is_written_is_there_at_the_next_start(tmp_path: Path) -> None:
    data = tmp_path / "with space, 'quotes' & ünïcode"
    async with embedded(data) as servers:
        await write(servers, "one")
        pids = await process_ids(servers, data)
        assert all(map(is_alive, pids))
    assert not any(map(is_alive, pids))
    async with embedded(data) as servers:
        assert await read(servers.database_url, servers.redis_url) == (["one"], ["one"])


async def test_the_servers_are_durable_private_and_never_root(tmp_path: Path) -> None:
    async with embedded(tmp_path) as servers:
        connection = await asyncpg.connect(servers.database_url)
        settings = {
            name: await connection.fetchval("SELECT current_setting($1)", name)
            for name in ("fsync", "synchronous_commit", "listen_addresses", "TimeZone", "server_encoding")
        }
        folder = Path(await connection.fetchval("SELECT current_setting('unix_socket_directories')"))
        await connection.close()
        async with redis.asyncio.Redis.from_url(servers.redis_url) as client:
            config = await client.config_get("*")
        sockets = Path(str(config["unixsocket"])).parent
        pids = await process_ids(servers, tmp_path)
        users = {Path(f"/proc/{pid}").stat().st_uid for pid in pids}
        sessions = {os.getsid(pid) for pid in pids}
        mode = sockets.stat().st_mode & 0o777
        command_lines = b"".join(Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids)
    assert settings == {
        "fsync": "on",
        "synchronous_commit": "on",
        "listen_addresses": "",
        "TimeZone": "UTC",
        "server_encoding": "UTF8",
    }
    assert (config["appendonly"], config["maxmemory-policy"], config["port"]) == ("yes", "noeviction", "0")
    assert str(folder).strip('"') == str(sockets)
    assert mode == 0o700
    assert users == {servers_user().uid}
    assert 0 not in users
    assert os.getsid(0) not in sessions
    assert not any(path.read_text().encode() in command_lines for path in tmp_path.glob("*.password"))
    assert {path.stat().st_mode & 0o077 for path in tmp_path.glob("*.password")} == {0}


async def test_a_wrong_password_is_refused(tmp_path: Path) -> None:
    async with embedded(tmp_path) as servers:
        (postgres, valkey) = ((tmp_path / f"{name}.password").read_text() for name in ("postgres", "valkey"))
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(servers.database_url.replace(postgres, "wrong"))
        async with redis.asyncio.Redis.from_url(servers.redis_url.replace(valkey, "wrong")) as client:
            with pytest.raises(redis.ConnectionError, match=r"invalid username-password"):
                await client.get("a")


async def test_one_server_alone_can_be_asked_for(tmp_path: Path) -> None:
    async with embedded(tmp_path, postgres=False) as servers:
        assert servers.database_url == ""
        assert list(servers.watches) == ["valkey"]
        async with redis.asyncio.Redis.from_url(servers.redis_url) as client:
            assert await client.ping()
    assert not (tmp_path / "postgres").exists()


async def test_a_path_too_long_for_a_socket_works_and_leaves_nothing_elsewhere(tmp_path: Path) -> None:
    data = tmp_path / ("long" * 30) / "data"
    async with embedded(data) as servers:
        await write(servers, "one")
        sockets = Path(servers.redis_url.partition("@")[2]).parent
        assert not sockets.is_relative_to(data)
    assert not sockets.parent.exists()


async def test_a_folder_in_use_is_refused_with_the_process_that_uses_it(tmp_path: Path) -> None:
    with holder(tmp_path) as (process, urls):
        message = rf"in use by another process \(pid {process.pid}\); stop it or set LLMSTXT_DATA__DIR"
        with pytest.raises(StartError, match=message):
            async with embedded(tmp_path):
                pass
        connection = await asyncpg.connect(urls[0])
        await connection.close()


async def test_a_killed_process_leaves_no_server_and_the_next_start_has_its_data(tmp_path: Path) -> None:
    with holder(tmp_path) as (process, (database_url, redis_url)):
        servers = Servers(database_url, redis_url, {})
        await write(servers, "before the kill")
        pids = await process_ids(servers, tmp_path)
        process.kill()
        # Not waited for: a restart follows at once, while the servers are still ending.
        async with embedded(tmp_path) as again:
            assert await gone(*pids)
            assert await read(again.database_url, again.redis_url) == (["before the kill"],) * 2


async def test_a_start_that_was_killed_halfway_is_made_good(tmp_path: Path) -> None:
    half = tmp_path / "postgres/new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    async with embedded(tmp_path, valkey=False) as servers:
        connection = await asyncpg.connect(servers.database_url)
        await connection.close()


async def test_a_start_is_left_at_once_while_servers_of_before_are_waited_for(tmp_path: Path) -> None:
    with (tmp_path / "servers.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        begun = asyncio.get_running_loop().time()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2), embedded(tmp_path):
                pass
        assert asyncio.get_running_loop().time() - begun < data_folder.ORPHAN_SECONDS / 2


async def test_the_process_id_of_someone_else_in_postmaster_pid_is_no_obstacle(tmp_path: Path) -> None:
    async with embedded(tmp_path, valkey=False):
        left = (tmp_path / "postgres/data/postmaster.pid").read_text().splitlines()
    other = subprocess.Popen(["sleep", "60"])
    try:
        left[0] = str(other.pid)
        (tmp_path / "postgres/data/postmaster.pid").write_text("\n".join(left))
        async with embedded(tmp_path, valkey=False) as servers:
            connection = await asyncpg.connect(servers.database_url)
            await connection.close()
    finally:
        other.kill()
        other.wait()


@pytest.mark.parametrize(("name", "index"), [("postgres", 0), ("valkey", 1)])
async def test_a_server_that_dies_is_noticed_and_started_again_on_its_data(
    tmp_path: Path, name: str, index: int
) -> None:
    stop = asyncio.Event()
    async with embedded(tmp_path) as servers:
        await write(servers, "before it died")
        dying = (await process_ids(servers, tmp_path))[index]
        watch = servers.watches[name]
        watching = asyncio.ensure_future(watch(stop))
        await asyncio.sleep(0)
        os.kill(dying, signal.SIGKILL)
        with pytest.raises(StartError, match=f"{name} ended by signal 9; it last said: "):
            await watching
        watching = asyncio.ensure_future(watch(stop))
        for _ in range(500):
            try:
                again = (await process_ids(servers, tmp_path))[index]
                notes = await read(servers.database_url, servers.redis_url)
                break
            except (OSError, asyncpg.PostgresError, redis.RedisError):
                await asyncio.sleep(0.02)
        assert again != dying
        assert notes == (["before it died"],) * 2
        stop.set()
        await watching


async def test_a_server_that_died_of_a_full_disk_is_started_once_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, real, free = asyncio.Event(), shutil.disk_usage, 0
    monkeypatch.setattr(server, "ROOM_SECONDS", 0.05)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: real(folder)._replace(free=free))
    async with data_folder.occupy(tmp_path) as folder:
        valkey = Valkey(folder)
        await valkey.start()
        assert valkey.pid
        watching = asyncio.ensure_future(valkey.watch(stop))
        await asyncio.sleep(0)
        os.kill(valkey.pid, signal.SIGKILL)
        with pytest.raises(StartError, match="valkey ended by signal 9; it last said: "):
            await watching
        watching = asyncio.ensure_future(valkey.watch(stop))
        await asyncio.sleep(0.3)
        assert not watching.done()
        assert valkey.pid is None
        free = server.NEEDED_BYTES
        async with asyncio.timeout(30):
            while valkey.pid is None:
                await asyncio.sleep(0.02)
        stop.set()
        await watching
        await valkey.stop()


async def test_a_stop_does_not_wait_for_a_server_that_is_being_started_again(tmp_path: Path) -> None:
    stop = asyncio.Event()
    async with data_folder.occupy(tmp_path) as folder:
        valkey = Valkey(folder)
        watching = asyncio.ensure_future(valkey.watch(stop))
        try:
            async with asyncio.timeout(30):
                while valkey.pid is None:
                    await asyncio.sleep(0)
                os.kill(valkey.pid, signal.SIGSTOP)
                asyncio.get_running_loop().call_later(0.2, stop.set)
                await watching
            assert valkey.pid
        finally:
            await valkey.stop()
        assert valkey.pid is None


async def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    async with embedded(tmp_path, valkey=False):
        pass
    (tmp_path / "postgres/data/PG_VERSION").write_text("9.6\n")
    with pytest.raises(StartError, match=r"postgres did not start: .*9\.6.*postgres\.log"):
        async with embedded(tmp_path, valkey=False):
            pass


async def test_a_folder_that_cannot_be_made_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"file.* cannot be used \([A-Z].*: /.*\); set LLMSTXT_DATA__DIR"):
        async with embedded(tmp_path / "file/data"):
            pass


async def test_without_the_wheel_the_program_on_path_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with data_folder.occupy(tmp_path / "data") as here:
        program = binaries.valkey_program(here)
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin/valkey-server").symlink_to(program)
        monkeypatch.setattr(binaries, "find_spec", lambda name: None)
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
        assert binaries.valkey_program(here).samefile(program)
        with pytest.raises(StartError, match=r"no program postgres on PATH; install it or set DATABASE_URL"):
            binaries.postgres_folder(here)
