"""Regular expressions of many words, of which most pages need few.

To compile all of the reader's took three quarters of the time that one of its processes needs to start.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable


class LazyPattern:
    """A regular expression that is compiled when it is first looked for; the methods are those of re.Pattern."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at `start`, if there is one."""
        return self._pattern().match(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text, if it is one."""
        return self._pattern().fullmatch(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere in the text."""
        return self._pattern().search(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        return self._pattern().sub(replacement, text)

    def _pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        return self._compiled
