"""Names of files made from the paths of a site's pages, which may be anything."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import unquote

# The longest file name, in bytes, that ext4, XFS, APFS and NTFS all accept.
_MAX_NAME = 255
_HASH_DIGITS = 16
# What stands for characters beyond ASCII in an address.
_ESCAPED = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)
# They join letters, as those of Persian words; some disks pass over them.
_JOINER = re.compile("[\u200c\u200d]")


def safe_parts(path: str) -> list[str]:
    """Split `path` into names that are safe: no step out of the folder, none too long, no clash of file and folder.

    None of them leads into the folder in which Git keeps a repository.  A name in another script than Latin is written
    in it, as a server looks for a file that is asked for by the percent-encoded path.
    """
    return _safe(_ESCAPED.sub(_decoded, path))


def parts_apart(path: str) -> list[str]:
    """As `safe_parts`, with a name that no other path has, for a disk that takes the usual one for another's."""
    *folders, name = safe_parts(path)
    return [*folders, _hashed(name.encode("utf-8", "replace"))]


def are_safe(parts: list[str]) -> bool:
    """Whether these are names as `safe_parts` makes them, or made them when it left all of them encoded."""
    return _safe("/".join(parts)) == parts


def _safe(path: str) -> list[str]:
    *folders, name = [part for part in path.replace("\0", "").split("/") if part not in {"", ".", ".."}]
    return [*(_short(_as_folder(part)) for part in folders), _short(name)]


def _decoded(escaped: re.Match[str]) -> str:
    """What is escaped, if it is UTF-8 and all of it is seen."""
    text = unquote(escaped[0], errors="replace")
    is_seen = _JOINER.sub("", text).isprintable()
    return text if is_seen and "\ufffd" not in text else escaped[0]


def _as_folder(name: str) -> str:
    # The page /a is written to the file a.md, so /a.md/b needs a folder of another name.  And whoever writes into a Git
    # repository would have a page /.git/refs/heads/a for a broken branch, also as .GIT on a disk that ignores case.
    # A % without digits after it cannot come from a URL, so the new name clashes with nothing.
    is_git = _JOINER.sub("", name).lower() == ".git"
    return f"{name}%" if name.endswith((".md", ".txt")) or is_git else name


def _short(name: str) -> str:
    data = name.encode("utf-8", "replace")
    return data.decode() if len(data) <= _MAX_NAME else _hashed(data)


def _hashed(name: bytes) -> str:
    """A name with its hash, short enough for any disk."""
    suffix = b".md" if name.endswith(b".md") else b""
    end = f"~{sha256(name).hexdigest()[:_HASH_DIGITS]}{suffix.decode()}"
    return name.removesuffix(suffix)[: _MAX_NAME - len(end)].decode("utf-8", "ignore") + end
