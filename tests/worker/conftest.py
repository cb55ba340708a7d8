"""The inner engine on real servers."""

from __future__ import annotations

from tests.support.accounts import accounts
from tests.support.engine import engine, other
from tests.support.notifying import notifying
from tests.support.receiver import receiver
from tests.support.shared import clean_database_url, shared_database

__all__ = ["accounts", "clean_database_url", "engine", "notifying", "other", "receiver", "shared_database"]
