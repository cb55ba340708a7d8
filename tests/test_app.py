"""How the members of a process are put together."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.support.service import Service, until


@pytest.mark.slow
def test_ticks_come_at_the_interval_of_the_settings(tmp_path: Path) -> None:
    service = Service(tmp_path, {"LLMSTXT_SCHEDULER__INTERVAL_SECONDS": "3600"})
    try:
        service.start()
        until(lambda: _ticks(service), "the first tick")
        time.sleep(1)
        assert _ticks(service) == 1
    finally:
        service.close()


def _ticks(service: Service) -> int:
    lines = service.health.get("/metrics").text.splitlines()
    return next(int(float(line.split()[1])) for line in lines if line.startswith("llmstxt_ticks_total "))
