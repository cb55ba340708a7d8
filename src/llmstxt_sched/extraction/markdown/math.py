"""Formulas as TeX, each once: `$…$` in a line, `$$…$$` on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element

# The delimiters of MathJax around a whole text; those with a bracket or two dollars set a formula apart, and so does an
# environment, which needs none.
_DELIMITED = re.compile(
    r"\\\((?P<line>.*)\\\)|\\\[(?P<apart>.*)\\\]|\$\$(?P<dollars>[^$]*)\$\$|\$(?P<dollar>[^$]*)\$|"
    r"(?P<environment>\\begin\{.*\\end\{[a-z]+\*?\})",
    re.DOTALL,
)
_BEGIN_DELIMITERS = ("$", "\\")
_APART = frozenset(["apart", "dollars", "environment"])
_MEDIAWIKI = re.compile(r"\{\\(?:display|text)style (.*)\}", re.DOTALL)
# TeX that Markdown would read as a tag or a link, unless there is a backslash before it that is not escaped itself.
_ACTIVE = re.compile(r"(?<!\\)((?:\\\\)*)(<(?=[A-Za-z/!?])|\](?=\())")
_COMMAND, _LONG_WORD = re.compile(r"\\[A-Za-z]|[\^_]\{"), re.compile(r"[^\W\d_]{3}")
_WORDS = re.compile(r"[^\W\d_]+ [^\W\d_]{3}")
_MAX_DEPTH = 40
# No formula has more characters or elements; what is larger is only called one, and may hold others that are.
_MAX_CHARS, _MAX_ELEMENTS = 20_000, 5000
# One that is larger than the first stands in no more others than the second, so that each is not read once for each of
# hundreds around it.
_FEW_ELEMENTS, _MAX_NESTED = 50, 4
# More than one formula, with text between them.
_SEVERAL = re.compile(r"\\\).*\\\(|\\\].*\\\[", re.DOTALL)
_SCRIPTS = {"msup": "^", "mover": "^", "msub": "_", "munder": "_"}


def formula(node: Element) -> str:
    """The formula that the element shows, between dollar signs; '' if it is none."""
    tag = node.tag
    if tag == "img":
        return _of_picture(node)
    if tag not in selectors.FORMULA_TAGS and selectors.FORMULA_NAMES.isdisjoint(node.classes):
        return ""
    size = node.end - node.at
    if node.chars > _MAX_CHARS or size > _MAX_ELEMENTS or (size > _FEW_ELEMENTS and _is_nested(node)):
        return ""
    if tag == "script":
        return _between_dollars(_source(node), is_apart="display" in node.get("type"))
    math = node if tag == "math" else next(filter(lambda inner: inner.tag == "math", _elements(node)), None)
    if math is not None:
        return _between_dollars(_tex(math), _is_apart(node) or _is_apart(math))
    source = next(filter(None, map(_named_source, _elements(node))), "")
    if source:
        return _between_dollars(source, _is_apart(node))
    text, number = _numbered(node)
    delimited = _DELIMITED.fullmatch(text)
    if delimited is None:
        # Sphinx makes a picture of a formula, whose source is said instead of it.
        has_words = any(map(str.isalpha, text))
        pictures = [] if has_words else [inner for inner in _elements(node) if inner.tag == "img"]
        tex = pictures[0].get("alt") if len(pictures) == 1 else ""
        return _between_dollars(tex + number, is_apart=node.is_block) if tex and _is_tex(tex) else ""
    tex = delimited[delimited.lastgroup or 0]
    return "" if _SEVERAL.search(tex) else _between_dollars(tex + number, delimited.lastgroup in _APART)


def _named_source(node: Element) -> str:
    """What an attribute of the element says is the source of a formula."""
    return next(filter(None, map(node.get, selectors.TEX_ATTRIBUTES)), "")


def _of_picture(image: Element) -> str:
    """The formula that a picture shows, as its class says or the delimiters in its alternative text."""
    is_named = not selectors.FORMULA_NAMES.isdisjoint(image.classes)
    text = image.get("alt").strip()
    delimited = _DELIMITED.fullmatch(text) if text[:1] in _BEGIN_DELIMITERS else None
    if delimited is not None:
        tex = delimited[delimited.lastgroup or 0]
        return _between_dollars(tex, delimited.lastgroup in _APART) if is_named or _is_tex(tex) else ""
    return _between_dollars(_MEDIAWIKI.sub(r"\1", text), is_apart=False) if is_named else ""


def _is_nested(node: Element) -> bool:
    return sum(not selectors.FORMULA_NAMES.isdisjoint(outer.classes) for outer in node.ancestors()) > _MAX_NESTED


def _numbered(node: Element) -> tuple[str, str]:
    """The text of a formula without the number that is written beside it, and that number as TeX."""
    holder = node
    while len(holder.children) == 1 and isinstance(holder.children[0], Element):
        holder = holder.children[0]
    numbers = [inner for inner in holder.elements() if not selectors.FORMULA_NUMBERS.isdisjoint(inner.classes)]
    if len(numbers) != 1:
        return node.text().strip(), ""
    number = numbers[0].words().removeprefix("(").removesuffix(")")
    others = [child if isinstance(child, str) else child.text() for child in _shown(holder) if child is not numbers[0]]
    return "".join(others).strip(), rf" \tag{{{number}}}" if number else ""


def _shown(node: Element) -> list[Element | str]:
    return [child for child in node.children if isinstance(child, str) or not child.dropped]


def _is_tex(text: str) -> bool:
    """Whether a text is TeX and no words: it has a command or a group, nothing as long as a word, or is an equation."""
    if _COMMAND.search(text) or not _LONG_WORD.search(text):
        return True
    return "=" in text and not _WORDS.search(text)


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


def _is_annotation_in_tex(node: Element) -> bool:
    return node.tag == "annotation" and "tex" in node.get("encoding").lower()


def _tex(math: Element) -> str:
    source = next(filter(_is_annotation_in_tex, _elements(math)), None)
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
