"""The page of the API for people, held against the code."""

from __future__ import annotations

import re
from pathlib import Path

from llmstxt_sched.api.permissions import PERMISSIONS, Need
from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.domain.schedule import Fate
from llmstxt_sched.services.documents.outcomes import REASONS
from llmstxt_sched.services.documents.site_pages import Verdict

PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text()
NEEDS = {Need.OPEN: "anybody"}
# What describes the API, in other forms.
ELSEWHERE = ("/api/docs", "/api/openapi.json", "/api/schema")


def rows(heading: str) -> dict[str, str]:
    """The first and the last column of the first table below a heading."""
    section = PAGE.partition(f"\n{heading}\n")[2].partition("\n#")[0]
    return dict(re.findall(r"^\| `(\w+)` \|(?:[^|\n]*\|)*? ([^|\n]+) \|$", section, re.MULTILINE))


def written(path: str) -> str:
    """A path as the page writes it."""
    return re.sub(r"\{\w+_id\}", "{id}", path).replace("{page}", "{path}")


def test_the_page_has_every_call_with_what_it_needs_and_no_other() -> None:
    calls = dict(re.findall(r"^\| `([A-Z]+ /[^`?]+)` \| (\w+) \|", PAGE, re.MULTILINE))
    assert calls == {
        f"{method} {written(path)}": NEEDS.get(need, need.value)
        for (method, path), need in PERMISSIONS.items()
        if path.startswith(("/api/", "/p/")) and not path.startswith(ELSEWHERE)
    }


def test_the_page_has_every_word() -> None:
    assert list(rows("### How a project stands")) == list(ProjectStatus)
    assert list(rows("### How a run stands")) == list(RunStatus)
    assert list(rows("### What became of a due time")) == ["PENDING", *Fate]
    assert list(rows("## Pages")) == list(Verdict)


def test_the_page_says_of_every_outcome_what_the_api_says() -> None:
    assert rows("### What became of an address") == {outcome.value: reason for outcome, reason in REASONS.items()}
