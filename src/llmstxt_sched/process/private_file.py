"""Files that hold a secret."""

from __future__ import annotations

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write a file that only the user of this process can read; after a power failure it is whole or as before.

    Raises OSError.
    """
    new = path.with_name(f"{path.name}.new")
    # What somebody else may have put there, perhaps with other rights, is not written into.
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
