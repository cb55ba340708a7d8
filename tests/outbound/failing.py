"""Fetches that fail."""

from __future__ import annotations

import pytest

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.outbound.client import Client, fetch


async def failure(client: Client, url: str, **options: object) -> str:
    """The code of the failure."""
    with pytest.raises(FetchFailed) as failed:
        await fetch(client, url, **options)  # type: ignore[arg-type]
    return failed.value.code
