"""Writing documents into a folder under names that a page's address may suggest but not choose."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

# What ext4, XFS, APFS and NTFS take for one name, in bytes.
_MAX_NAME = 255
_HASH_DIGITS = 16


def write_files(folder: Path, files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write each file, given as its path below the project and its pieces, below `folder`."""
    for path, pieces in files:
        target = folder.joinpath(*safe_parts(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.writelines(pieces)


def safe_parts(path: str) -> list[str]:
    """`path` as names that cannot leave the folder, are short enough, and never make a folder of a file's name."""
    *folders, name = [part for part in path.split("/") if part not in {"", ".", ".."}]
    return [*(_short(_as_folder(part)) for part in folders), _short(name)]


def _as_folder(name: str) -> str:
    # /a is written to a.md, so /a.md/b cannot be written below a.md; % followed by no digits is in no URL.
    return f"{name}%" if name.endswith((".md", ".txt")) else name


def _short(name: str) -> str:
    data = name.replace("\0", "").encode("utf-8", "replace")
    if len(data) <= _MAX_NAME:
        return data.decode()
    end = f"~{sha256(data).hexdigest()[:_HASH_DIGITS]}{'.md' if name.endswith('.md') else ''}"
    return data[: _MAX_NAME - len(end)].decode("utf-8", "ignore") + end
