"""Code blocks and spans: the code byte for byte, and the language that the page declares."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree

_BACKTICKS = re.compile(r"`+")
# What an exponent and an index are written with.
SCRIPTS = {"sup": "^", "sub": "_"}


def script_mark(node: Element) -> str:
    """The mark of an element that only its class or style makes an exponent or an index; '' if nothing does."""
    for name, mark in selectors.SCRIPT_NAMES.items():
        if name in node.classes:
            return mark
    style = selectors.SCRIPT_STYLE.search(node.get("style"))
    return SCRIPTS[style[1].lower()] if style else ""


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
            ahead += [SCRIPTS[part.tag]] if part.tag in SCRIPTS else []
            ahead += [" "] if part.tag == "br" else []
    return "".join(texts)


def fenced(block: Element, around: Element | None = None) -> list[str]:
    """The lines of a code block as a fenced block (CommonMark 4.5); none if it has no code.

    The block or the element `around` it declares the language.
    """
    code = code_of(block)
    if not code.strip():
        return []
    longest = max(map(len, _BACKTICKS.findall(code)), default=0) if "`" in code else 0
    fence = "`" * max(3, longest + 1)
    language = language_of(block) or (language_of(around) if around is not None else "")
    return [f"{fence}{language}", *code.split("\n"), fence]


def is_code_block(node: Element) -> bool:
    """Whether the element is a block of code; Doxygen's "fragment" is one if it holds lines of code."""
    if node.tag in selectors.CODE_BLOCKS:
        return True
    is_fragment = node.tag == "div" and selectors.FRAGMENT in node.classes
    return is_fragment and any(selectors.FRAGMENT_LINE in child.classes for child in node.elements())


def code_in_table(tree: Tree, table: Element) -> Element | None:
    """The code block in a table that only puts line numbers beside it; else None."""
    if not any(map(_names_code, (table, *islice(table.ancestors(), 3)))):
        return None
    blocks = [node for node in tree.within(table) if node.tag == "pre" and not _is_numbers(node)]
    if len(blocks) == 1:
        return blocks[0]
    return table if not blocks and any(_is_line(node) for node in tree.within(table)) else None


def _names_code(node: Element) -> bool:
    classes = node.start.classes
    return bool(classes) and not selectors.CODE_TABLES.isdisjoint(classes)


def _is_numbers(block: Element) -> bool:
    return "".join(["0", *block.text().split()]).isdigit()


def code_of(block: Element) -> str:
    """The code in `block`, without line numbers and buttons."""
    holder = block
    while (inner := _only_element(holder)) is not None:
        holder = inner
    text = holder.only_text
    lines = _lines(holder) if text is None else []
    if text is None:
        text = "\n".join(_text(line).removesuffix("\n") for line in lines) if lines else _text(holder)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    is_listing = selectors.FRAGMENT in block.classes and any(map(_has_number, lines or [holder]))
    if is_listing and all(line[:1] in (" ", "") for line in text.split("\n")):
        # Doxygen puts a space between a line number and the code.
        text = "\n".join(line[1:] for line in text.split("\n"))
    return text.removeprefix("\n").rstrip("\n").rstrip(" ") if text.strip() else ""


def _only_element(node: Element) -> Element | None:
    """The only element in `node`, if there is no text beside it."""
    if node.only_text is not None:
        return None
    inner = [child for child in node.elements() if not _is_number(child)]
    is_alone = len(inner) == 1 and inner[0].tag != "br" and not _has_text(node)
    return inner[0] if is_alone and not (_is_line(inner[0]) and inner[0].tag not in ("li", "div", "tr")) else None


def _has_text(node: Element) -> bool:
    return any(isinstance(child, str) and not child.isspace() for child in node.children)


def _lines(holder: Element) -> list[Element]:
    """The elements in `holder` that hold one line of code each; none if line feeds separate its lines."""
    inner = [child for child in holder.elements() if not _is_number(child)]
    if not inner or _has_text(holder):
        return []
    return inner if all(map(_is_line, inner)) or all(child.tag == "code" for child in inner) else []


def _is_line(node: Element) -> bool:
    return node.tag in selectors.CODE_LINE_TAGS or (bool(node.attrs) and _is_line_tag(node.start))


@lru_cache(maxsize=1024)
def _is_line_tag(start: StartTag) -> bool:
    """Whether an element that begins so holds a line, as its class, its attributes or its style says."""
    return (
        selectors.CODE_LINE_ATTRIBUTE in start.attrs
        or any(map(selectors.CODE_LINE_NAMES.fullmatch, start.classes))
        or selectors.CODE_LINE_STYLE.search(start.get("style")) is not None
    )


def _is_number(node: Element) -> bool:
    """Whether the element is a line number or a button."""
    attrs = node.attrs
    return node.tag in selectors.NOT_CODE_TAGS or (
        bool(attrs)
        and (
            "data-copy" in attrs
            or not selectors.NOT_CODE.isdisjoint(node.classes)
            or (node.tag == "td" and not selectors.NUMBER_CELLS.isdisjoint(node.classes))
        )
    )


def _has_number(line: Element) -> bool:
    return any(_is_number(child) or _has_number(child) for child in line.children if isinstance(child, Element))


def _text(node: Element) -> str:
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
            parts.append("\n")
        elif not part.dropped and not _is_number(part):
            if part.tag in SCRIPTS and part.chars:
                parts.append(SCRIPTS[part.tag])
            if part.tag in selectors.CODE_LINE_TAGS:
                _end_line(parts)
                ahead.append(None)
            ahead.extend(reversed(part.children))
    return "".join(parts)


def _end_line(parts: list[str]) -> None:
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")


def language_of(block: Element) -> str:
    """The language declared by the block's <code>, the block, or one of the three elements around it; else ''."""
    candidates = [child for child in block.elements() if child.tag == "code"][:1]
    candidates.append(block)
    for around in islice(block.ancestors(), 3):
        if around.tag in selectors.ROOTS:
            break
        candidates.append(around)
    for element in candidates:
        language = _declared_language(element.start)
        if language:
            return "" if language.lower() in selectors.NO_LANGUAGE else language
    return ""


@lru_cache(maxsize=1024)
def _declared_language(start: StartTag) -> str:
    for name in selectors.LANGUAGE_ATTRIBUTES:
        value = start.get(name)
        if selectors.LANGUAGE.fullmatch(value):
            return value
    names = start.get("class").replace("brush: ", "brush:").rstrip(";").split()
    for name in names:
        match = selectors.LANGUAGE_CLASS.match(name)
        if match and selectors.LANGUAGE.fullmatch(match[1]):
            return match[1]
    if not selectors.HIGHLIGHTERS.isdisjoint(name.lower() for name in names):
        return next((name for name in names if name.lower() in selectors.LANGUAGES), "")
    return ""
