from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from llmstxt_sched.process.child_pool import close_pool, open_pool


async def test_children_run_with_less_priority_and_cannot_be_interrupted() -> None:
    pool = await asyncio.to_thread(open_pool, 1)
    try:
        assert await asyncio.wrap_future(pool.schedule(os.nice, args=(0,))) > os.nice(0)
        blocked = await asyncio.wrap_future(pool.schedule(signal.pthread_sigmask, args=(signal.SIG_BLOCK, ())))
        assert signal.SIGINT in blocked
    finally:
        await asyncio.to_thread(close_pool, pool)


@pytest.mark.parametrize("keeps", [False, True])
async def test_children_have_no_environment_unless_they_keep_it(monkeypatch: pytest.MonkeyPatch, keeps: bool) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:secret@db/x")
    pool = await asyncio.to_thread(open_pool, 1, keeps_environment=keeps)
    try:
        here = await asyncio.wrap_future(pool.schedule(os.getenv, args=("DATABASE_URL",)))
        there = await asyncio.wrap_future(pool.schedule(Path.read_bytes, args=(Path("/proc/self/environ"),)))
    finally:
        await asyncio.to_thread(close_pool, pool)
    assert (bool(here), b"secret" in there) == (keeps, keeps)
    assert keeps or not there.strip(b"\0")


def test_a_system_without_room_for_locks_is_told_so_in_one_sentence() -> None:
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0));"
        "from llmstxt_sched.process.child_pool import open_pool; open_pool(1)"
    )
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=False)
    assert "StartError: no process can be started" in done.stderr
    assert "/dev/shm must be writable and not full" in done.stderr
