"""Inline Markdown that is being written, whose parts must make no markup with one another."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction.dom.white_space import BREAK
from llmstxt_sched.extraction.markdown.code import code_span
from llmstxt_sched.extraction.markdown.escape import escape_brackets, escape_end, escape_text, separate

# Between any of these and the text, a mark neither opens nor closes emphasis (CommonMark 2.1 and 6.2).
_SPACE: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))) + BREAK
# In a link whose text has brackets that are not in pairs.
UNPAIRED: Final = "[]"
# Longer spans, in characters, are not joined with what follows, which would take quadratic time.
MAX_JOINED: Final = 2000


class Written:
    """What was written so far, `within` the elements of these tags.

    Text is kept back until markup follows, and escaped as a whole: elements may split it anywhere.
    """

    __slots__ = (
        *("_code", "_following", "_is_last", "_is_plain", "_mark", "_marked", "_parts", "_text", "_texts", "_within"),
    )

    def __init__(self, within: frozenset[str], *, is_plain: bool) -> None:
        self._is_plain = is_plain
        self._within = within
        self._parts: list[str] = []
        self._text: list[str] = []
        # The places of parts that are text with marks, and of those that are emphasis, with its marks.
        self._texts: list[int] = []
        self._marked: dict[int, str] = {}
        # The code of the span, and the mark of the emphasis, that the last part ends with.
        self._code = self._mark = ""
        self._following = ""
        self._is_last = False

    def written(self) -> str:
        """What was written so far."""
        self._escape_text()
        if self._texts and len(self._texts) + len(self._marked) > 1:
            separate(self._parts, self._texts, self._marked)
        return "".join(self._parts)

    def _add_text(self, text: str) -> None:
        """Write a text: nothing else puts one among what is kept back."""
        # An empty one would hide what stands before it.
        if text:
            self._text.append(text)

    def _escape_text(self) -> None:
        if self._text:
            text = "".join(self._text)
            self._parts.append(text if self._is_plain else escaped(text, self._within))
            self._text.clear()
            self._note_marks()

    def _note_marks(self) -> None:
        """Note that the last part is a text in which marks may be."""
        text = self._parts[-1]
        if ("*" in text or "_" in text or "~" in text) and not self._is_plain:
            self._texts.append(len(self._parts) - 1)

    def _markup(self, markup: str, *, code: str = "", mark: str = "") -> None:
        """Write markup, which ends with the span of this code, or with the emphasis of this mark."""
        if not markup:
            return
        self._escape_text()
        self._parts.append(markup)
        self._code, self._mark = code, mark

    def _before(self) -> str:
        """The character before what is written next; '' if it is the first."""
        before = self._text or self._parts
        return before[-1][-1] if before else ""

    def _write_code(self, code: str) -> None:
        if self._is_plain or not code.strip():
            self._add_text(code)
            return
        is_beside = self._before() == "`" and not self._text
        if is_beside and 0 < len(self._code) <= MAX_JOINED:
            # Two spans side by side would be read as one with backticks in it.
            self._parts.pop()
            code = self._code + code
        elif is_beside or code[:1].isspace():
            self._add_text(" ")
        self._markup(code_span(code), code=code)
        if code[-1:].isspace():
            self._add_text(" ")

    def _unmarked(self, space: str, text: str, after: str, *, is_text: bool) -> None:
        """Write the text of an element without marks, so that it makes no markup with what stands beside it."""
        if not space and text[:1] == self._before() and (text[:1] == "`" or (text[:1] == "*" and not is_text)):
            space = " "
        self._escape_text()
        if not space and self._parts:
            self._parts[-1] = escape_end(self._parts[-1], text)
        self._markup(space + (text if after or self._is_last else escape_end(text, self._following)) + after)
        if is_text:
            self._note_marks()

    def _mark_before(self) -> str:
        """The mark of the emphasis that ended directly before; '' if none did."""
        return "" if self._text else self._mark

    def _escape_picture(self, space: str) -> None:
        """Escape an exclamation mark directly before a link, which would make a picture of it."""
        if not space and self._before() == "!":
            self._escape_text()
            self._parts[-1] = self._parts[-1][:-1] + "\\!"


def escaped(text: str, within: frozenset[str]) -> str:
    """A text within the elements of these tags, so that none of it is read as Markdown."""
    text = escape_text(text, within)
    return escape_brackets(text) if UNPAIRED in within else text


def split_space(text: str) -> tuple[str, str, str]:
    """`text`, which is escaped, without the white space and line breaks around it, between what is before and after."""
    inner = text.strip(_SPACE)
    if len(inner) == len(text):
        return "", text, ""
    if not inner:
        return text, "", ""
    start = text.index(inner)
    after = text[start + len(inner) :]
    # A backslash needs none before it only where white space follows.
    is_active = after and (len(inner) - len(inner.rstrip("\\"))) % 2
    return text[:start], f"{inner}\\" if is_active else inner, after
