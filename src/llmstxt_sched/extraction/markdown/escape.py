"""Escapes text so that none of it is read as Markdown (CommonMark 2.4), and no more of it than that takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

# Characters that would begin a tag, a code span, a link, a link definition or an entity in Markdown, and a backslash
# that would escape what follows it, which at the end of the text may be markup.
_ACTIVE: Final = re.compile(r"<(?=[A-Za-z/!?])|`|\](?=[(:\[])|&(?=#?\w{1,40};)|\\(?=[!-/:-@\[-`{-~]|$)")
_BRACKET, _UNESCAPED_BRACKET = re.compile(r"\][(:\[]|[\[\]]"), re.compile(r"(?<!\\)((?:\\\\)*)([\[\]])")
# What, after a character that was the last of a text, makes markup of both.
_CONTINUED: Final = {"<": re.compile(r"[A-Za-z/!?]"), "]": re.compile(r"[(:\[]"), "&": re.compile(r"[#\w]")}
# An underscore that is not in the midst of a word.
_AT_EDGE: Final = re.compile(r"(?<!\w)_|_(?!\w)")
_RUNS: Final = re.compile(r"\*+|_+|~+")
_UNESCAPED_RUNS: Final = re.compile(r"\\.|(?P<marks>\*+|_+|~+)", re.DOTALL)
# What begins a block where a line of a paragraph may not (CommonMark 4 and 5); the character to escape is the last.
_BLOCK_START: Final = re.compile(
    r"#(?=#{0,5}(?:\s|$))|>|[-+*](?=\s|$)|[=-](?=[=-]*\s*$)|[-:|](?=[-:| ]*$)|~(?=~~)|([*_-])(?=(?:\s*\1){2,}\s*$)|"
    r"\d{1,9}[.)](?=\s|$)"
)
_STARTS: Final = frozenset("#>-+*=:|~_0123456789")


def escape_text(text: str, within: Collection[str] = ()) -> str:
    """`text` with backslashes before what Markdown would take for markup, `within` emphasis of these marks."""
    # Most texts have none of these, which is found out faster than where they would be markup.
    if "<" in text or "`" in text or "]" in text or "&" in text or "\\" in text:
        text = _ACTIVE.sub(r"\\\g<0>", text)
    return _without_emphasis(text, within) if "*" in text or "_" in text or "~" in text else text


def escape_brackets(text: str) -> str:
    """The text, which is escaped, with backslashes before its square brackets."""
    return _UNESCAPED_BRACKET.sub(r"\1\\\2", text)


def escape_end(text: str, following: str) -> str:
    """The text, which is escaped, so that its end makes no markup with `following`, which is '' if unknown."""
    continued = _CONTINUED.get(text[-1:])
    if continued is None or (following and not continued.match(following)):
        return text
    before = text[:-1]
    is_escaped = (len(before) - len(before.rstrip("\\"))) % 2
    return text if is_escaped else f"{before}\\{text[-1]}"


def has_pairs(text: str) -> bool:
    """Whether each square bracket in `text` has its partner, and `escape_text` leaves all of them as they are."""
    if "[" not in text and "]" not in text:
        return True
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth += {"[": 1, "]": -1}.get(bracket, -len(text))
        if depth < 0:
            return False
    return not depth


def _without_emphasis(text: str, within: Collection[str]) -> str:
    """Escape the marks that would begin and end emphasis: `__init__`, but not `a_b` or `2 * 3`.

    Within emphasis, one of its own marks would end it, or leave its end without a beginning.
    """
    if "*" not in text and "~" not in text and _AT_EDGE.search(text) is None:
        # As in `a_b`, which is what most texts with marks have.
        return text
    around = {mark[0] for mark in within if mark}
    runs = list(_RUNS.finditer(text))
    flanks = [_flanks(text, run) for run in runs]
    begun, ended = dict[str, int](), dict[str, int]()
    for at, (run, (opens, closes)) in enumerate(zip(runs, flanks, strict=True)):
        mark = run[0][0]
        if closes and mark in begun:
            ended[mark] = at
        if opens:
            begun.setdefault(mark, at)
    parts, end = list[str](), 0
    for at, run in enumerate(runs):
        mark = run[0][0]
        is_paired = mark in ended and begun[mark] <= at <= ended[mark]
        is_own = mark in around and (any(flanks[at]) or not run.start() or run.end() == len(text))
        is_markup = is_paired or is_own or _is_alone(text, run)
        parts += [text[end : run.start()], f"\\{mark}" * len(run[0]) if is_markup else run[0]]
        end = run.end()
    return "".join([*parts, text[end:]])


class _Mark(NamedTuple):
    """A run of marks in a text, or an element that is marked as emphasis, which both begins and ends there."""

    part: int
    at: int
    run: str
    opens: bool = True
    closes: bool = True
    is_text: bool = False


def separate(parts: list[str], texts: Iterable[int], marked: Mapping[int, str]) -> None:
    """Escape the marks in texts that would make emphasis with those in others of `parts`, which are a line.

    `texts` are the places of those that are text, escaped each by itself, `marked` those of emphasis with its marks.
    """
    found = [_Mark(part, 0, mark) for part, mark in marked.items()]
    for part in texts:
        before, text = parts[part - 1][-1:] if part else "", parts[part]
        line = before + text + "".join(parts[part + 1 : part + 2])[:1]
        runs = [run for run in _UNESCAPED_RUNS.finditer(line, len(before), len(before) + len(text)) if run["marks"]]
        found += [_Mark(part, run.start() - len(before), run[0], *_flanks(line, run), is_text=True) for run in runs]
    paired: dict[int, list[_Mark]] = {}
    for mark in sorted(_paired(found)):
        paired.setdefault(mark.part, []).append(mark)
    for part, marks in paired.items():
        text, end, pieces = parts[part], 0, list[str]()
        for mark in marks:
            pieces += [text[end : mark.at], f"\\{mark.run[0]}" * len(mark.run)]
            end = mark.at + len(mark.run)
        parts[part] = "".join([*pieces, text[end:]])


def _paired(found: Iterable[_Mark]) -> Iterator[_Mark]:
    """The marks in texts from the first that may begin emphasis to the last that may end it, of each kind."""
    for kind in "*_~":
        alike = [mark for mark in sorted(found) if mark.run[0] == kind]
        opening = [at for at, mark in enumerate(alike) if mark.opens][:1]
        closing = [at for at, mark in enumerate(alike) if mark.closes][-1:]
        if opening and closing > opening:
            yield from [mark for mark in alike[opening[0] : closing[0] + 1] if mark.is_text]


def _is_alone(text: str, run: re.Match[str]) -> bool:
    """Whether a run stands between marks, as in `<'_>`: then it may begin or end emphasis beyond this text."""
    around = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    return all(character and _is_mark(character) for character in around)


def _flanks(text: str, run: re.Match[str]) -> tuple[bool, bool]:
    """Whether a run of marks can begin emphasis, and whether it can end it (CommonMark 6.2)."""
    before, after = text[run.start() - 1 : run.start()] or " ", text[run.end() : run.end() + 1] or " "
    left = not after.isspace() and (not _is_mark(after) or before.isspace() or _is_mark(before))
    right = not before.isspace() and (not _is_mark(before) or after.isspace() or _is_mark(after))
    if run[0][0] != "_":
        return left, right
    return left and (not right or _is_mark(before)), right and (not left or _is_mark(after))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def escape_start(line: str) -> str:
    """Escape what would begin another block than a paragraph."""
    start = _BLOCK_START.match(line) if line[0] in _STARTS else None
    return f"{line[: start.end() - 1]}\\{line[start.end() - 1 :]}" if start else line
