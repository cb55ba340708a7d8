from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
CONNECTORS = {"ClientSession", "TCPConnector", "create_connection", "urlopen"}
# Its statement begins a line, wherever the class stands.
CLASS = re.compile(r"^[ \t]*class[ \t]+(\w+)", re.MULTILINE)


@pytest.mark.slow
def test_every_contract_of_the_layers_is_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " kept, 0 broken" in done.stdout


def test_one_module_alone_opens_connections_to_the_web() -> None:
    makers = {
        path.name
        for path in SOURCES
        for node in _nodes_of(path.read_text())
        if isinstance(node, ast.Call) and _name(node.func) in CONNECTORS
    }
    assert makers == {"client.py"}


def test_no_two_classes_have_the_same_name() -> None:
    names = Counter(name for path in SOURCES for name in CLASS.findall(path.read_text()))
    assert len(names) > 100
    assert [name for name, times in names.items() if times > 1] == []


def _nodes_of(source: str) -> Iterator[ast.AST]:
    """Every node of a source that may call one of CONNECTORS: to parse all takes a second."""
    return ast.walk(ast.parse(source)) if any(name in source for name in CONNECTORS) else iter(())


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
