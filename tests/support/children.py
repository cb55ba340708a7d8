"""The children of a process, as the kernel lists them."""

from __future__ import annotations

from pathlib import Path


def children_of(process: int) -> set[int]:
    """Those of all its threads: each lists only the children that it started itself."""
    while True:
        try:
            return {
                int(word)
                for task in Path(f"/proc/{process}/task").iterdir()
                for word in (task / "children").read_text().split()
            }
        except (FileNotFoundError, ProcessLookupError):
            # A thread has ended since it was listed, and another one has its children now.
            if not Path(f"/proc/{process}").exists():
                raise
