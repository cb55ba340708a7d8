"""Writes documents to a folder.  Their names come from addresses of crawled pages and must be made safe first.

A manifest in the folder tells which files are ours, by their hashes: the next run removes those that it writes no more,
and leaves alone whatever else is there, also a file of ours that somebody has changed since.  Each file is written
beside its place and put there whole: a full disk leaves no half of one.  Runs that write to one folder do so one after
the other, so that it holds what the last one wrote.

Some disks take two names for one that differ in case, or in how their letters are composed: the second file gets a name
of its own there.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from llmstxt_sched.documents.file_names import are_safe, parts_apart, safe_parts

MANIFEST = ".llmstxt-manifest.json"
# The name of a file until it takes its place, with the id of the process.
_PART = ".llmstxt-{}.part"
# A device, and a file's number there.
_Identity: TypeAlias = tuple[int, int]


def check_folder(folder: Path) -> None:
    """Make the folder if it is not there.  Raises OSError if no file can be written in it, before hours of a crawl."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def replace_files(
    folder: Path, files: Sequence[tuple[str, Iterable[bytes]]], waits: Callable[[], None] = lambda: None
) -> None:
    """Write files below `folder`, as `write_files` does, in place of those that an earlier call wrote there.

    `waits` is called before others that write there are waited for.
    """
    with _turn(folder, waits):
        _replace_files(folder, files)


def write_files(folder: Path, files: Iterable[tuple[str, Iterable[bytes]]]) -> dict[str, str]:
    """Write files below `folder`, each given as a relative path and the pieces of its content.

    Returns their SHA-256 by the path at which they were written.
    """
    taken = set[_Identity]()
    return dict(_write(folder, path, pieces, taken) for path, pieces in files)


def _write(folder: Path, path: str, pieces: Iterable[bytes], taken: set[_Identity]) -> tuple[str, str]:
    """Write a file; returns its path and SHA-256.  No name leads to what is `taken`, to which the file is added."""
    parts, digest = safe_parts(path), sha256()
    if _identity(folder.joinpath(*parts)) in taken:
        parts = parts_apart(path)
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with in_place_of(target) as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
    written = _identity(target)
    if written:
        taken.add(written)
    return "/".join(parts), digest.hexdigest()


def _identity(file: Path) -> _Identity | None:
    """What tells a file from all others, whatever its names; None if there is none."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _replace_files(folder: Path, files: Sequence[tuple[str, Iterable[bytes]]]) -> None:
    known, taken, names = dict(_read_manifest(folder)), set[_Identity](), set[str]()
    _remove_parts(folder, {"/".join(safe_parts(path)) for path, _ in files})
    try:
        for path, pieces in files:
            name, digest = _write(folder, path, pieces, taken)
            known[name] = digest
            names.add(name)
        # Last: where not all could be written, what was there still belongs together.
        for name in known.keys() - names:
            if _identity(folder / name) not in taken:
                _remove(folder, name, known[name])
            del known[name]
    finally:
        # Also after a failure, such as a full disk: then the next run still knows what is ours.
        with contextlib.suppress(OSError):
            _write_manifest(folder, known)


@contextlib.contextmanager
def _turn(folder: Path, waits: Callable[[], None]) -> Iterator[None]:
    """Wait for other processes that write to the folder: two at once would mix their bytes in one file."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        # Not every file system has locks, or those of a folder, and one may be written to that cannot be read.
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, descriptor)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waits()
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def in_place_of(target: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `target` once the block has written all of it; until then, that stays as it was.

    What is there and no file, such as a pipe, is written itself.
    """
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    target = target.resolve()
    # Not made of the name, which may be as long as a name can be.
    part = target.with_name(_PART.format(os.getpid()))
    try:
        with part.open("wb") as file:
            yield file
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except OSError as error:
        # Readers of the message know this name, and not that of the file that was to take its place.
        error.filename = str(target) if error.filename == str(part) else error.filename
        raise
    finally:
        part.unlink(missing_ok=True)


def _remove_parts(folder: Path, names: Iterable[str]) -> None:
    """Remove what runs that were killed have left beside these files."""
    for place in {folder.joinpath(name).parent for name in [MANIFEST, *names]}:
        for part in place.glob(_PART.format("*")):
            # Not every file system has locks, so one that is being written may be here.
            if not _is_another_running(part.name.split("-")[-1].removesuffix(".part")):
                with contextlib.suppress(OSError):
                    part.unlink()


def _is_another_running(process_id: str) -> bool:
    number = int(process_id) if process_id.isdecimal() else 0
    if number in (0, os.getpid()):
        # A name that is none of ours counts as in use.
        return number == 0
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _read_manifest(folder: Path) -> Mapping[str, str]:
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def _write_manifest(folder: Path, digests: Mapping[str, str]) -> None:
    with in_place_of(folder / MANIFEST) as file:
        file.write(msgspec.json.format(msgspec.json.encode(digests, order="sorted")))


def _remove(folder: Path, name: str, digest: str) -> None:
    """Remove a file if it is the one that we wrote, and the folders that are empty then."""
    parts = name.split("/")
    # A manifest may have come from elsewhere, and a folder may have become a link since.
    if not set(parts).isdisjoint({"", ".", ".."}) or not are_safe(parts):
        return
    target = folder.joinpath(*parts)
    parents = list(target.parents)[: len(parts) - 1]
    if any(place.is_symlink() for place in (target, *parents)):
        return
    with contextlib.suppress(OSError):
        with target.open("rb") as file:
            is_ours = file_digest(file, "sha256").hexdigest() == digest
        if is_ours:
            target.unlink()
            for parent in parents:
                parent.rmdir()
