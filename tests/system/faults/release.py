"""An earlier release of the service: its files, as they stand in the history of this repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

ROOT = Path(__file__).parents[3]


class NoHistory(Exception):
    """The repository has no such commit: it is a copy without its history."""


def unpacked(commit: str, folder: Path) -> Path:
    """The folder of the source of the release of `commit`, below `folder`.  Raises NoHistory."""
    packed = subprocess.run(
        ["git", "-C", ROOT, "archive", "--format=tar", commit, "src", "sql"], capture_output=True, check=False
    )
    if packed.returncode:
        raise NoHistory(f"{commit} cannot be read: {packed.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        # There from Python 3.11.4 on, and what is done without a word from 3.14 on.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)
    return folder / "src"
