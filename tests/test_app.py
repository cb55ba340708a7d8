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


def test_a_replica_without_the_api_leaves_the_token_of_its_peers(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    (tmp_path / "worker").mkdir()
    service = Service(tmp_path, servers)
    worker = Service(tmp_path / "worker", {**servers, "LLMSTXT_AUTH__BOOTSTRAP_TOKEN": ""})
    try:
        service.start()
        assert service.client.get("/api/projects").status_code == 200
        worker.start("--without", "api", "--without", "scheduler")
        assert service.client.get("/api/projects").status_code == 200
        assert f"llmstxt-sched is at {worker.url}/" in worker.log
    finally:
        worker.close()
        service.close()


def _ticks(service: Service) -> int:
    lines = service.health.get("/metrics").text.splitlines()
    return next(int(float(line.split()[1])) for line in lines if line.startswith("llmstxt_ticks_total "))
