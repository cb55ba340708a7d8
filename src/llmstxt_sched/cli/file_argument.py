"""Arguments that name a file."""

from __future__ import annotations

import argparse
from pathlib import Path


def named(text: str) -> str:
    """The name of a file; an empty one, as an unset variable of a script is, would be the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("the name of a file is wanted, and it is empty")
    return text


def file_path(text: str) -> Path:
    """The path of a file that is named."""
    return Path(named(text))
