"""Files that hold a secret."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

# Whoever still writes is done long before.
_LEFT_SECONDS = 3600
_NEW = ".new"


def write_private(path: Path, text: str) -> None:
    """Write a file that only the user of this process can read; after a power failure it is whole or as before.

    Several processes may do so at once.  Raises OSError.
    """
    _remove_left(path)
    # A name that nobody else has: no other process that writes this file, nor who may have put something in its place.
    file, name = tempfile.mkstemp(_NEW, f"{path.name}.", path.parent)
    try:
        with os.fdopen(file, "w", encoding="utf-8") as new:
            new.write(text)
            new.flush()
            os.fsync(file)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_left(path: Path) -> None:
    """Remove what processes left that were killed while they wrote."""
    oldest = time.time() - _LEFT_SECONDS
    for left in path.parent.iterdir():
        if left.name.startswith(f"{path.name}.") and left.name.endswith(_NEW):
            # Another process removes it just now, or it is somebody else's.
            with suppress(OSError):
                if left.lstat().st_mtime < oldest:
                    left.unlink()
