"""Code blocks and spans: the code byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from textwrap import dedent
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, elements_among
from llmstxt_sched.extraction.dom.white_space import BREAK
from llmstxt_sched.extraction.markdown.code_languages import language_of
from llmstxt_sched.extraction.markdown.inline.exponents import SCRIPTS, mark_in_code

# What may hold a line of its own in a block of code.
_LINES_OF_CODE: Final = frozenset(["code", "tt"])
# An editor has so many elements before its first line at most, with a number for each line.
_MAX_BEFORE_LINES: Final = 5000
_BACKTICKS: Final = re.compile(r"`+")
# The number of a line has no more digits.
_MAX_DIGITS: Final = 7
# What may hold the number of a line.
_NUMBERED: Final = frozenset(["a", "div", "span"])


def code_span(text: str) -> str:
    """Format `text` as inline code, its white space collapsed to one line (CommonMark 6.1)."""
    text = " ".join(text.split())
    if not text:
        return ""
    if "`" not in text:
        return f"`{text}`"
    longest = max(map(len, _BACKTICKS.findall(text)))
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}"


def code_text(node: Element) -> str:
    """The text of inline code; an exponent in it is told from the digits before."""
    texts: list[str] = []
    ahead: list[Element | str] = [*reversed(node.children)]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            texts.append(part)
        elif not part.dropped:
            ahead += part.children[::-1]
            ahead += [" "] if part.tag == "br" else []
            if mark := mark_in_code(part, texts):
                texts.append(mark)
    return "".join(texts)


def broken_code(run: Sequence[Element | str]) -> Element | None:
    """The inline code of several lines that is all of `run`; else None."""
    code = run[0] if run else ""
    if isinstance(code, str) or code.tag not in selectors.CODE_SPANS:
        return None
    if code.only_text is not None and not selectors.KEEPS_LINES.search(code.get("style")):
        return None
    is_alone = all(isinstance(beside, str) and beside.isspace() for beside in run[1:])
    return code if is_alone and "\n" in code_of(code) else None


def fenced(block: Element, around: Element | None = None) -> list[str]:
    """The lines of a code block as a fenced block (CommonMark 4.5); none if it has no code.

    The block or the element `around` it declares the language.
    """
    path = _path(block)
    code = _code_in(path[-1], block)
    if not code.strip():
        return []
    return _fence(code, language_of(path) or (language_of([around]) if around is not None else ""))


def _fence(code: str, language: str) -> list[str]:
    longest = max(map(len, _BACKTICKS.findall(code)), default=0) if "`" in code else 0
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", *code.split("\n"), fence]


def is_code_block(node: Element) -> bool:
    """Whether the element is a block of code; Doxygen's "fragment" is one if it holds lines of code."""
    if node.tag in selectors.CODE_BLOCKS:
        return True
    if node.tag == "code":
        return node.is_block and _has_only_lines(node)
    if _is_diagram(node):
        # Else it is drawn already.
        return all(isinstance(child, str) or child.tag == "br" for child in node.children)
    if node.tag != "div":
        return False
    is_fragment = selectors.FRAGMENT in node.classes
    return _is_editor(node) or (
        is_fragment and any(selectors.FRAGMENT_LINE in child.classes for child in node.elements())
    )


def signature_lines(node: Element) -> list[str]:
    """The lines of a signature: inline code, or a fenced block where the page breaks it."""
    text = ""
    if selectors.BROKEN_SIGNATURE in node.classes:
        text = "\n".join(map(_collapsed, _unfolded(_text(node, line_break=BREAK)).split("\n")))
    elif selectors.FED_SIGNATURE in node.classes:
        text = _text(node).strip("\n")
    return _fence(text.replace("\xa0", " "), "") if "\n" in text.strip() else [code_span(node.text())]


def _collapsed(line: str) -> str:
    """The line with its indent, and each other run of white space as one space."""
    words = " ".join(line.split())
    return line[: len(line) - len(line.lstrip())] + words


def _is_editor(node: Element) -> bool:
    """Whether the element is one of an editor of code that runs in the page, and has lines."""
    if selectors.EDITORS.isdisjoint(node.classes):
        return False
    return any(map(_is_editor_line, islice(_shown_in(node), _MAX_BEFORE_LINES)))


def _is_editor_line(node: Element) -> bool:
    return not selectors.EDITOR_LINES.isdisjoint(node.classes)


def _shown_in(node: Element) -> Iterator[Element]:
    ahead = [node]
    while ahead:
        inner = ahead.pop()
        yield inner
        ahead += reversed(list(inner.elements()))


def _text_of_editor(editor: Element) -> str:
    """The lines that an editor shows; it writes their spaces so that none is lost, and keeps empty ones open."""
    lines = [_text(line).strip("\n") for line in _shown_in(editor) if _is_editor_line(line)]
    return "\n".join(lines).replace("\xa0", " ").replace("\u200b", "")


def _has_only_lines(code: Element) -> bool:
    """Whether all that inline code holds is a line each; where its end tag is missing, it holds a page's rest."""
    return all(
        line.tag == "div" and all(isinstance(inner, str) or not inner.is_block for inner in line.children)
        for line in _lines(code) or [code]
    )


def _is_diagram(node: Element) -> bool:
    return node.tag in ("div", "pre") and not selectors.DIAGRAMS.isdisjoint(node.classes)


def code_of(block: Element) -> str:
    """The code in `block`, without line numbers and buttons."""
    return _code_in(_path(block)[-1], block)


def _path(block: Element) -> list[Element]:
    """The block and what is in it alone, down to what holds the code."""
    path = [block]
    while (inner := _only_element(path[-1])) is not None:
        path.append(inner)
    return path


def _code_in(holder: Element, block: Element) -> str:
    text = holder.only_text
    lines = _lines(holder) if text is None else []
    if not selectors.EDITORS.isdisjoint(block.classes) and _is_editor(block):
        text = _text_of_editor(block)
    elif _is_diagram(block):
        text = dedent(_text(holder, line_break="<br/>").strip("\n"))
    elif text is None and block.tag in selectors.CODE_SPANS and not block.is_block:
        text = _unfolded(_text(holder, line_break=BREAK))
    elif text is None:
        texts = [_text(line).removesuffix("\n") for line in lines]
        # Elements that hold several lines are parts of the code, with blank lines between them.
        is_whole = not texts or (lines[0].tag in selectors.CODE_LINE_TAGS and any("\n" in each for each in texts))
        if selectors.FRAGMENT in block.classes:
            # Doxygen puts a space into an empty line.
            texts = ["" if text == " " else text for text in texts]
        text = _text(holder) if is_whole else "\n".join(texts)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    is_listing = selectors.FRAGMENT in block.classes and any(map(_has_number, lines or [holder]))
    if is_listing and all(line[:1] in (" ", "") for line in text.split("\n")):
        # Doxygen puts a space between a line number and the code.
        text = "\n".join(line[1:] for line in text.split("\n"))
    elif text.startswith((" ", "\n")) and _is_numbered_by_pygments(holder) and _least_indent(text) % 2:
        text = "\n".join(line[1:] for line in text.split("\n"))
    return text.strip("\n").rstrip(" ") if text.strip() else ""


def _is_numbered_by_pygments(holder: Element) -> bool:
    """Whether the lines begin with their numbers, after which older versions of Pygments put a space."""
    first = elements_among(islice(holder.children, _MAX_BEFORE_LINES))
    return any(node.tag == "span" and selectors.NUMBER_OF_PYGMENTS in node.classes for node in first)


def _least_indent(text: str) -> int:
    lines = [line for line in text.split("\n") if line.strip()]
    return min([len(line) - len(line.lstrip(" ")) for line in lines], default=0)


def _unfolded(text: str) -> str:
    """Inline code with a line for each that the page breaks, which is where BREAK is.

    A line feed beside it is how the page's source is written, and elsewhere a space.
    """
    lines = [line.removeprefix("\n") if at else line for at, line in enumerate(text.split(BREAK))]
    lines[:-1] = map(_without_feed, lines[:-1])
    return "\n".join(line.replace("\n", " ") for line in BREAK.join(lines).strip("\n").split(BREAK))


def _without_feed(line: str) -> str:
    """The line without a line feed at its end and the space around that."""
    end = line.rstrip(" \t")
    return end.removesuffix("\n").rstrip(" \t") if end.endswith("\n") else line


def _only_element(node: Element) -> Element | None:
    """The only element in `node`, if there is no text beside it."""
    if node.only_text is not None:
        return None
    inner = [child for child in node.elements() if not _is_number(child)]
    is_alone = len(inner) == 1 and inner[0].tag != "br" and not _has_text(node)
    if not is_alone or (_is_line(inner[0]) and inner[0].tag not in selectors.CODE_HOLDER_TAGS):
        return None
    return inner[0]


def _has_text(node: Element) -> bool:
    return any(isinstance(child, str) and not child.isspace() for child in node.children)


def _lines(holder: Element) -> list[Element]:
    """The elements in `holder` that hold one line of code each; none if line feeds separate its lines."""
    inner = [child for child in holder.elements() if not _is_number(child)]
    if not inner or _has_text(holder):
        return []
    if all(map(_is_line, inner)):
        return inner
    # What stands in a line, or with a space between, are tokens.
    has_spaces = any(isinstance(child, str) and "\n" not in child for child in holder.children)
    is_line = has_spaces or is_line_tag(holder.start)
    return inner if not is_line and all(child.tag in _LINES_OF_CODE for child in inner) else []


def _is_line(node: Element) -> bool:
    if node.tag in selectors.CODE_LINE_TAGS:
        return True
    return bool(node.attrs) and (is_line_tag(node.start) or selectors.CODE_ROW in node.classes)


@Question
def is_line_tag(start: StartTag) -> bool:
    """Whether an element that begins so holds a line, as its class, its attributes or its style says."""
    return (
        not selectors.CODE_LINE_ATTRIBUTES.isdisjoint(start.attrs)
        or selectors.CODE_LINE_IDS.fullmatch(start.get("id")) is not None
        or any(map(selectors.CODE_LINE_NAMES.fullmatch, start.classes))
        or selectors.CODE_LINE_STYLE.search(start.get("style")) is not None
    )


def _is_number(node: Element) -> bool:
    """Whether the element is a line number or a button."""
    attrs = node.attrs
    return (
        node.tag in selectors.NOT_CODE_TAGS
        or (bool(attrs) and ("data-copy" in attrs or not selectors.NOT_CODE.isdisjoint(node.classes)))
        or (node.tag in _NUMBERED and bool(attrs) and is_numbered(node.start) and is_numbers(node.text().split()))
        or (node.tag == "td" and _is_number_cell(node))
    )


@Question
def is_numbered(start: StartTag) -> bool:
    """Whether an element that begins so is the number of a line if it has nothing else, and no number of the code."""
    return (
        any(map(selectors.LINE_NUMBER_NAMES.fullmatch, start.classes))
        or not selectors.NOT_SELECTED.isdisjoint(start.attrs)
        or selectors.NOT_SELECTED_STYLE.search(start.get("style")) is not None
    )


def _is_number_cell(cell: Element) -> bool:
    """Whether a cell in code is the first of several in its row and has nothing but numbers."""
    ahead = elements_among(cell.parent.children if cell.parent is not None else [])
    return next(ahead, None) is cell and next(ahead, None) is not None and is_numbers(cell.text().split())


def is_numbers(words: list[str]) -> bool:
    """Whether there are no words but numbers of lines, after which F# Formatting has a colon."""
    numbers = [word.removesuffix(":") for word in words]
    return all(number.isascii() and number.isdigit() and len(number) <= _MAX_DIGITS for number in numbers)


def _has_number(line: Element) -> bool:
    return any(_is_number(child) or _has_number(child) for child in line.children if isinstance(child, Element))


def _text(node: Element, line_break: str = "\n") -> str:
    """The text in `node`, with each element that is laid out as a block on lines of its own.

    A line feed beside such an element is the one that sets it apart.
    """
    parts: list[str] = []
    is_after_block = False
    ahead: list[Element | str | None] = [*reversed(node.children)]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            if is_after_block and not part.startswith("\n"):
                _end_line(parts)
            is_after_block = is_after_block and not part
            parts.append(part)
        elif part is None:
            is_after_block = True
        elif part.tag == "br":
            if is_after_block:
                _end_line(parts)
                is_after_block = False
            parts.append(line_break)
        elif not part.dropped and not _is_number(part):
            if part.tag in SCRIPTS:
                parts.append(mark_in_code(part, parts))
            if part.start.is_block and part.tag not in selectors.BESIDE_IN_CODE:
                _end_line(parts)
                ahead.append(None)
            ahead.extend(reversed(part.children))
    return "".join(parts)


def _end_line(parts: list[str]) -> None:
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")
