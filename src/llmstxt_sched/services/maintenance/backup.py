"""Backs the service up to one file, and restores it.

The file is a tar (POSIX 1003.1, "pax"): `manifest.json`, `database.dump` as pg_restore takes it, and `secrets.key`
where the service keeps a key of its own.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import tarfile
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct

from llmstxt_sched.errors import StartError
from llmstxt_sched.process.private_file import write_private
from llmstxt_sched.services.secrets import KEY_FILE
from llmstxt_sched.store.database import Database
from llmstxt_sched.store.dump import count_rows, dump, load
from llmstxt_sched.store.migrations import migrate

_MANIFEST, _DUMP = "manifest.json", "database.dump"
_FORM = 1


class Manifest(Struct, frozen=True):
    """What a backup holds; `rows` are those of each table, `sha256` is that of the dump."""

    form: int
    release: str
    created_at: datetime
    rows: dict[str, int]
    sha256: str


async def back_up(url: str, key_file: Path | None, target: Path) -> Manifest:
    """Write the database at `url`, and the key in `key_file` if there is one, to `target`, and read it back.

    `target` is replaced only by a whole backup, and only its owner may read it.  Raises StartError.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
            return await _back_up(url, key_file, target, Path(folder))
    except OSError as error:
        raise StartError(f"{target} cannot be written: {error.strerror}") from None


async def restore(url: str, key_file: Path | None, source: Path) -> Manifest:
    """Put what `source` holds in the place of what the database at `url` does, wholly or not at all.

    Raises StartError if it is no backup, is damaged, or a service has data there or uses it.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="llmstxt-restore-") as folder:
            return await _restore(url, key_file, source, Path(folder))
    except (OSError, tarfile.TarError) as error:
        raise StartError(f"{source} cannot be restored: {error}") from None


async def _back_up(url: str, key_file: Path | None, target: Path, folder: Path) -> Manifest:
    dumped, whole = folder / _DUMP, folder / target.name
    rows = await dump(url, dumped)
    manifest = Manifest(_FORM, version("llmstxt-sched"), datetime.now(UTC), rows, await _sha256(dumped))
    (folder / _MANIFEST).write_bytes(msgspec.json.encode(manifest))
    members = {_MANIFEST: folder / _MANIFEST, _DUMP: dumped} | ({KEY_FILE: key_file} if key_file else {})
    await asyncio.to_thread(_pack, whole, members)
    dumped.unlink()
    # What was written, not what was meant to be.
    await _check(await asyncio.to_thread(_unpack, whole, folder), folder)
    whole.replace(target)
    return manifest


async def _restore(url: str, key_file: Path | None, source: Path, folder: Path) -> Manifest:
    manifest = await asyncio.to_thread(_unpack, source, folder)
    await _check(manifest, folder)
    database = await Database.connect(url, 1)
    try:
        await _refuse_if_used(database)
        await load(url, folder / _DUMP)
        async with database.connection() as connection:
            await migrate(connection)
    finally:
        await database.close()
    if key_file and (folder / KEY_FILE).exists():
        write_private(key_file, (folder / KEY_FILE).read_text())
    return manifest


async def _check(manifest: Manifest, folder: Path) -> None:
    if await _sha256(folder / _DUMP) != manifest.sha256:
        raise StartError("the backup is damaged: its dump is not the one that was written")
    if await count_rows(folder / _DUMP) != manifest.rows:
        raise StartError("the backup is damaged: its dump has not as many rows as the database had")


async def _refuse_if_used(database: Database) -> None:
    async with database.connection() as connection:
        others = await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND application_name = 'llmstxt-sched'"
        )
        if others:
            raise StartError("a service uses this database: stop it, then restore")
        has_projects = await connection.fetchval("SELECT to_regclass('projects') IS NOT NULL")
        if has_projects and await connection.fetchval("SELECT EXISTS (SELECT FROM projects)"):
            raise StartError("this database has projects, which a restore would delete: name an empty one")


def _pack(whole: Path, members: dict[str, Path]) -> None:
    with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as packed:
            for name, path in members.items():
                # There is no key before the first start.
                if path.exists():
                    packed.add(path, name, recursive=False, filter=_nobodys)
        file.flush()
        os.fsync(file.fileno())


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _unpack(source: Path, folder: Path) -> Manifest:
    with tarfile.open(source, mode="r:") as packed:
        for name in (_MANIFEST, _DUMP, KEY_FILE):
            member = packed.extractfile(name) if name in packed.getnames() else None
            if member is None and name != KEY_FILE:
                raise StartError(f"{source} is no backup of this service: it has no {name}")
            if member is not None:
                with member, (folder / name).open("wb") as file:
                    while piece := member.read(1024**2):
                        file.write(piece)
    try:
        manifest = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=Manifest)
    except msgspec.DecodeError:
        raise StartError(f"{source} is no backup of this service: its manifest cannot be read") from None
    if manifest.form > _FORM:
        raise StartError(f"{source} was made by a newer release, {manifest.release}: restore it with that one")
    return manifest


async def _sha256(path: Path) -> str:
    def read() -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return await asyncio.to_thread(read)
