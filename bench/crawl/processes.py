"""The processor time and the memory of a process, and of all that it started; from Linux' /proc."""

from __future__ import annotations

import os
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def cpu_seconds(root: int) -> float:
    """Of the process and its descendants, also of those that have ended and were waited for."""
    return sum(_ticks(process) for process in _tree(root)) / TICKS_A_SECOND


def resident_mb(process: int) -> float:
    """What the process itself holds in memory, in MiB, without files and what it shares with others (RssAnon)."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return int(fields["RssAnon"].split()[0]) / 1024


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            children.setdefault(_parent(int(folder.name)), []).append(int(folder.name))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def _parent(process: int) -> int:
    fields = _fields(process)
    return int(fields[1]) if fields else 0


def _ticks(process: int) -> int:
    # proc(5): utime, stime, and those of children that were waited for, are the fields 14 to 17.
    return sum(map(int, _fields(process)[11:15]))


def _fields(process: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on, after the name; none if the process has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
