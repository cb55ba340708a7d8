from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.support.service import COMMAND


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "argument"),
    [
        (("check", ""), "FILE|URL"),
        (("backup", ""), "FILE"),
        (("restore", ""), "FILE"),
        (("project", "import", ""), "FILE"),
        (("project", "export", "--documents", ""), "--documents"),
        (("generate", "http://127.0.0.1:9/", "--header", "@"), "--header"),
    ],
)
def test_an_empty_name_is_a_bad_argument_and_not_the_current_folder(words: tuple[str, ...], argument: str) -> None:
    done = subprocess.run([COMMAND, *words], env={}, capture_output=True, text=True, check=False)
    told = done.stderr.splitlines()[-1].partition(": error: ")[2]
    assert (done.returncode, told) == (2, f"argument {argument}: the name of a file is wanted, and it is empty")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("check",), 2, "is empty: there is nothing to check"),
        (("project", "import"), 1, "is empty: there is no project to import"),
    ],
)
def test_an_empty_file_is_told_as_one(words: tuple[str, ...], code: int, told: str, tmp_path: Path) -> None:
    path = tmp_path / "nothing"
    path.write_text("\n")
    for name in (str(path), "-"):
        done = subprocess.run([COMMAND, *words, name], env={}, input="", capture_output=True, text=True, check=False)
        shown = "standard input" if name == "-" else name
        assert (done.returncode, done.stderr) == (code, f"llmstxt-sched: {shown} {told}\n")
