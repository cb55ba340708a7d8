"""Formulas as TeX, each once: `$…$` in a line, `$$…$$` on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, elements_among

# The delimiters of MathJax around a whole text; those with a bracket or two dollars set a formula apart, and so does an
# environment, which needs none, but for those of pictures, of which LaTeX2HTML says what they are made from.
_DELIMITED: Final = re.compile(
    r"\\\((?P<line>.*)\\\)|\\\[(?P<apart>.*)\\\]|\$\$(?P<dollars>[^$]*)\$\$|\$(?P<dollar>[^$]*)\$|"
    r"(?P<environment>\\begin\{(?!(?:wrap)?figure|(?:wrap|long)?table|picture|tikzpicture|center|minipage).*"
    r"\\end\{[a-z]+\*?\})",
    re.DOTALL,
)
_BEGIN_DELIMITERS: Final = ("$", "\\")
_APART: Final = frozenset(["apart", "dollars", "environment"])
# Addresses of pictures that a service draws from the TeX in them, and how long one is, in characters.
_DRAWN_FROM: Final = re.compile(
    r"(?:https?:)?//(?:latex\.codecogs\.com/(?:\w+\.)?\w+\?|[\w.]+\.wp\.com/latex\.php\?latex=|"
    r"render\.githubusercontent\.com/render/math\?math=|math\.vercel\.app/\?from=)([^&#]+)"
)
_MAX_ADDRESS: Final = 5000
_MEDIAWIKI: Final = re.compile(r"\{\\(?:display|text)style (.*)\}", re.DOTALL)
# TeX that Markdown would read as a tag or a link, unless there is a backslash before it that is not escaped itself.
_ACTIVE: Final = re.compile(r"(?<!\\)((?:\\\\)*)(<(?=[A-Za-z/!?])|\](?=\())")
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_COMMAND, _LONG_WORD = re.compile(r"\\[A-Za-z]|[\^_]\{"), re.compile(r"[^\W\d_]{3}")
_WORDS: Final = re.compile(r"[^\W\d_]+ [^\W\d_]{3}")
_MAX_DEPTH: Final = 40
# No formula has more characters or elements; what is larger is only called one, and may hold others that are.
_MAX_CHARS, _MAX_ELEMENTS = 20_000, 5000
# One that is larger than the first stands in no more others than the second, so that each is not read once for each of
# hundreds around it.
_FEW_ELEMENTS, _MAX_NESTED = 50, 4
# More than one formula, with text between them.
_SEVERAL: Final = re.compile(r"\\\).*\\\(|\\\].*\\\[", re.DOTALL)
_SCRIPTS: Final = {"msup": "^", "mover": "^", "msub": "_", "munder": "_"}
# MathML that has a command of TeX around all that it holds.
_AROUND: Final = {"msqrt": r"\sqrt", "mphantom": r"\phantom"}
# What stands over a letter, or a line below it, as the commands of TeX that draw it.
_ACCENTS: Final = {
    **dict.fromkeys("\u00af\u203e\u0304\u0305", r"\overline"),
    **dict.fromkeys("\u2192\u20d7", r"\vec"),
    **dict.fromkeys("^\u02c6\u0302", r"\hat"),
    **dict.fromkeys("~\u02dc\u0303", r"\tilde"),
    **dict.fromkeys("\u02d9\u0307", r"\dot"),
    "\u00a8": r"\ddot",
    "\u23de": r"\overbrace",
}
_LINES_BELOW: Final = {**dict.fromkeys("_\u0332\u00af", r"\underline"), "\u23df": r"\underbrace"}
# Characters that are commands in TeX, and none in MathML.
_TEX_COMMANDS: Final = re.compile(r"[#$%&_{}]")
_NEXT_LINE: Final = r" \\ "
_NO_BASE: Final = frozenset(["none", "mprescripts"])


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
        return between_dollars(_source(node), is_apart="display" in node.get("type"))
    if tag == selectors.TEX_ELEMENT:
        return between_dollars(node.text().strip(), is_apart=node.is_block)
    math = node if tag == "math" else next(filter(lambda inner: inner.tag == "math", _elements(node)), None)
    if math is not None:
        return between_dollars(_tex(math), _is_apart(node) or _is_apart(math))
    source = next(filter(None, map(_named_source, _elements(node))), "")
    if source:
        return between_dollars(source, _is_apart(node))
    text, number = _numbered(node)
    delimited = _DELIMITED.fullmatch(text)
    if delimited is None:
        # Sphinx makes a picture of a formula, whose source is said instead of it.
        has_words = any(map(str.isalpha, text))
        pictures = [] if has_words else [inner for inner in _elements(node) if inner.tag == "img"]
        tex = pictures[0].get("alt") if len(pictures) == 1 else ""
        return between_dollars(tex + number, is_apart=node.is_block) if tex and _is_tex(tex) else ""
    tex = delimited[delimited.lastgroup or 0]
    return "" if _SEVERAL.search(tex) else between_dollars(tex + number, delimited.lastgroup in _APART)


def _named_source(node: Element) -> str:
    """What an attribute of the element says is the source of a formula."""
    return next(filter(None, map(node.get, selectors.TEX_ATTRIBUTES)), "")


def _of_picture(image: Element) -> str:
    """The formula that a picture shows, as its class says or the delimiters in its alternative text."""
    is_named = not selectors.FORMULA_NAMES.isdisjoint(image.classes)
    text = image.get("alt").strip()
    if not text:
        drawn = _DRAWN_FROM.match(image.get("src")[:_MAX_ADDRESS])
        return between_dollars(unquote(drawn[1].replace("+", " ")), is_apart=False) if drawn else ""
    delimited = _DELIMITED.fullmatch(text) if text[:1] in _BEGIN_DELIMITERS else None
    if delimited is not None:
        tex = delimited[delimited.lastgroup or 0]
        return between_dollars(tex, delimited.lastgroup in _APART) if is_named or _is_tex(tex) else ""
    return between_dollars(_MEDIAWIKI.sub(r"\1", text), is_apart=False) if is_named else ""


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


def between_dollars(tex: str, is_apart: bool) -> str:
    """A formula as Markdown has it, '' if there is none."""
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
        return _leaf(node)
    if node.tag == "mtable":
        return _matrix(parts, depth)
    inner = [_from_mathml(part, depth - 1) for part in parts]
    return _scripted(node.tag, inner, parts) or _composed(node, inner)


def _leaf(node: Element) -> str:
    text = " ".join(_source(node).split())
    if node.tag in ("mtext", "ms") and _WORD.search(text):
        return rf"\text{{{_TEX_COMMANDS.sub(_with_backslash, text)}}}"
    return _TEX_COMMANDS.sub(_with_backslash, text)


def _with_backslash(command: re.Match[str]) -> str:
    return f"\\{command[0]}"


def _scripted(tag: str, inner: list[str], parts: list[Element]) -> str:
    """An element of MathML with something above, below or beside its base; '' if it is none."""
    base = f"{{{inner[0]}}}" if parts[0].tag in ("mrow", "mfrac") and " " in inner[0] else inner[0]
    if tag in _SCRIPTS and len(inner) == 2:
        accent = {"mover": _ACCENTS, "munder": _LINES_BELOW}.get(tag, {}).get(inner[1].removeprefix("\\"))
        return f"{accent}{{{inner[0]}}}" if accent else f"{base}{_SCRIPTS[tag]}{_braced(inner[1])}"
    if tag in ("msubsup", "munderover") and len(inner) == 3:
        return f"{base}_{_braced(inner[1])}^{_braced(inner[2])}"
    if tag == "mmultiscripts":
        return _multiscripts(base, inner[1:], parts[1:])
    return ""


def _multiscripts(base: str, inner: list[str], parts: list[Element]) -> str:
    """A base with indices and exponents in pairs after it and, after an <mprescripts>, before it."""
    tags = [part.tag for part in parts]
    end = tags.index("mprescripts") if "mprescripts" in tags else len(tags)
    texts = ["" if tag in _NO_BASE else text for tag, text in zip(tags, inner, strict=True)]
    before, behind = _pairs(texts[end + 1 :]), _pairs(texts[:end])
    return f"{{}}{before} {base}{behind}" if before else f"{base}{behind}"


def _pairs(texts: list[str]) -> str:
    return "".join(f"{'^' if at % 2 else '_'}{_braced(text)}" for at, text in enumerate(texts) if text)


def _composed(node: Element, inner: list[str]) -> str:
    tag = node.tag
    if tag == "mfrac" and len(inner) == 2:
        return rf"\frac{{{inner[0]}}}{{{inner[1]}}}"
    if tag == "mroot" and len(inner) == 2:
        return rf"\sqrt[{inner[1]}]{{{inner[0]}}}"
    if tag == "mfenced":
        between = node.attrs.get("separators", ",") or ""
        return f"{node.attrs.get('open', '(') or ''}{between[:1].join(inner)}{node.attrs.get('close', ')') or ''}"
    text = " ".join(filter(None, inner))
    return f"{_AROUND[tag]}{{{text}}}" if tag in _AROUND else text


def _matrix(rows: list[Element], depth: int) -> str:
    """The rows of a table of MathML; the number of a row is the first cell of an <mlabeledtr>."""
    lines = []
    for row in rows:
        cells = [_from_mathml(cell, depth - 2) if depth > 2 else _leaf(cell) for cell in elements_among(row.children)]
        number = cells.pop(0).strip("()") if row.tag == "mlabeledtr" and cells else ""
        lines.append(" & ".join(cells) + (rf" \tag{{{number}}}" if number else ""))
    return rf"\begin{{matrix}} {_NEXT_LINE.join(lines)} \end{{matrix}}"


def _braced(tex: str) -> str:
    return tex if len(tex) == 1 else f"{{{tex}}}"
