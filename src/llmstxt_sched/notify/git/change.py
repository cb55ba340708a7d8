"""What is to stand in a repository."""

from __future__ import annotations

import hashlib
from functools import cached_property

from msgspec import Struct

from llmstxt_sched.domain.notifications.git import GitOptions


class GitFile(Struct, frozen=True, dict=True):
    """A file as it is to be, at its path in the repository."""

    path: str
    body: bytes

    @cached_property
    def blob_sha(self) -> str:
        """The name of its blob in a repository of SHA-1 (Pro Git, section 10.2)."""
        return hashlib.sha1(b"blob %d\0" % len(self.body) + self.body, usedforsecurity=False).hexdigest()

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


class Change(Struct, frozen=True):
    """Files, and where they go; `text` is what a request says of them."""

    options: GitOptions
    files: tuple[GitFile, ...]
    text: str
