from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from redis.asyncio import Redis
from redis.crc import key_slot
from tests.jobs.conftest import Jobs

from llmstxt_sched.domain.run import Trigger
from llmstxt_sched.jobs import scripts
from llmstxt_sched.jobs.job import Job
from llmstxt_sched.jobs.keys import Keys
from llmstxt_sched.jobs.scripts import Scripts

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SOURCES = sorted((Path(scripts.__file__).parent / "lua").glob("*.lua"))


def test_every_script_is_loaded() -> None:
    assert {path.stem for path in SOURCES} == set(vars(Scripts(Redis())))


def test_every_key_of_a_script_is_one_of_its_keys() -> None:
    """A cluster and a proxy send a script where its KEYS are; a name that is made up inside may be elsewhere."""
    named = [
        (path.name, command, key)
        for path in SOURCES
        for command, key in re.findall(r"redis\.p?call\('(\w+)', ([^,)]+)", path.read_text())
    ]
    assert named
    assert [each for each in named if each[2] != "job" and not each[2].startswith("KEYS[")] == []


def test_a_hash_tag_keeps_all_keys_in_one_slot() -> None:
    keys = Keys("{llmstxt}:")
    names = [keys.scheduled, keys.queue, keys.workers, keys.epoch, keys.processing("w"), keys.job("j"), keys.pace("h")]
    names += [keys.limit("create", "2001:db8::/64"), keys.robots("https://[2001:db8::1]")]
    assert len({key_slot(name.encode()) for name in names}) == 1


async def test_a_server_that_forgot_the_scripts_is_sent_them_again(jobs: Jobs) -> None:
    job = Job(uuid4(), uuid4(), Trigger.MANUAL)
    await jobs.queue.put(job)
    await jobs.redis.script_flush()
    await jobs.queue.put(Job(uuid4(), uuid4(), Trigger.MANUAL))
    assert (await jobs.queue.lengths())[0] == 2
