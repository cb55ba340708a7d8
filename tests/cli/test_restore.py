from __future__ import annotations

import shutil
import tarfile
from pathlib import Path
from uuid import uuid4

from tests.cli.commands import run, sql

from llmstxt_sched.services.maintenance.backup import back_up
from llmstxt_sched.services.secrets import Secrets

TARGET = (
    "INSERT INTO targets (id, kind, name, events, only_changes, is_ordered, options, shown_address, sealed, is_enabled)"
    " VALUES ($1, 'webhook', 'ours', '{}', false, false, '{}', 'a.example', $2, true)"
)
OURS = "a key of the operator's own"
TOLD = "set LLMSTXT_SECRETS__KEY to the key of the service that was backed up"


async def restored(database_url: str, backup: Path, **settings: str) -> str:
    """What `restore` tells of a backup in an empty database."""
    await sql(database_url, "DROP SCHEMA public CASCADE")
    await sql(database_url, "CREATE SCHEMA public")
    done = run(database_url, "restore", str(backup), **settings)
    assert (done.returncode, done.stdout[:11]) == (0, "0 projects "), done.stderr
    return done.stderr


async def test_a_key_that_what_was_restored_needs_is_asked_for(database_url: str, tmp_path: Path) -> None:
    backup, old = tmp_path / "backup.tar", tmp_path / "old.tar"
    await back_up(database_url, backup)
    assert await restored(database_url, backup) == ""
    target = uuid4()
    await sql(database_url, TARGET, target, Secrets([OURS]).seal(target, b"{}"))
    await back_up(database_url, backup)
    assert await restored(database_url, backup, LLMSTXT_SECRETS__KEY=OURS) == ""
    others = {"LLMSTXT_SECRETS__KEY": "another key than that", "LLMSTXT_SECRETS__OLD_KEY": OURS}
    assert await restored(database_url, backup, **others) == ""
    for key in ("", "another key than that"):
        told = await restored(database_url, backup, LLMSTXT_SECRETS__KEY=key)
        assert TOLD in told
        assert "`tar" not in told
    # Of a release that put the key into it.
    (tmp_path / "secrets.key").write_text(OURS)
    shutil.copy(backup, old)
    with tarfile.open(old, "a") as packed:
        packed.add(tmp_path / "secrets.key", "secrets.key")
    assert f"{TOLD}, which `tar -xOf {old} secrets.key` prints" in await restored(database_url, old)
