"""Takes code blocks out of a page before its conversion to Markdown, and puts them back unchanged afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from llmstxt_sched.extraction import selectors

_BACKTICKS = re.compile(r"`+")


class ExtractedCode(Struct, frozen=True):
    """Code blocks taken out of a page, each as (language, code).

    The placeholder of the block with index i is the word `{marker}{i}e`.
    """

    marker: str
    blocks: tuple[tuple[str, str], ...]


def extract_code(tree: LexborHTMLParser, main: LexborNode, text: str) -> ExtractedCode:
    """Replace each code block below `main` with a placeholder that cannot occur in the page's `text`."""
    marker = f"code{sha256(text.encode('utf-8', 'replace')).hexdigest()[:24]}n"
    for table in main.css(selectors.CODE_TABLES):
        _unwrap_table(table)
    blocks: list[tuple[str, str]] = []
    for node in main.css(selectors.CODE_BLOCKS):
        if not _is_block(node):
            continue
        language = _language(node)
        code = _code(node)
        placeholder = tree.create_node("p")
        if code.strip():
            placeholder.insert_child(f"{marker}{len(blocks)}e")
            blocks.append((language, code))
        node.replace_with(placeholder, move=True)
    return ExtractedCode(marker, tuple(blocks))


def restore_code(markdown: str, extracted: ExtractedCode, normalise: Callable[[str], str]) -> str:
    """Replace each placeholder in `markdown` with its code as a fenced block, indented like the placeholder's line.

    `normalise` is applied before, so that it never sees code.  A placeholder inside a line becomes inline code.
    """
    if not extracted.blocks:
        return normalise(markdown)
    placeholder = re.compile(rf"{extracted.marker}(\d+)e")
    lines: list[str] = []
    for line in normalise(markdown).split("\n"):
        found = placeholder.search(line)
        if found is None:
            lines.append(line)
        elif found.end() == len(line.rstrip()) and _is_block_prefix(line[: found.start()]):
            lines.extend(_fenced(line[: found.start()], *extracted.blocks[int(found[1])]))
        else:
            lines.append(placeholder.sub(lambda match: _inline(extracted.blocks[int(match[1])][1]), line))
    return "\n".join(lines)


def code_span(text: str) -> str:
    """Format `text` as inline code, its white space collapsed to one line (CommonMark 6.1)."""
    text = " ".join(text.split())
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    if not longest:
        return f"`{text}`"
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}"


def _inline(code: str) -> str:
    return code_span(code).replace("|", "\\|")


def _is_block_prefix(text: str) -> bool:
    return all(re.fullmatch(r">|[-*+]|\d{1,9}[.)]", word) for word in text.split())


def _fenced(prefix: str, language: str, code: str) -> list[str]:
    longest = max(map(len, _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    # The first line may start with a list marker; the others are indented to match.
    continuation = "".join(char if char in " >\t" else " " for char in prefix)
    lines = [f"{prefix}{fence}{language}"]
    lines += [f"{continuation}{line}" if line else continuation.rstrip() for line in code.split("\n")]
    return [*lines, f"{continuation}{fence}"]


def _is_block(node: LexborNode) -> bool:
    """Whether `node` is an outermost code block; an element of class "fragment" is one only if it holds code lines."""
    if selectors.FRAGMENT in (node.attrs.sget("class") or "").split() and not node.css_first(selectors.FRAGMENT_LINE):
        return False
    parent = node.parent
    while parent is not None and parent.tag != "body":
        if parent.tag in ("pre", "listing", "xmp"):
            return False
        parent = parent.parent
    return parent is not None


def _unwrap_table(table: LexborNode) -> None:
    """Replace a table that only puts line numbers beside code with the code."""
    for number in table.css(selectors.LINE_NUMBERS):
        number.decompose()
    blocks = table.css("pre")
    cells = [pre for pre in blocks if not "".join(["0", *pre.text().split()]).isdigit()]
    if len(cells) == 1:
        table.replace_with(cells[0], move=True)


def _code(node: LexborNode) -> str:
    numbers = node.css(selectors.LINE_NUMBERS)
    for number in numbers:
        number.decompose()
    for row in node.css("br"):
        row.replace_with("\n")
    lines = _line_elements(node)
    # Doxygen puts a space between a line number and the code.
    margin = " " if numbers and lines and all(line.text()[:1] in (" ", "") for line in lines) else ""
    text = "\n".join(line.text().removesuffix("\n").removeprefix(margin) for line in lines) if lines else node.text()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\n").rstrip("\n").rstrip(" ") if text.strip() else ""


def _line_elements(node: LexborNode) -> list[LexborNode]:
    """The elements that hold one line of code each; empty if the lines are separated by line feeds instead."""
    for selector in selectors.CODE_LINES:
        lines = node.css(selector)
        if lines:
            return lines
    return []


def _language(node: LexborNode) -> str:
    """The language declared by the block's <code>, the block, or one of the three elements around it; else ''."""
    candidates = [*node.css("code")[:1], node]
    parent = node.parent
    for _ in range(3):
        if parent is None or parent.tag in ("body", "main", "article"):
            break
        candidates.append(parent)
        parent = parent.parent
    for element in candidates:
        language = _declared_language(element)
        if language:
            return "" if language.lower() in selectors.NO_LANGUAGE else language
    return ""


def _declared_language(element: LexborNode) -> str:
    attrs = element.attrs
    for name in selectors.LANGUAGE_ATTRIBUTES:
        value = attrs.sget(name) or ""
        if selectors.LANGUAGE.fullmatch(value):
            return value
    names = (attrs.sget("class") or "").replace("brush: ", "brush:").rstrip(";").split()
    for name in names:
        match = selectors.LANGUAGE_CLASS.match(name)
        if match and selectors.LANGUAGE.fullmatch(match[1]):
            return match[1]
    if not selectors.HIGHLIGHTERS.isdisjoint(name.lower() for name in names):
        return next((name for name in names if name.lower() in selectors.LANGUAGES), "")
    return ""
