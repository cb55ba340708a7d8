"""Backs the service up to one file, and restores it.

The file is a tar (POSIX 1003.1, "pax"): `manifest.json`, and `database.dump` as pg_restore takes it. The key with which
secrets in it are sealed is not there, or whoever has the file would have them.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct

from llmstxt_sched.errors import StartError, Unavailable
from llmstxt_sched.services.secrets import KEY_FILE, Secrets
from llmstxt_sched.store.credentials import all_sealed
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.dump import Dumped, count_rows, dump, load
from llmstxt_sched.store.postgres.migrations import migrate, takes

_MANIFEST, _DUMP = "manifest.json", "database.dump"
_FORM = 1
# A replica that migrates closes all other connections twice.
_MIGRATION_TRIES = 5
_PAUSE_SECONDS = 0.5


class Manifest(Struct, frozen=True):
    """What a backup holds; `sha256` is that of the dump."""

    form: int
    release: str
    created_at: datetime
    dumped: Dumped
    sha256: str

    @property
    def projects(self) -> int:
        """How many projects it holds."""
        return self.dumped.rows.get("projects", 0)


async def back_up(url: str, target: Path) -> Manifest:
    """Write the database at `url` to `target`, and read it back.

    `target` is replaced only by a whole backup, and only its owner may read it.  Raises StartError.
    """
    try:
        file = await asyncio.to_thread(_replaceable, target)
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as folder:
            return await _back_up(url, file, Path(folder))
    except OSError as error:
        raise StartError(f"{target} cannot be written: {error.strerror}") from None


async def restore(url: str, source: Path) -> Manifest:
    """Put what `source` holds in the place of what the database at `url` does, wholly or not at all.

    Raises StartError if it is no backup, is damaged, or a service has data there or uses it.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="llmstxt-restore-") as folder:
            return await _restore(url, source, Path(folder))
    except tarfile.TarError as error:
        raise StartError(f"{source} cannot be restored: {error}") from None
    except OSError as error:
        raise StartError(f"{source} cannot be restored: {error.strerror}") from None


def check_source(source: Path) -> None:
    """Raise StartError if there is no archive to read: that needs no database, nor one to be made for it."""
    with _opened(source):
        pass


async def count_unreadable(url: str, secrets: Secrets) -> int:
    """How many credentials of sites and targets of the database at `url` none of the keys opens."""
    database = await Database.connect(url, 1)
    try:
        async with database.connection() as connection:
            sealed = await all_sealed(connection)
    finally:
        await database.close()
    return sum(not secrets.opens(owner, text) for owner, text in sealed)


def holds_key(source: Path) -> bool:
    """Whether a backup is one of the releases that put the key of the data folder into it.  Raises StartError."""
    with _opened(source) as packed:
        return KEY_FILE in packed.getnames()


def _replaceable(target: Path) -> Path:
    """The file to replace: not a link, such as one to the newest backup, and no device; /dev/stdout is both."""
    file = target.resolve()
    if file.exists() and not file.is_file():
        found = "a folder, so name a file in it" if file.is_dir() else "no regular file"
        raise StartError(f"{target} cannot be written: it is {found}")
    return file


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        packed = tarfile.open(source, mode="r:")  # noqa: SIM115  (errors of the block have other causes)
    except tarfile.TarError:
        raise StartError(f"{source} is no backup of this service: name a file that `backup` wrote") from None
    except OSError as error:
        raise StartError(f"{source} cannot be read: {error.strerror}; name a file that `backup` wrote") from None
    with packed:
        yield packed


async def _back_up(url: str, target: Path, folder: Path) -> Manifest:
    path, whole = folder / _DUMP, folder / "whole.tar"
    dumped = await dump(url, path)
    manifest = Manifest(_FORM, version("llmstxt-sched"), datetime.now(UTC), dumped, await _sha256(path))
    (folder / _MANIFEST).write_bytes(msgspec.json.encode(manifest))
    await asyncio.to_thread(_pack, whole, folder)
    path.unlink()
    # The file as it was written is checked, not as it was meant to be.
    await _check(await asyncio.to_thread(_unpack, whole, folder), folder)
    whole.replace(target)
    return manifest


async def _restore(url: str, source: Path, folder: Path) -> Manifest:
    manifest = await asyncio.to_thread(_unpack, source, folder)
    if manifest.form > _FORM or not takes(manifest.dumped.migrations):
        raise StartError(f"{source} was made by a newer release, {manifest.release}: restore it with that one")
    await _check(manifest, folder)
    await load(url, folder / _DUMP, manifest.dumped.schema)
    await _migrate(url)
    return manifest


async def _migrate(url: str) -> None:
    """Migrate what was restored, again where a replica that waited for the restore cuts this off to migrate first."""
    reason = ""
    for _ in range(_MIGRATION_TRIES):
        try:
            await _migrate_once(url)
        except Unavailable as error:
            reason = error.message
            await asyncio.sleep(_PAUSE_SECONDS)
        else:
            return
    raise StartError(f"all is restored, but the database is not migrated ({reason}): the next start does that")


async def _migrate_once(url: str) -> None:
    database = await Database.connect(url, 1)
    try:
        async with database.connection() as connection:
            await migrate(connection)
    finally:
        await database.close()


async def _check(manifest: Manifest, folder: Path) -> None:
    if await _sha256(folder / _DUMP) != manifest.sha256:
        raise StartError("the backup is damaged: its dump is not the one that was written")
    if await count_rows(folder / _DUMP) != manifest.dumped.rows:
        raise StartError("the backup is damaged: its dump has not as many rows as the database had")


def _pack(whole: Path, folder: Path) -> None:
    with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as packed:
            for name in (_MANIFEST, _DUMP):
                packed.add(folder / name, name, recursive=False, filter=_nobodys)
        file.flush()
        os.fsync(file.fileno())


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _unpack(source: Path, folder: Path) -> Manifest:
    with _opened(source) as packed:
        for name in (_MANIFEST, _DUMP):
            # A backup holds files, and no links, which may lead nowhere.
            found = packed.getmember(name) if name in packed.getnames() else None
            member = packed.extractfile(found) if found and found.isreg() else None
            if member is None:
                raise StartError(f"{source} is no backup of this service: it has no {name}")
            with member, (folder / name).open("wb") as file:
                shutil.copyfileobj(member, file)
    try:
        manifest = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=Manifest)
    except msgspec.DecodeError:
        raise StartError(f"{source} is no backup of this service: its manifest cannot be read") from None
    return manifest


async def _sha256(path: Path) -> str:
    def read() -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return await asyncio.to_thread(read)
