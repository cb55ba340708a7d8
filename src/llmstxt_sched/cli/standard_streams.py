"""What the commands do with the standard streams."""

from __future__ import annotations

import os
import sys


def forget_output() -> None:
    """Point standard output elsewhere, once it takes nothing more: else the interpreter fails to flush it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
