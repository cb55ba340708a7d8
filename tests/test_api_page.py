"""The page of the API for people, held against the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from llmstxt_sched.api.permissions import PERMISSIONS, Need
from llmstxt_sched.api.problems import DETAILS, STATUSES
from llmstxt_sched.domain.project import ProjectStatus
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.domain.schedule import Fate
from llmstxt_sched.services.documents.outcomes import REASONS
from llmstxt_sched.services.documents.site_pages import Verdict
from llmstxt_sched.services.run_errors import RUN_ERRORS

PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text()
SOURCES = Path(__file__).parents[1] / "src" / "llmstxt_sched"
NEEDS = {Need.OPEN: "anybody"}
# What describes the API, in other forms.
ELSEWHERE = ("/api/docs", "/api/openapi.json")
# What the code of a run that failed is given to.
ERROR, COLUMN = "CrawlFailed", "error_code"


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
        if path.startswith(("/api/", "/p/", "/v1/")) and not path.startswith(ELSEWHERE)
    }


def test_the_page_has_every_status_of_an_error() -> None:
    told = re.findall(r"^\| (\d{3}) \|", PAGE, re.MULTILINE)
    # What does not come from the code of an error: a body that is not JSON, or none.
    assert told == sorted({str(status) for status in {*STATUSES.values(), *DETAILS, 400, 415}})


def test_the_page_has_every_word() -> None:
    assert list(rows("### How a project stands")) == list(ProjectStatus)
    assert list(rows("### How a run stands")) == list(RunStatus)
    assert list(rows("### What became of a due time")) == ["PENDING", *Fate]
    assert list(rows("## Pages")) == list(Verdict)


def test_the_page_says_of_every_code_of_a_run_what_the_code_says() -> None:
    assert rows("### Why a run failed") == RUN_ERRORS


def test_every_code_that_a_run_can_fail_with_has_its_words() -> None:
    literals = set()
    for path in SOURCES.rglob("*.py"):
        source = path.read_text()
        # To parse all of them takes a second.
        if ERROR in source or COLUMN in source:
            for node in ast.walk(ast.parse(source)):
                literals |= codes_in(node)
    assert literals
    assert literals <= RUN_ERRORS.keys()


def codes_in(node: ast.AST) -> set[str]:
    """The code of an error that `node` makes, if it is written there."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == ERROR:
        given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]
    elif isinstance(node, ast.Call):
        given = [word.value for word in node.keywords if word.arg == COLUMN]
    else:
        given = []
    return {each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_the_page_says_of_every_outcome_what_the_api_says() -> None:
    assert rows("### What became of an address") == {outcome.value: reason for outcome, reason in REASONS.items()}
