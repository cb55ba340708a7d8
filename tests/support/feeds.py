"""Reads feeds as their readers do, and holds them to RFC 4287."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
from lxml import etree

SCHEMA = etree.RelaxNG(file=str(Path(__file__).parents[1] / "documents" / "data" / "atom.rng"))


def read_feed(body: bytes) -> Any:
    """The feed as feedparser gives it, once it is certain that it is a valid one."""
    document = etree.fromstring(body)
    SCHEMA.assertValid(document)
    for parent in document.iter("{*}feed", "{*}entry"):
        # Section 4.1.1: no two of the same type, which the schema cannot say.
        kinds = [link.get("type") for link in parent.findall("{*}link[@rel='alternate']")]
        assert len(kinds) == len(set(kinds))
    ids = [each.text for each in document.findall("{*}entry/{*}id")]
    assert len(ids) == len(set(ids))
    found = feedparser.parse(body)
    assert not found.bozo
    assert found.version == "atom10"
    return found
