"""The charts of docs/states.md say what the code does."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

from llmstxt_sched.domain.run import MOVES, TERMINAL, RunStatus
from llmstxt_sched.domain.schedule import ScheduleState

PAGE = (Path(__file__).parents[1] / "docs/states.md").read_text()
EDGE = re.compile(r"^ +(\S+) --> (\S+?)(?::.*)?$", re.MULTILINE)
OUTSIDE = "[*]"

Edges = set[tuple[str, str]]


def edges_of(heading: str) -> Edges:
    """The edges of the chart below `heading`; no edge may stand there twice."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    chart = section.partition("```mermaid\nstateDiagram-v2\n")[2].partition("```")[0]
    edges = EDGE.findall(chart)
    assert len(edges) == len(set(edges)) == chart.count("-->") > 0
    return set(edges)


def inner(edges: Edges) -> Edges:
    return {edge for edge in edges if OUTSIDE not in edge}


def test_the_chart_of_runs_has_every_move_and_no_other() -> None:
    moves = {(str(source), str(move.target)) for move in MOVES for source in move.sources}
    assert inner(edges_of("A run")) == moves


def test_the_chart_of_runs_begins_and_ends_where_runs_do() -> None:
    edges = edges_of("A run")
    assert {target for source, target in edges if source == OUTSIDE} == {RunStatus.QUEUED}
    # A scheduled run that nobody has taken is deleted by a pause or an edit.
    assert {source for source, target in edges if target == OUTSIDE} == TERMINAL | {RunStatus.QUEUED}


def test_the_chart_of_schedules_has_every_state_enabled_and_paused() -> None:
    edges = edges_of("A schedule")
    shown = {name for edge in edges for name in edge} - {OUTSIDE}
    assert shown == {f"{state}_{switch}" for state, switch in product(ScheduleState, ("enabled", "paused"))}


def test_every_state_of_the_schedule_is_reached_and_left() -> None:
    edges = edges_of("A schedule")
    moved = {(source, target) for source, target in edges if source != target}
    assert {source for source, _ in moved} - {OUTSIDE} == {target for _, target in moved}
