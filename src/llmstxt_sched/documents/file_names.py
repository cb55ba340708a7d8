"""Names of files made from the paths of a site's pages, which may be anything."""

from __future__ import annotations

from hashlib import sha256

# The longest file name, in bytes, that ext4, XFS, APFS and NTFS all accept.
_MAX_NAME = 255
_HASH_DIGITS = 16


def safe_parts(path: str) -> list[str]:
    """Split `path` into names that are safe: no step out of the folder, none too long, no clash of file and folder.

    None of them leads into the folder in which Git keeps a repository.
    """
    *folders, name = [part for part in path.replace("\0", "").split("/") if part not in {"", ".", ".."}]
    return [*(_short(_as_folder(part)) for part in folders), _short(name)]


def _as_folder(name: str) -> str:
    # The page /a is written to the file a.md, so /a.md/b needs a folder of another name.  And whoever writes into a Git
    # repository would have a page /.git/refs/heads/a for a broken branch, also as .GIT on a disk that ignores case.
    # A % without digits after it cannot come from a URL, so the new name clashes with nothing.
    return f"{name}%" if name.endswith((".md", ".txt")) or name.lower() == ".git" else name


def _short(name: str) -> str:
    data = name.encode("utf-8", "replace")
    if len(data) <= _MAX_NAME:
        return data.decode()
    end = f"~{sha256(data).hexdigest()[:_HASH_DIGITS]}{'.md' if name.endswith('.md') else ''}"
    return data[: _MAX_NAME - len(end)].decode("utf-8", "ignore") + end
