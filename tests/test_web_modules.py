"""The pages' pure modules, by their own tests: `node --test tests/web/*.test.js`."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

# The first that takes a .js file with imports for a module.
NEEDED = (20, 19)


@pytest.mark.slow
def test_the_pages_pure_modules(tmp_path: Path) -> None:
    node = shutil.which("node")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout if node else ""
    if tuple(int(part) for part in version.strip("v\n").split(".")[:2] if part) < NEEDED:
        pytest.skip(f"node {'.'.join(map(str, NEEDED))} or later is needed, and there is {version.strip() or 'none'}")
    files = sorted(Path(__file__).parent.glob("web/*.test.js"))
    assert node
    assert files
    # All in one process: a file by itself takes as long to load as its tests do, and several times as long.
    together = tmp_path / "all.test.mjs"
    together.write_text("".join(f"import {json.dumps(file.as_uri())};\n" for file in files))
    done = subprocess.run([node, "--test", together], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
