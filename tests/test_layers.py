from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))


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
        for path, node in _nodes()
        if isinstance(node, ast.Call)
        and _name(node.func) in {"ClientSession", "TCPConnector", "create_connection", "urlopen"}
    }
    assert makers == {"client.py"}


def test_no_two_classes_have_the_same_name() -> None:
    names = Counter(
        node.name for _, node in _nodes() if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in names.items() if times > 1] == []


@cache
def _nodes() -> list[tuple[Path, ast.AST]]:
    """Every node of every source, beside the path of its file."""
    return [(path, node) for path in SOURCES for node in ast.walk(ast.parse(path.read_text()))]


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
