"""A project's own selectors for what is content in its pages, and what is not."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Picks(Struct, frozen=True):
    """CSS selectors of a project: where `keep` matches, only that is content; what `drop` matches never is."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


NO_PICKS: Final = Picks()
