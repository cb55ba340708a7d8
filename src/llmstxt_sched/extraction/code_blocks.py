"""Code blocks are lifted out of a page before it becomes Markdown and put back byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from llmstxt_sched.extraction import selectors

_BACKTICKS = re.compile(r"`+")


class Lifted(Struct, frozen=True):
    """Code blocks taken out of a page.  `mark` begins the word that stands in each one's place."""

    mark: str
    blocks: tuple[tuple[str, str], ...]


def lift_code(tree: LexborHTMLParser, main: LexborNode, text: str) -> Lifted:
    """Replaces each code block below `main` with a word that cannot stand in the page's `text`."""
    mark = f"code{sha256(text.encode('utf-8', 'replace')).hexdigest()[:24]}n"
    for table in main.css(selectors.CODE_TABLES):
        _unwrap_table(table)
    blocks: list[tuple[str, str]] = []
    for node in main.css(selectors.CODE_BLOCKS):
        if not _is_block(node):
            continue
        language = _language(node)
        code = _code(node)
        stand_in = tree.create_node("p")
        if code.strip():
            stand_in.insert_child(f"{mark}{len(blocks)}e")
            blocks.append((language, code))
        node.replace_with(stand_in, move=True)
    return Lifted(mark, tuple(blocks))


def put_back(markdown: str, lifted: Lifted, normalise: Callable[[str], str]) -> str:
    """`markdown` with every block fenced in its place, indented as its line is; `normalise` sees what is not code."""
    if not lifted.blocks:
        return normalise(markdown)
    place = re.compile(rf"{lifted.mark}(\d+)e")
    lines: list[str] = []
    for line in normalise(markdown).split("\n"):
        found = place.search(line)
        if found is None:
            lines.append(line)
        elif found.end() == len(line.rstrip()) and _is_prefix(line[: found.start()]):
            lines.extend(_fenced(line[: found.start()], *lifted.blocks[int(found[1])]))
        else:
            lines.append(place.sub(lambda one: _inline(lifted.blocks[int(one[1])][1]), line))
    return "\n".join(lines)


def code_span(text: str) -> str:
    """`text` as inline code, folded to one line (CommonMark 6.1)."""
    text = " ".join(text.split())
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    if not longest:
        return f"`{text}`"
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}"


def _inline(code: str) -> str:
    return code_span(code).replace("|", "\\|")


def _is_prefix(text: str) -> bool:
    return all(re.fullmatch(r">|[-*+]|\d{1,9}[.)]", word) for word in text.split())


def _fenced(prefix: str, language: str, code: str) -> list[str]:
    longest = max(map(len, _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    # The first line may carry a list's marker; the others stand below its text.
    after = "".join(sign if sign in " >\t" else " " for sign in prefix)
    lines = [f"{prefix}{fence}{language}"]
    lines += [f"{after}{line}" if line else after.rstrip() for line in code.split("\n")]
    return [*lines, f"{after}{fence}"]


def _is_block(node: LexborNode) -> bool:
    """Not within another block, which has taken it along; Doxygen's fragments hold lines."""
    if selectors.FRAGMENT in (node.attrs.sget("class") or "").split() and not node.css_first(selectors.FRAGMENT_LINE):
        return False
    parent = node.parent
    while parent is not None and parent.tag != "body":
        if parent.tag in ("pre", "listing", "xmp"):
            return False
        parent = parent.parent
    return parent is not None


def _unwrap_table(table: LexborNode) -> None:
    """A table that only sets line numbers beside code gives way to the code."""
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
    # Doxygen sets a space between a line's number and its code.
    margin = " " if numbers and lines and all(line.text()[:1] in (" ", "") for line in lines) else ""
    text = "\n".join(line.text().removesuffix("\n").removeprefix(margin) for line in lines) if lines else node.text()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\n").rstrip("\n").rstrip(" ") if text.strip() else ""


def _line_elements(node: LexborNode) -> list[LexborNode]:
    """The elements that are a line each, where the lines are told apart by elements and not by line feeds."""
    for selector in selectors.CODE_LINES:
        lines = node.css(selector)
        if lines:
            return lines
    return []


def _language(node: LexborNode) -> str:
    """The language that the block, its <code> or one of the three elements around it names, else ''."""
    near = [*node.css("code")[:1], node]
    parent = node.parent
    for _ in range(3):
        if parent is None or parent.tag in ("body", "main", "article"):
            break
        near.append(parent)
        parent = parent.parent
    for element in near:
        language = _named(element)
        if language:
            return "" if language.lower() in selectors.NO_LANGUAGE else language
    return ""


def _named(element: LexborNode) -> str:
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
