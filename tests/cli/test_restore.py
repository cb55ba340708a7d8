from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.commands import run, sql

from llmstxt_sched.services.maintenance.backup import back_up

TARGET = (
    "INSERT INTO targets (id, kind, name, events, only_changes, is_ordered, options, shown_address, sealed, is_enabled)"
    " VALUES (gen_random_uuid(), 'webhook', 'ours', '{}', false, false, '{}', 'a.example', 'sealed', true)"
)


@pytest.mark.parametrize(("key", "sealed"), [("", True), ("a key of the operator's own", True), ("", False)])
async def test_a_key_that_what_was_restored_needs_is_asked_for(
    database_url: str, tmp_path: Path, key: str, sealed: bool
) -> None:
    backup = tmp_path / "backup.tar"
    if sealed:
        await sql(database_url, TARGET)
    await back_up(database_url, backup)
    await sql(database_url, "DROP SCHEMA public CASCADE")
    await sql(database_url, "CREATE SCHEMA public")
    done = run(database_url, "restore", str(backup), LLMSTXT_SECRETS__KEY=key)
    assert (done.returncode, done.stdout[:11]) == (0, "0 projects "), done.stderr
    assert ("set LLMSTXT_SECRETS__KEY to the key of the service that was backed up" in done.stderr) is (
        sealed and not key
    )
