"""A number of things in words."""

from __future__ import annotations


def plural(count: int, noun: str) -> str:
    """ "1 page", "2 pages": of nouns that take an s."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
