"""Formulas as TeX, each once: `$…$` in a line, `$$…$$` on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element

# The delimiters of MathJax around a whole text; those with a bracket or two dollars set a formula apart.
_DELIMITED = re.compile(
    r"\\\((?P<line>.*)\\\)|\\\[(?P<apart>.*)\\\]|\$\$(?P<dollars>[^$]*)\$\$|\$(?P<dollar>[^$]*)\$", re.DOTALL
)
_MEDIAWIKI = re.compile(r"\{\\(?:display|text)style (.*)\}", re.DOTALL)
# TeX that Markdown would read as a tag or a link, unless there is a backslash before it that is not escaped itself.
_ACTIVE = re.compile(r"(?<!\\)((?:\\\\)*)(<(?=[A-Za-z/!?])|\](?=\())")
_MAX_DEPTH = 40
# No formula has more characters or elements; what is larger is only called one, and may hold others that are.
_MAX_CHARS, _MAX_ELEMENTS = 20_000, 5000
_SCRIPTS = {"msup": "^", "mover": "^", "msub": "_", "munder": "_"}


def formula(node: Element) -> str:
    """The formula that the element shows, between dollar signs; '' if it is none."""
    tag = node.tag
    if tag not in selectors.FORMULA_TAGS and selectors.FORMULA_NAMES.isdisjoint(node.classes):
        return ""
    if node.chars > _MAX_CHARS or node.end - node.at > _MAX_ELEMENTS:
        return ""
    if tag == "img":
        return _between_dollars(_MEDIAWIKI.sub(r"\1", node.get("alt")), is_apart=False)
    if tag == "script":
        return _between_dollars(_source(node), is_apart="display" in node.get("type"))
    math = node if tag == "math" else next((inner for inner in _elements(node) if inner.tag == "math"), None)
    if math is not None:
        return _between_dollars(_tex(math), _is_apart(node) or _is_apart(math))
    delimited = _DELIMITED.fullmatch(node.text().strip())
    if delimited is None:
        # Sphinx makes a picture of a formula, whose source is said instead of it.
        has_words = any(map(str.isalpha, node.text()))
        pictures = [] if has_words else [inner for inner in _elements(node) if inner.tag == "img"]
        return _between_dollars(pictures[0].get("alt"), is_apart=node.is_block) if len(pictures) == 1 else ""
    return _between_dollars(delimited[delimited.lastgroup or 0], delimited.lastgroup in ("apart", "dollars"))


def _between_dollars(tex: str, is_apart: bool) -> str:
    tex = _ACTIVE.sub(r"\1\\\2", " ".join(tex.split()))
    dollars = "$$" if is_apart else "$"
    return f"{dollars}{tex}{dollars}" if tex else ""


def _is_apart(node: Element) -> bool:
    around = node.parent
    names = [*node.classes, *(around.classes if around is not None else ())]
    return node.get("display") in ("block", "true") or not selectors.FORMULA_APART.isdisjoint(names)


def _elements(node: Element) -> Iterator[Element]:
    """The elements in `node`, hidden or not: the source of a formula is."""
    ahead = [node]
    while ahead:
        inner = ahead.pop()
        yield inner
        ahead.extend(child for child in reversed(inner.children) if isinstance(child, Element))


def _source(node: Element) -> str:
    return "".join(child for inner in _elements(node) for child in inner.children if isinstance(child, str))


def _tex(math: Element) -> str:
    annotations = (
        node for node in _elements(math) if node.tag == "annotation" and "tex" in node.get("encoding").lower()
    )
    source = next(annotations, None)
    if source is not None:
        return _MEDIAWIKI.sub(r"\1", _source(source).strip())
    return math.get("alttext") or _from_mathml(math, _MAX_DEPTH)


def _from_mathml(node: Element, depth: int) -> str:
    """MathML as TeX, as far as the usual elements go (MathML Core, section 3); other elements as their text."""
    parts = [child for child in node.children if isinstance(child, Element) and not child.tag.startswith("annotation")]
    if not parts or not depth:
        return _source(node).strip()
    inner = [_from_mathml(part, depth - 1) for part in parts]
    tag = node.tag
    if tag in _SCRIPTS and len(inner) == 2:
        return f"{inner[0]}{_SCRIPTS[tag]}{_braced(inner[1])}"
    if tag in ("msubsup", "munderover") and len(inner) == 3:
        return f"{inner[0]}_{_braced(inner[1])}^{_braced(inner[2])}"
    if tag == "mfrac" and len(inner) == 2:
        return rf"\frac{{{inner[0]}}}{{{inner[1]}}}"
    if tag == "mroot" and len(inner) == 2:
        return rf"\sqrt[{inner[1]}]{{{inner[0]}}}"
    if tag == "msqrt":
        return rf"\sqrt{{{' '.join(inner)}}}"
    return " ".join(filter(None, inner))


def _braced(tex: str) -> str:
    return tex if len(tex) == 1 else f"{{{tex}}}"
