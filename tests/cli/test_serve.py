from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.support.service import COMMAND


@pytest.mark.slow
def test_a_service_of_no_part_is_refused_before_it_starts_anything(tmp_path: Path) -> None:
    parts = ("--without", "worker", "--without", "api", "--without", "scheduler")
    environment = {"LLMSTXT_DATA__DIR": str(tmp_path / "data")}
    done = subprocess.run([COMMAND, "serve", *parts], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == "llmstxt-sched: without api, scheduler, worker there is nothing to run: leave one of them in\n"
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_all_settings_that_are_wrong_are_told_at_once(tmp_path: Path) -> None:
    wrong = {
        "LLMSTXT_API__PORT": "http",
        "LLMSTXT_EGRESS__ALLOW": "10.0.0.1/8",
        "LLMSTXT_EGRESS__NAMESERVERS": "x",
        "LLMSTXT_API__TRUSTED_PROXIES": "x",
        "LLMSTXT_SECRETS__KEY": "short",
        "LLMSTXT_SECRETS__OLD_KEY": "short",
        "REDIS_URL": "http://127.0.0.1/",
    }
    mail = {"LLMSTXT_SMTP__HOST": "mail.example.com", "LLMSTXT_SMTP__FROM": "nobody"}
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **wrong, **mail}
    done = subprocess.run([COMMAND, "serve"], env=environment, capture_output=True, text=True, check=False)
    told = done.stderr.splitlines()
    names = [line.removeprefix("llmstxt-sched: ").partition(" ")[0].partition("=")[0].rstrip(":") for line in told]
    assert (done.returncode, sorted(names)) == (1, sorted([*wrong, "LLMSTXT_SMTP__FROM"]))
