"""The pages have a word for each status of a run and of a project."""

from __future__ import annotations

import re
from pathlib import Path

import llmstxt_sched
from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.run import ACTIVE, RunStatus

PARTS = Path(llmstxt_sched.__file__).parent / "web" / "parts"
NAME = re.compile(r"(\w+): ")


def names(file: str, table: str) -> list[str]:
    """The names in a table of words of a module."""
    found = re.search(rf"\b{table} = \{{(.*?)\}};", (PARTS / file).read_text(), re.DOTALL)
    assert found
    return NAME.findall(found[1])


def test_each_status_of_a_run_has_a_word() -> None:
    assert sorted(names("run-badge.js", "RUN_WORDS")) == sorted(RunStatus)


def test_what_an_active_run_does_is_told_for_each_status() -> None:
    assert sorted(names("live-run.js", "TITLES")) == sorted(ACTIVE)


def test_each_status_of_a_project_has_a_word_and_a_shape() -> None:
    assert sorted(names("status.js", "STATUSES")) == sorted(ProjectStatus)
    assert sorted(re.findall(r"^  (\w+): \(\) =>", (PARTS / "status.js").read_text(), re.MULTILINE)) == sorted(
        ProjectStatus
    )
