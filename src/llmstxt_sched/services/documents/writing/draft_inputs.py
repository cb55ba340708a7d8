"""Remembers what each project's version was drafted from: the same pages lead to the same documents.

To select and to render them took four fifths of the draft of a site that has not changed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

import msgspec

from llmstxt_sched.documents.model import Contents, Page

# So many projects are remembered, a quarter of a kilobyte each.
_PROJECTS = 10_000


class DraftInputs:
    """The latest inputs and the version that they led to, for each project that this process drafted lately."""

    def __init__(self) -> None:
        self._latest: OrderedDict[UUID, tuple[bytes, UUID | None]] = OrderedDict()

    def lead_to(self, project_id: UUID, inputs: bytes, version_id: UUID) -> bool:
        """Whether the project's latest draft had the same `inputs`, and its documents are those of this version."""
        return self._latest.get(project_id) == (inputs, version_id)

    def keep(self, project_id: UUID, inputs: bytes, version_id: UUID | None) -> None:
        """Remember what a draft led to."""
        self._latest[project_id] = inputs, version_id
        self._latest.move_to_end(project_id)
        if len(self._latest) > _PROJECTS:
            self._latest.popitem(last=False)


def digest_of(pages: Sequence[Page], start_url: str, contents: Sequence[Contents]) -> bytes:
    """A hash of all that `select` builds an index from, and of the texts of the pages."""
    encode = msgspec.msgpack.Encoder().encode
    digest = sha256(encode((start_url, contents)))
    # One by one: the pages of a large site are 60 MB.
    for page in pages:
        digest.update(encode(page))
    return digest.digest()
