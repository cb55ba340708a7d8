"""The process from outside: started, used, killed, stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.support.service import COMMAND, Service, Site, serve_site, until

FAST = {
    "LLMSTXT_SCHEDULER__INTERVAL_SECONDS": "0.5",
    "LLMSTXT_RUNS__LEASE_SECONDS": "2",
    "LLMSTXT_RUNS__RETRY_BASE_SECONDS": "0.5",
}
# What `docker stop` gives is ten.
DRAIN_SECONDS = 9.0


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service that notices lost leases soon; not started."""
    made = Service(tmp_path, FAST)
    yield made
    made.close()


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small site."""
    with serve_site(tmp_path_factory.mktemp("site")) as served:
        yield served


def test_a_killed_process_leaves_no_orphan_and_its_run_ends_in_one_version(service: Service, site: Site) -> None:
    service.start()
    body = {"url": site.url, "crawl": {"delay_seconds": 0.3}}
    project = service.json("POST", "/api/projects", body, expect=201)
    run = service.json("POST", f"/api/projects/{project['id']}/runs", expect=202)
    until(lambda: site.asked, "the crawl to begin")
    service.end(signal.SIGKILL)
    until(lambda: not _processes_on(service.data), "every child to end")
    service.start()
    ended = service.run_ended(run["id"])
    while ended["status"] == "RETRYING":
        time.sleep(0.1)
        ended = service.run_ended(run["id"])
    assert ended["status"] == "COMPLETE_WITH_DIFFS"
    runs = service.json("GET", f"/api/projects/{project['id']}/runs")["items"]
    assert [each["number"] for each in runs] == [1]
    assert service.client.get(f"/api/projects/{project['id']}/llms.txt").text.count("\n- ") == 4


def test_a_process_that_is_told_to_stop_hands_its_crawl_back(service: Service, site: Site) -> None:
    service.start()
    body = {"url": site.url, "crawl": {"delay_seconds": 6}}
    project = service.json("POST", "/api/projects", body, expect=201)
    run = service.json("POST", f"/api/projects/{project['id']}/runs", expect=202)
    until(lambda: site.asked, "the crawl to begin")
    started = time.monotonic()
    assert service.process
    service.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    assert service.end(signal.SIGTERM) == 0
    assert time.monotonic() - started < DRAIN_SECONDS
    assert "Traceback" not in service.log
    assert "run handed back" in service.log
    service.start()
    found = service.json("GET", f"/api/runs/{run['id']}")
    assert found["status"] in {"QUEUED", "IN_PROGRESS"}
    assert found["attempt"] == 0


def test_a_start_without_users_shows_a_link_that_makes_the_first_admin(tmp_path: Path) -> None:
    service = Service(tmp_path, {"LLMSTXT_AUTH__BOOTSTRAP_TOKEN": ""})
    file = tmp_path / "servers" / "sign-in-link"
    try:
        service.start()
        until(lambda: "/login#" in service.log, "the greeting")
        (link,) = [line.strip() for line in service.log.splitlines() if "/login#" in line]
        assert file.read_text() == f"{link}\n"
        assert file.stat().st_mode & 0o777 == 0o600
        old_token = _command(service, "token", "create", "before there are users")
        service.end()
        service.start()
        until(lambda: service.log.count("/login#") == 2, "the second greeting")
        # Both work until one of them has been used.
        with httpx.Client(base_url=service.client.base_url, headers={"Sec-Fetch-Site": "same-origin"}) as browser:
            begun = browser.post("/api/sessions", json={"link": link.partition("#")[2]})
            assert begun.json()["user"]["name"] == "admin"
            assert not file.exists()
            owner = browser.get("/api/tokens").json()["items"][0]["user"]
            assert owner == {"id": begun.json()["user"]["id"], "name": "admin"}
        for token in (old_token, _command(service, "token", "create", "beside it", "--user", "ADMIN")):
            own = {"Authorization": f"Bearer {token}"}
            assert service.client.get("/api/me", headers=own).json()["user"]["name"] == "admin"
        another = _command(service, "sign-in", "admin")
        answer = httpx.post(f"{service.client.base_url}/api/sessions", json={"link": another.partition("#")[2]})
        assert answer.status_code == 201
        service.end()
        service.start()
        assert service.log.count("/login#") == 2
        assert not file.exists()
    finally:
        service.close()


def test_a_second_start_on_the_same_data_is_refused_in_one_line(service: Service) -> None:
    service.start()
    other = Service(service.data, {"LLMSTXT_DATA__DIR": service.environment["LLMSTXT_DATA__DIR"]})
    refused = _refused(other.environment)
    assert "is in use by another process" in refused
    assert "LLMSTXT_DATA__DIR" in refused
    assert service.is_ready()


def test_a_taken_port_is_refused_in_one_line(service: Service) -> None:
    with socket.create_server(("127.0.0.1", service.api_port)):
        refused = _refused(service.environment)
    assert str(service.api_port) in refused
    assert "LLMSTXT_API__PORT" in refused


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("LLMSTXT_CRAWL__WORKRES", "9", "LLMSTXT_CRAWL__WORKRES"),
        ("LLMSTXT_CRAWL__WORKERS", "none", "LLMSTXT_CRAWL__WORKERS"),
        ("LLMSTXT_EGRESS__ALLOW", "all", "LLMSTXT_EGRESS__ALLOW"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line(service: Service, name: str, value: str, word: str) -> None:
    assert word in _refused({**service.environment, name: value})


def test_parts_that_are_left_out_are_not_members(tmp_path: Path) -> None:
    service = Service(tmp_path)
    process = subprocess.Popen(
        [COMMAND, "serve", "--without", "worker", "--without", "scheduler"],
        env=service.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    service.process = process
    service.log_path.touch()
    try:
        until(service.is_ready, "/ready")
        health = service.health.get("/health").json()
        assert set(health["members"]) == {"api", "documents", "health", "postgres", "valkey"}
        assert health["status"] == "ok"
    finally:
        service.close()


def _command(service: Service, *arguments: str) -> str:
    """What a command prints that runs beside the service."""
    done = subprocess.run(
        [COMMAND, *arguments], env=service.environment, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


def _refused(environment: dict[str, str]) -> str:
    """The one line with which a start is refused."""
    done = subprocess.run([COMMAND, "serve"], env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode not in {0, -signal.SIGKILL}
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def _processes_on(data: Path) -> list[str]:
    """The processes that work on the service's data or were started by it."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            folder = (entry / "cwd").readlink()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(data) in command or folder.is_relative_to(data):
            found.append(command)
    return found
