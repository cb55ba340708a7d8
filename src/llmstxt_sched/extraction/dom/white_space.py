"""White space as a reader sees it."""

from __future__ import annotations

import re
from typing import Final

# Stands for a line that the page breaks itself, until the white space around is collapsed; a page has no NULs.
BREAK: Final = "\0"
# Wide characters but those of Hangul, which is written with spaces (Unicode Standard Annex 11).
_WIDE: Final = (
    "\u3000-\u303f\u3041-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003ffff"
)
_BROKEN: Final = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n\s*(?=[{_WIDE}])")


def without_breaks(text: str) -> str:
    """`text`, in which no space stands for a line feed between characters of scripts that write none.

    There it is only where the author's line was full (CSS Text Module Level 3, section 4.1.3).
    """
    return text if "\n" not in text or text.isascii() else _BROKEN.sub("", text)
