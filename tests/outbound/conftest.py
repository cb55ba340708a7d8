"""One client and one pool of parsers for all tests."""

from __future__ import annotations

from tests.support.clients import client, crawls, parser

__all__ = ["client", "crawls", "parser"]
