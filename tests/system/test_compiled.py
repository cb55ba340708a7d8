"""The reader of pages as a container has it: compiled.

The same C, but not optimised: with -O1 the tests take a third less time, but the compiler takes two and a half times as
long, which is more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from shutil import which

import pytest

ROOT = Path(__file__).parents[2]
COMPILED = ROOT / "build/tested"
MODULE = "import llmstxt_sched.extraction.extract as module; print(module.__file__)"


@pytest.mark.slow
def test_the_compiled_reader_passes_the_tests_of_the_one_in_python() -> None:
    if which("cc") is None or not Path(sysconfig.get_path("include"), "Python.h").exists():
        reason = "a C compiler and Python's headers are needed: apt-get install gcc python3-dev"
        pytest.fail(reason) if "CI" in os.environ else pytest.skip(reason)
    _run("make", "compiled", f"COMPILED={COMPILED.relative_to(ROOT)}", "OPT_LEVEL=0")
    place = {"PYTHONPATH": str(COMPILED)}
    assert _run(sys.executable, "-c", MODULE, **place).startswith(f"{COMPILED}/")
    tests = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/extraction")
    assert " passed" in _run(*tests, **place)


def _run(*command: str, **settings: str) -> str:
    # Not the options of the make and the pytest around it.
    others = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTEST"))}
    done = subprocess.run(command, cwd=ROOT, env={**others, **settings}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout
