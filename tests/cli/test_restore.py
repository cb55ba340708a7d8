from __future__ import annotations

from pathlib import Path

from tests.cli.commands import run, sql

from llmstxt_sched.services.maintenance.backup import back_up


async def test_a_key_that_has_no_place_beside_the_database_is_told_of(database_url: str, tmp_path: Path) -> None:
    key, backup = tmp_path / "secrets.key", tmp_path / "backup.tar"
    for kept in (key, None):
        key.write_text("the key of the data folder\n")
        await back_up(database_url, kept, backup)
        await sql(database_url, "DROP SCHEMA public CASCADE")
        await sql(database_url, "CREATE SCHEMA public")
        done = run(database_url, "restore", str(backup))
        assert (done.returncode, done.stdout[:11]) == (0, "0 projects "), done.stderr
        told = f"set LLMSTXT_SECRETS__KEY to what `tar -xOf {backup} secrets.key` prints"
        assert (told in done.stderr) is (kept is not None)
        assert "the key of the data folder" not in done.stderr
