"""The lines of blocks that are being written, in the lists and quotations around them (CommonMark 5)."""

from __future__ import annotations

from typing import Final

# Lists and quotations deeper than this, in characters of what their lines begin with, are not indented any further.
_MAX_PREFIX: Final = 60


class BlockLines:
    """Appends blocks to `lines`, with blank lines between them.

    Every line begins with `_prefix`, but the next one with `_marker` if that is not ''.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._prefix = self._marker = ""
        # The label of an item, "a.", for which Markdown has no marker: it stands before the item's first text, or above
        # its first block.
        self._letter = ""
        # Whether a blank line comes before the next block.
        self._is_apart = False
        # Whether the last block is a text, and whether it is the heading of a part of the page and not the page's own.
        self._is_after_text = self._is_below_part = False

    def _is_deep(self) -> bool:
        """Whether nothing is indented any further."""
        return len(self._prefix) > _MAX_PREFIX

    def _emit(self, lines: list[str]) -> None:
        """Append a block; one without lines is none."""
        if not lines:
            return
        if self._letter:
            self._emit_letter()
        self._gap()
        prefix = self._prefix
        begin, self._marker = self._marker or prefix, ""
        self.lines.append(f"{begin}{lines[0]}" if lines[0] else begin.rstrip())
        if len(lines) > 1:
            empty = prefix.rstrip()
            self.lines += [f"{prefix}{line}" if line else empty for line in lines[1:]]
        self._is_apart, self._is_after_text = True, False
        self._is_below_part = False

    def _emit_letter(self) -> None:
        letter, self._letter = self._letter, ""
        self._emit([letter])

    def _gap(self) -> None:
        """Append the blank line before a block, if there is to be one."""
        if self._is_apart and not self._marker:
            blank = self._prefix.rstrip()
            # There is one already where an item or quotation was begun and turned out to be empty.
            if self.lines and self.lines[-1] != blank:
                self.lines.append(blank)
        self._is_apart = False

    def _begin(self, first: str, others: str) -> tuple[str, str, int]:
        """Begin the first of the lines written up to `_end` with `first`, and the others with `others`.

        Returns what `_end` takes.
        """
        if self._letter:
            self._emit_letter()
        self._gap()
        outer = self._prefix, self._marker, len(self.lines)
        prefix, marker, _ = outer
        if self._is_deep():
            self._marker = marker or prefix + first
        else:
            self._prefix, self._marker = prefix + others, (marker or prefix) + first
        return outer

    def _end(self, outer: tuple[str, str, int]) -> None:
        self._prefix, marker, written = outer
        self._marker = marker if len(self.lines) == written else ""
