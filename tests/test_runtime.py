from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.support.service import Service, until

from llmstxt_sched import runtime
from llmstxt_sched.config import Settings, SmtpSettings
from llmstxt_sched.errors import WrongSettings


@pytest.mark.slow
def test_a_process_that_waits_for_its_servers_is_alive_and_not_ready(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        service = Service(tmp_path, {"DATABASE_URL": f"postgresql://somebody:secret@{place}/db"})
        service.launch()
        until(lambda: _status(service, "/live") == 200, lambda: f"/live; the log says:\n{service.log}")
        assert {path: _status(service, path) for path in ("/ready", "/health")} == {"/ready": 503, "/health": 503}
        until(lambda: f"Postgres at {place}" in service.log, "the log to say for which server it waits")
        assert service.end() == 0
        assert "secret" not in service.log
        service.close()


@pytest.mark.server
def test_a_stop_ends_the_making_of_a_database_that_takes_long_and_the_next_start_makes_it_anew(tmp_path: Path) -> None:
    service = Service(tmp_path)
    try:
        service.launch()
        os.kill(until(lambda: _initdb_of(service), "initdb"), signal.SIGSTOP)
        assert service.end() == 0
        assert "service stopped before it had started" in service.log
        assert "Timeout" not in service.log
        service.start()
    finally:
        service.close()


def _initdb_of(service: Service) -> int | None:
    assert service.process
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes().split(b"\0")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if command[0].endswith(b"initdb") and int(parent) == service.process.pid:
                return int(folder.name)
    return None


def _status(service: Service, path: str) -> int:
    try:
        return service.health.get(path).status_code
    except httpx.TransportError:
        return 0


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("", ""),
        ("postgresql://a:p%40ss@db.internal:5433/x?sslmode=require", " at db.internal:5433"),
        ("postgresql:///x?host=/run/postgres", " at /run/postgres"),
        ("redis://:secret@[::1]:6379/0", " at [::1]:6379"),
        ("redis://[::1:6379", ""),
        ("redis://:pa/ss@host:6379/0", ""),
        ("postgres://user:se#cret@host/name", ""),
    ],
)
def test_a_server_is_named_by_its_place_and_without_the_password(url: str, place: str) -> None:
    assert runtime.place_of(url) == place


def test_a_sender_of_mail_that_is_missing_is_not_told_as_a_wrong_one() -> None:
    """That it is missing is found where the settings are read."""
    wrong = WrongSettings()
    runtime.check_settings(Settings(smtp=SmtpSettings(host="mail.example.com")), wrong)
    wrong.tell()
