from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support.service import COMMAND


def test_a_service_of_no_part_is_refused_before_it_starts_anything(tmp_path: Path) -> None:
    parts = ("--without", "worker", "--without", "api", "--without", "scheduler")
    environment = {"LLMSTXT_DATA__DIR": str(tmp_path / "data")}
    done = subprocess.run([COMMAND, "serve", *parts], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == "llmstxt-sched: without api, scheduler, worker there is nothing to run: leave one of them in\n"
    )
    assert not (tmp_path / "data").exists()
