"""mypyc, which compiles the reader for a container, makes lists of generator expressions (`hatch_build.py`).

One that is not used up then takes all of what it goes through, each time: a page of 50,000 cells took a minute.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src/llmstxt_sched/extraction"
# These use up what they are given, or stop in what is compiled as well (`any` and `all`).
USING_UP = {
    "all", "any", "bytes", "dict", "extend", "frozenset", "fromkeys", "isdisjoint", "join", "list", "max", "min", "set",
    "sorted", "sum", "tuple", "update",
}  # fmt: skip


@pytest.mark.slow
def test_no_generator_expression_is_used_in_part() -> None:
    expressions = [each for path in ROOT.rglob("*.py") for each in _generators(path)]
    assert len(expressions) > 100
    assert [f"{path.name}:{node.lineno}" for path, node, around in expressions if not _is_used_up(around)] == []


def _generators(path: Path) -> Iterator[tuple[Path, ast.GeneratorExp, ast.AST]]:
    for around in ast.walk(ast.parse(path.read_text())):
        for node in ast.iter_child_nodes(around):
            if isinstance(node, ast.GeneratorExp):
                yield path, node, around


def _is_used_up(around: ast.AST) -> bool:
    if isinstance(around, ast.Call):
        function = around.func
        return (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")) in USING_UP
    return isinstance(around, ast.comprehension | ast.Starred)
