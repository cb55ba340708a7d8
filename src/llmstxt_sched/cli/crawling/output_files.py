"""Writes documents to a folder.  Their names come from addresses of crawled pages and must be made safe first.

A manifest in the folder tells which files are ours, by their hashes: the next run removes those that it writes no more,
and leaves alone whatever else is there, also a file of ours that somebody has changed since.  Runs that write to one
folder do so one after the other, so that it holds what the last one wrote.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import file_digest, sha256
from pathlib import Path

import msgspec

from llmstxt_sched.documents.file_names import safe_parts

MANIFEST = ".llmstxt-manifest.json"


def check_folder(folder: Path) -> None:
    """Make the folder if it is not there.  Raises OSError if no file can be written in it, before hours of a crawl."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def replace_files(folder: Path, files: Sequence[tuple[str, Iterable[bytes]]]) -> None:
    """Write files below `folder`, as `write_files` does, in place of those that an earlier call wrote there."""
    with _turn(folder):
        _replace_files(folder, files)


def write_files(folder: Path, files: Iterable[tuple[str, Iterable[bytes]]]) -> dict[str, str]:
    """Write files below `folder`, each given as a relative path and the pieces of its content.

    Returns their SHA-256 by the path at which they were written.
    """
    written = {}
    for path, pieces in files:
        parts, digest = safe_parts(path), sha256()
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file, _removed_if_torn(target):
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
            file.flush()
        written["/".join(parts)] = digest.hexdigest()
    return written


def _replace_files(folder: Path, files: Sequence[tuple[str, Iterable[bytes]]]) -> None:
    earlier, names = _read_manifest(folder), {"/".join(safe_parts(path)) for path, _ in files}
    for name in earlier.keys() - names:
        _remove(folder, name, earlier[name])
    known = {name: digest for name, digest in earlier.items() if name in names}
    try:
        for file in files:
            known |= write_files(folder, [file])
    finally:
        # Also after a failure, such as a full disk: then the next run still knows what is ours.
        with contextlib.suppress(OSError):
            _write_manifest(folder, known)


@contextlib.contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Wait for other processes that write to the folder: two at once would mix their bytes in one file."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        # Not every file system has locks, or those of a folder, and one may be written to that cannot be read.
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


def _read_manifest(folder: Path) -> Mapping[str, str]:
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def _write_manifest(folder: Path, digests: Mapping[str, str]) -> None:
    # Not over the earlier one, which is better than none where the disk is full.
    fresh = folder / f"{MANIFEST}.part"
    with _removed_if_torn(fresh):
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(digests, order="sorted")))
        fresh.replace(folder / MANIFEST)


@contextlib.contextmanager
def _removed_if_torn(target: Path) -> Iterator[None]:
    """Remove what could be written of a file if it was not all: that tells nothing, and on a full disk it is room."""
    try:
        yield
    except OSError:
        if target.is_file() and not target.is_symlink():
            target.unlink()
        raise


def _remove(folder: Path, name: str, digest: str) -> None:
    """Remove a file if it is the one that we wrote, and the folders that are empty then."""
    parts = name.split("/")
    # A manifest may have come from elsewhere, and a folder may have become a link since.
    if not set(parts).isdisjoint({"", ".", ".."}) or safe_parts(name) != parts:
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
