"""The inner engine on real servers."""

from __future__ import annotations

from tests.support.engine import engine
from tests.support.shared import clean_database_url, shared_database_url

__all__ = ["clean_database_url", "engine", "shared_database_url"]
