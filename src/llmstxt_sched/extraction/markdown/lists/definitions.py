"""What a description list holds, and what of it fits on one line.  Pure."""

from __future__ import annotations

from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import StartTag
from llmstxt_sched.extraction.dom.tree import Element
from llmstxt_sched.extraction.markdown.code import is_code_block

_OF_LIST: Final = frozenset(["dt", "dd"])
# What a text in no element of a list is written as.
_TEXT: Final = StartTag("dd", {})


def groups(node: Element) -> list[tuple[list[Element], list[Element]]]:
    """The groups of a description list, each the terms and their definitions (HTML standard, section 4.4.9)."""
    groups: list[tuple[list[Element], list[Element]]] = []
    for part in _parts(node):
        if part.tag != "dt":
            groups = groups or [([], [])]
            groups[-1][1].append(part)
        elif not groups or groups[-1][1]:
            groups.append(([part], []))
        else:
            groups[-1][0].append(part)
    return groups


def _parts(node: Element) -> list[Element]:
    """The terms and definitions of the list, among them texts in no element, which a browser shows between them."""
    parts: list[Element] = []
    text: Element | None = None
    for child in node.children:
        if isinstance(child, Element) and child.dropped:
            continue
        if isinstance(child, Element) and (text is None or child.is_block):
            text = None
            parts += _parts(child) if child.tag == "div" and any(map(_is_of_list, child.elements())) else [child]
        elif text is not None:
            text.children.append(child)
        elif isinstance(child, str) and child.strip():
            text = Element(_TEXT, {}, node)
            text.children.append(child)
            parts.append(text)
    return parts


def _is_of_list(part: Element) -> bool:
    return part.tag in _OF_LIST


def is_signature(term: Element) -> bool:
    """Whether a term is a declaration, by its class or because it is a block of code."""
    inner = list(term.elements())
    return not selectors.SIGNATURES.isdisjoint(term.classes) or (
        len(inner) == 1 and is_code_block(inner[0]) and inner[0].chars == term.chars
    )


def parts_of_term(term: Element) -> list[Element | str]:
    """What a term holds, with docutils' colons that are in the style of the page: before a classifier, after a field.

    Newer versions of it write the latter as text.
    """
    parts: list[Element | str] = []
    for child in term.children:
        if isinstance(child, Element):
            if child.dropped:
                continue
            if selectors.CLASSIFIER in child.classes and _needs_colon(parts):
                parts.append(" : ")
        parts.append(child)
    around = term.parent
    is_field = around is not None and selectors.FIELD_LIST in around.classes
    if is_field and _needs_colon(parts):
        last = parts.pop()
        parts += [f"{last.rstrip()}:"] if isinstance(last, str) else [last, ":"]
    return parts


def _needs_colon(before: list[Element | str]) -> bool:
    """Whether there is a word before, and no colon at its end."""
    # White space and a mark stand between at most.
    words = "".join(part if isinstance(part, str) else part.words() for part in before[-2:]).rstrip()
    return bool(words) and words[-1] != ":"


def strong(text: str) -> str:
    """A text in bold type, unless it is code."""
    is_code = text[:1] == text[-1:] == "`" and text.count("`") == 2
    if not text.strip("* "):
        # With those around it, they would be a thematic break.
        text = text.replace("*", "\\*")
    return text if is_code else f"**{text}**"


def only_paragraph(node: Element) -> list[Element | str] | None:
    """What the only paragraph in `node` holds; None if there is more than one block, or another one."""
    if not has_blocks(node):
        return node.children
    parts = [child for child in node.children if not isinstance(child, str) or child.strip()]
    if len(parts) == 1 and isinstance(parts[0], Element) and parts[0].tag == "p" and not has_blocks(parts[0]):
        return parts[0].children
    return None


def has_blocks(node: Element) -> bool:
    """Whether one of the elements directly in `node` is a block."""
    return any(child.is_block for child in node.elements())
