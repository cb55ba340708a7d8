"""What a project says is the content of its pages."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Picks(Struct, frozen=True):
    """CSS selectors of a project: of a page that has what `keep` matches, only that is content; `drop` is none."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


NO_PICKS: Final = Picks()
