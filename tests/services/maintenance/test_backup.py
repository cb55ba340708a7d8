from __future__ import annotations

import asyncio
import io
import os
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from tests.cli.commands import sql
from tests.support.engine import Engine
from tests.support.versions import first_run

from llmstxt_sched.domain.project import ProjectDetails
from llmstxt_sched.domain.schedule import SchedulePatch
from llmstxt_sched.errors import StartError
from llmstxt_sched.services.idempotency import Once
from llmstxt_sched.services.maintenance.backup import back_up, check_source, restore
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.migrations import LOCK, migrate

ALL = (
    "SELECT p.id, p.name, c.next_run_at, v.sha256 FROM projects p JOIN project_configs c ON c.project_id = p.id"
    " LEFT JOIN versions v ON v.project_id = p.id ORDER BY p.id"
)
WAITING = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest_asyncio.fixture
async def empty(database_url: str) -> AsyncIterator[str]:
    """The address of a database without tables, in which a restore finds nothing of the service."""
    await sql(database_url, "DROP SCHEMA public CASCADE")
    await sql(database_url, "CREATE SCHEMA public")
    yield database_url


async def test_what_was_backed_up_is_what_is_restored(
    engine: Engine, clean_database_url: str, empty: str, tmp_path: Path
) -> None:
    await first_run(engine)
    for number in range(30):
        name = f"line\nfeed \\. {number}"
        await engine.projects.create(f"https://e{number}.example/", ProjectDetails(name=name), SchedulePatch(), Once())
    backup = tmp_path / "backup.tar"
    written = await back_up(clean_database_url, backup)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert written.projects == 31
    assert await restore(empty, backup) == written
    assert await sql(empty, ALL) == await sql(clean_database_url, ALL)
    assert [path.name for path in tmp_path.iterdir()] == ["backup.tar"]


async def test_a_database_with_projects_or_a_service_is_left_alone(
    engine: Engine, clean_database_url: str, empty: str, tmp_path: Path
) -> None:
    await first_run(engine)
    await back_up(clean_database_url, tmp_path / "backup.tar")
    with pytest.raises(StartError, match="a service uses this database: stop it"):
        await restore(clean_database_url, tmp_path / "backup.tar")
    await restore(empty, tmp_path / "backup.tar")
    with pytest.raises(StartError, match="this database has projects"):
        await restore(empty, tmp_path / "backup.tar")


async def test_a_database_of_another_application_is_neither_dumped_nor_restored_into(
    engine: Engine, clean_database_url: str, empty: str, tmp_path: Path
) -> None:
    await first_run(engine)
    await back_up(clean_database_url, tmp_path / "backup.tar")
    with pytest.raises(StartError, match="the database holds nothing of this service"):
        await back_up(empty, tmp_path / "none.tar")
    await sql(empty, "CREATE TABLE users AS SELECT 'Ada' AS name")
    with pytest.raises(StartError, match="has a table 'users' of another application"):
        await restore(empty, tmp_path / "backup.tar")
    assert [row["name"] for row in await sql(empty, "SELECT name FROM users")] == ["Ada"]
    with pytest.raises(StartError, match="the database holds nothing of this service"):
        await back_up(empty, tmp_path / "none.tar")


@pytest.mark.parametrize("cut", [0, 600, 4000, -12_000])
async def test_what_is_no_whole_backup_is_refused_and_changes_nothing(
    engine: Engine, clean_database_url: str, empty: str, tmp_path: Path, cut: int
) -> None:
    await first_run(engine)
    await back_up(clean_database_url, tmp_path / "backup.tar")
    damaged = tmp_path / "damaged.tar"
    damaged.write_bytes((tmp_path / "backup.tar").read_bytes()[:cut])
    with pytest.raises(StartError, match=r"damaged|no backup|cannot be restored"):
        await restore(empty, damaged)
    assert not await sql(empty, "SELECT FROM pg_tables WHERE schemaname = 'public'")


async def test_a_restore_that_is_cut_off_leaves_nothing_and_may_be_done_again(
    engine: Engine, clean_database_url: str, database_url: str, tmp_path: Path
) -> None:
    await first_run(engine)
    await back_up(clean_database_url, tmp_path / "backup.tar")
    other = await asyncpg.connect(database_url)
    async with asyncio.timeout(60), other.transaction():
        # The restore has to wait for it, in the middle of what it does.
        await other.execute("LOCK TABLE runs IN ACCESS SHARE MODE")
        restoring = asyncio.create_task(restore(database_url, tmp_path / "backup.tar"))
        while not await sql(database_url, f"SELECT pg_terminate_backend(pid) {WAITING}"):
            await asyncio.sleep(0.02)
        with pytest.raises(StartError, match="was cut off, and nothing of it is kept: Postgres does not answer"):
            await restoring
    await other.close()
    assert await sql(database_url, ALL) == []
    await restore(database_url, tmp_path / "backup.tar")
    assert await sql(database_url, ALL) == await sql(clean_database_url, ALL)


async def test_a_replica_that_starts_during_a_restore_waits_for_its_end(
    engine: Engine, clean_database_url: str, empty: str, tmp_path: Path
) -> None:
    await first_run(engine)
    await back_up(clean_database_url, tmp_path / "backup.tar")
    other = await asyncpg.connect(empty)
    transaction = other.transaction()
    async with asyncio.timeout(60):
        await transaction.start()
        # The restore has to wait for it, in the middle of what it does.
        await other.execute("CREATE TABLE versions (id int)")
        restoring = asyncio.create_task(restore(empty, tmp_path / "backup.tar"))
        await _wait_for_locks(empty, 1)
        replica = await Database.connect(empty, 1)
        async with replica.connection() as connection:
            starting = asyncio.create_task(migrate(connection))
            await _wait_for_locks(empty, 2)
            await transaction.rollback()
            await restoring
            assert await starting == []
    await replica.close()
    await other.close()
    assert await sql(empty, ALL) == await sql(clean_database_url, ALL)


@pytest.mark.parametrize("times", [2, 9])
async def test_a_replica_that_migrates_first_what_was_restored_cuts_off_nothing_for_good(
    engine: Engine, clean_database_url: str, empty: str, tmp_path: Path, times: int
) -> None:
    await first_run(engine)
    await back_up(clean_database_url, tmp_path / "backup.tar")
    replica, waiting = await asyncpg.connect(empty), await asyncpg.connect(empty)
    async with asyncio.timeout(60):
        async with waiting.transaction():
            # The restore has to wait for it, in the middle of what it does, and the replica for the restore.
            await waiting.execute("CREATE TABLE versions (id int)")
            restoring = asyncio.create_task(restore(empty, tmp_path / "backup.tar"))
            await _wait_for_locks(empty, 1)
            locking = asyncio.create_task(replica.execute("SELECT pg_advisory_lock($1)", LOCK))
            await _wait_for_locks(empty, 2)
            await waiting.execute("DROP TABLE versions")
        await locking
        while times and not restoring.done():
            times -= len(await sql(empty, f"SELECT pg_terminate_backend(pid) {WAITING}"))
            await asyncio.sleep(0.02)
        await replica.close()
        if times:
            with pytest.raises(StartError, match="all is restored, but the database is not migrated"):
                await restoring
        else:
            await restoring
    await waiting.close()
    assert await sql(empty, ALL) == await sql(clean_database_url, ALL)


async def test_a_restore_that_waited_for_a_migration_leaves_alone_what_uses_the_database_since(
    engine: Engine, clean_database_url: str, empty: str, tmp_path: Path
) -> None:
    await first_run(engine)
    await back_up(clean_database_url, tmp_path / "backup.tar")
    migrating = await asyncpg.connect(empty)
    async with asyncio.timeout(60):
        async with migrating.transaction():
            await migrating.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
            restoring = asyncio.create_task(restore(empty, tmp_path / "backup.tar"))
            await _wait_for_locks(empty, 1)
            replica = await Database.connect(empty, 1)
        with pytest.raises(StartError, match="a service uses this database: stop it"):
            await restoring
    await replica.close()
    await migrating.close()


async def _wait_for_locks(database_url: str, number: int) -> None:
    """Until so many sessions wait for one."""
    while len(await sql(database_url, f"SELECT pid {WAITING}")) < number:
        await asyncio.sleep(0.02)


async def test_changed_bytes_are_noticed(engine: Engine, clean_database_url: str, empty: str, tmp_path: Path) -> None:
    await first_run(engine)
    backup = tmp_path / "backup.tar"
    await back_up(clean_database_url, backup)
    whole = backup.read_bytes()
    at = whole.index(b"PGDMP") + 2000
    backup.write_bytes(whole[:at] + b"????" + whole[at + 4 :])
    with pytest.raises(StartError, match="the backup is damaged"):
        await restore(empty, backup)


async def test_what_others_keep_in_the_schema_is_no_part_of_it(
    engine: Engine, clean_database_url: str, empty: str, tmp_path: Path
) -> None:
    await first_run(engine)
    other = f"other_{uuid4().hex[:8]}"
    for statement in (
        f"CREATE ROLE {other}",
        f"CREATE TABLE {other} (id int)",
        f"ALTER TABLE {other} OWNER TO {other}",
    ):
        await sql(clean_database_url, statement)
    try:
        await back_up(clean_database_url, tmp_path / "backup.tar")
        await restore(empty, tmp_path / "backup.tar")
        assert await sql(empty, f"SELECT FROM pg_tables WHERE tablename = '{other}'") == []
    finally:
        await sql(clean_database_url, f"DROP TABLE {other}")
        await sql(clean_database_url, f"DROP ROLE {other}")


async def test_a_backup_of_a_release_that_took_something_away_is_refused_before_it_is_loaded(
    engine: Engine, clean_database_url: str, empty: str, tmp_path: Path
) -> None:
    await first_run(engine)
    newer = "INSERT INTO migrations (name) VALUES ('9999_contract')"
    await sql(clean_database_url, newer)
    try:
        await back_up(clean_database_url, tmp_path / "backup.tar")
    finally:
        await sql(clean_database_url, "DELETE FROM migrations WHERE name = '9999_contract'")
    with pytest.raises(StartError, match="made by a newer release"):
        await restore(empty, tmp_path / "backup.tar")
    assert not await sql(empty, "SELECT FROM pg_tables WHERE schemaname = 'public'")


async def test_a_place_that_cannot_be_written_to_is_named(clean_database_url: str, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "backup.tar"
    with pytest.raises(StartError, match=f"{target} cannot be written: No such file or directory"):
        await back_up(clean_database_url, target)


@pytest.mark.parametrize(
    ("name", "kind", "content", "told"),
    [
        ("manifest.json", tarfile.SYMTYPE, b"", "it has no manifest.json"),
        ("database.dump", tarfile.LNKTYPE, b"", "it has no database.dump"),
    ],
)
async def test_an_archive_that_only_looks_like_a_backup_is_refused_and_changes_nothing(
    engine: Engine,
    clean_database_url: str,
    empty: str,
    tmp_path: Path,
    name: str,
    kind: bytes,
    content: bytes,
    told: str,
) -> None:
    await first_run(engine)
    await back_up(clean_database_url, tmp_path / "backup.tar")
    with tarfile.open(tmp_path / "backup.tar") as whole, tarfile.open(tmp_path / "forged.tar", "w") as forged:
        for member in whole.getmembers():
            if member.name != name:
                forged.addfile(member, whole.extractfile(member))
        odd = tarfile.TarInfo(name)
        odd.type, odd.linkname, odd.size = kind, "nowhere", len(content)
        forged.addfile(odd, io.BytesIO(content))
    with pytest.raises(StartError, match=f"is no backup of this service: {told}"):
        await restore(empty, tmp_path / "forged.tar")
    assert not await sql(empty, "SELECT FROM pg_tables WHERE schemaname = 'public'")


async def test_a_folder_is_no_place_for_a_backup(clean_database_url: str, tmp_path: Path) -> None:
    with pytest.raises(StartError, match=f"{tmp_path} cannot be written: it is a folder, so name a file in it"):
        await back_up(clean_database_url, tmp_path)


def test_what_cannot_be_read_is_told_in_a_sentence_before_there_is_a_database(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("nothing of a backup")
    told = {
        "none.tar": "cannot be read: No such file or directory; name a file that `backup` wrote",
        ".": "cannot be read: Is a directory; name a file that `backup` wrote",
        "text": "is no backup of this service: name a file that `backup` wrote",
    }
    for name, words in told.items():
        with pytest.raises(StartError) as refused:
            check_source(tmp_path / name)
        assert refused.value.message == f"{tmp_path / name} {words}"


async def test_a_backup_takes_the_place_of_the_file_that_a_link_names_and_of_nothing_else(
    engine: Engine, clean_database_url: str, tmp_path: Path
) -> None:
    link, pipe = tmp_path / "newest.tar", tmp_path / "pipe"
    link.symlink_to("backup.tar")
    os.mkfifo(pipe)
    await back_up(clean_database_url, link)
    assert (link.is_symlink(), (tmp_path / "backup.tar").is_file()) == (True, True)
    with pytest.raises(StartError, match="is no regular file"):
        await back_up(clean_database_url, pipe)
    assert pipe.is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar", "newest.tar", "pipe"]
