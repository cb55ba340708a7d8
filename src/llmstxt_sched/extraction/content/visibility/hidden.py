"""Tells what a reader of the page cannot see, where the markup itself says so."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.visibility.style_declarations import IMPORTANT, declared, sets_display
from llmstxt_sched.extraction.content.visibility.unseen_styles import TINY, is_unseen
from llmstxt_sched.extraction.dom.tree import Element
from llmstxt_sched.extraction.remembered import remembered

# How a section begins that a script moves into view.
_FADED: Final = re.compile(r"(?:^|(?<=;))opacity:0(?:\.0*)?(?=;|$)")
_MOVED: Final = re.compile(r"(?:^|;)transform:[^;]*(?:translate|scale)")
_HIDING: Final = frozenset(["aria-hidden", "hidden", "inert", "popover"])
# What opens over the page.
_OVER_PAGE: Final = re.compile(r"(?:^|;)(?:position:(?:fixed|absolute)|pointer-events:none|z-index:)")
# Declarations about text hide nothing without text; a picture often fades in once loaded; a cell is as wide as its
# column.
_OF_TEXT: Final = r"font(?:-size)?|text-indent|(?:-webkit-text-fill-)?color"
_NOT_OF_EMPTY: Final = re.compile(rf"(?:(?<=;)|^)(?:{_OF_TEXT}):[^;]*")
_NOT_OF_PICTURE: Final = re.compile(rf"(?:(?<=;)|^)(?:{_OF_TEXT}|opacity):[^;]*")
_NOT_OF_CELL: Final = re.compile(r"(?:(?<=;)|^)(?:max-)?width:[^;]*")
_NOTHING: Final = frozenset[str]()
# These properties are inherited: an element in what they hide may set them anew, to one of the values below, and be
# seen.
_INHERITED: Final = re.compile(rf"(?:^|(?<=;))(visibility|font-size):(?:hidden|0+(?:px|pt|r?em|%)?|{TINY})(?:;|$)")
_SEEN_AGAIN: Final = {
    "visibility": re.compile(r"visible"),
    "font-size": re.compile(
        r"(?:[1-9]\d+|[4-9])(?:\.\d+)?p[xt]|(?:0?\.[3-9]\d*|[1-9]\d?(?:\.\d+)?)rem|medium|(?:x-)?large|small"
    ),
}
_MAX_SIGN: Final = 2
# What themes hide by a class.
_HIDDEN_BY_CLASS: Final = frozenset(["header", "h1"])
# A tick, a cross, a circle, a star or a coloured mark; what else stands alone in a cell is drawn or points somewhere.
_SIGN: Final = re.compile(
    "[\u2605\u2606\u2610-\u2612\u2705\u2713-\u2718\u274c\u274e\u25cb\u25cf\u26aa\u26ab\U0001f534-\U0001f7eb]"
)
_CELLS: Final = frozenset(["td", "th"])

# The class of an accordion, which holds titles and what each of them opens, but not of what it opens.
_AROUND_ANSWERS: Final = re.compile(r"accordion|spoiler|collapsible|(?<![a-z])faqs?(?![a-z])", re.IGNORECASE)
_FOLDED_TAGS: Final = frozenset(["dd", "div", "p", "section", "ul"])
# Parts of an accordion, and characters of a title.
_MAX_IN_ACCORDION, _MAX_TITLE = 400, 300
_IS_UNSEEN: Final = frozenset(["style", *_HIDING])

# The most characters, and elements, of what only says that it unfolds something; and the signs after its words.
_MAX_UNFOLDS, _AFTER_WORDS = 40, " .>\u00bb\u2026\u2192"


def is_hidden(node: Element) -> bool:
    """Whether the element is not shown; one that the reader can open, such as a tab, counts as shown."""
    attrs = node.attrs
    return (
        ("hidden" in attrs and attrs["hidden"] != "until-found")
        or ("aria-hidden" in attrs and node.get("aria-hidden").lower() == "true" and not _is_seen(node))
        or ("style" in attrs and is_unseen(attrs["style"] or "", _beside_the_point(node)))
        or (node.tag in _HIDDEN_BY_CLASS and _is_hidden_by_class(node))
    ) and not is_openable(node)


def _is_hidden_by_class(node: Element) -> bool:
    """Whether a class says that nobody sees it: a header, or a title that no width of the screen shows."""
    if selectors.HIDDEN_NAMES.isdisjoint(node.classes):
        return False
    return node.tag == "header" or not any(map(selectors.SHOWN_IN_WIDTH.match, node.classes))


def is_closed(node: Element) -> bool:
    """Whether the element is a popover, which nobody sees until something opens it (HTML standard, section 6.12)."""
    return "popover" in node.attrs and not is_openable(node) and not sets_display(node.get("style"))


def _is_seen(node: Element) -> bool:
    """Whether a reader sees what `aria-hidden` keeps from screen readers: a sign, or the name of its parent."""
    name = node.parent.get("aria-label") if node.parent is not None else ""
    return bool(name and name.split() == node.words().split()) or _is_all_of_cell(node)


def _is_all_of_cell(node: Element) -> bool:
    """Whether it is the sign, such as a tick, that is all a reader sees in a cell, and no screen reader hears."""
    if not 0 < node.chars <= _MAX_SIGN or not _SIGN.search(node.text()):
        return False
    cell = node.ancestor(_CELLS)
    return cell is not None and cell.chars == node.chars and not cell.get("aria-label")


def fades_in(node: Element) -> bool:
    """Whether the element is hidden only by being transparent and moved, until a script shows it."""
    style = node.get("style")
    if not style or not _HIDING.isdisjoint(node.attrs):
        return False
    written = declared(style)
    is_faded = _FADED.search(written) is not None and _MOVED.search(written) is not None
    return is_faded and not (_OVER_PAGE.search(written) or is_unseen(_FADED.sub("", written), None))


def inherited_by(node: Element) -> frozenset[str]:
    """The properties by which an element hides what inherits them; none if it hides all that it holds, or nothing."""
    style = node.get("style")
    return _inherited(style) if style and "hidden" not in node.attrs and "aria-hidden" not in node.attrs else _NOTHING


@remembered(1024)
def _inherited(style: str) -> frozenset[str]:
    written = declared(style)
    is_all = not is_unseen(_INHERITED.sub("", written), None)
    return frozenset(_INHERITED.findall(written)) if is_all else _NOTHING


def is_seen_again(node: Element, names: frozenset[str]) -> bool:
    """Whether the element sets those of its properties anew that hide what is around it."""
    return "style" in node.attrs and names <= _set_anew(node.get("style"))


@remembered(1024)
def _set_anew(style: str) -> frozenset[str]:
    said: dict[str, set[str]] = {}
    for declaration in declared(style).split(";"):
        name, _, value = declaration.partition(":")
        said.setdefault(name, set()).add(value.removesuffix(IMPORTANT))
    seen = _SEEN_AGAIN.items()
    return frozenset(name for name, value in seen if name in said and all(map(value.fullmatch, said[name])))


def is_openable(node: Element) -> bool:
    """Whether the element is a tab's panel, a folded section or an answer, which the reader can open."""
    around = node.parent
    if around is not None and (around.tag in selectors.LATE_TABS or around.get("itemprop") in selectors.ANSWERS):
        return True
    if node.get("itemprop") in selectors.ANSWERS:
        return True
    if node.label or (around is not None and _is_below_its_title(node, around)):
        return True
    return bool(selectors.OPENABLE.search(f"{node.get('role')} {node.get('class')}")) and not _only_unfolds(node)


def _is_below_its_title(node: Element, around: Element) -> bool:
    """Whether a block is what a title right before it opens in an accordion, which alone is called so."""
    if node.tag not in _FOLDED_TAGS or _AROUND_ANSWERS.search(around.get("class")) is None:
        return False
    siblings = around.children
    # A menu may be called so as well.
    if len(siblings) > _MAX_IN_ACCORDION or node.link_chars * 2 > node.chars:
        return False
    before = reversed(siblings[: siblings.index(node)])
    title = next(filter(lambda part: not isinstance(part, str) or part.strip() != "", before), "")
    return not isinstance(title, str) and 0 < title.chars <= _MAX_TITLE and _IS_UNSEEN.isdisjoint(title.attrs)


def _only_unfolds(node: Element) -> bool:
    """Whether the element says no more than that it unfolds something, as a link called "read-more" does."""
    is_brief = 0 < node.chars <= _MAX_UNFOLDS and node.end - node.at <= _MAX_UNFOLDS
    return is_brief and selectors.UNFOLDS.fullmatch(node.words().rstrip(_AFTER_WORDS)) is not None


def _beside_the_point(node: Element) -> re.Pattern[str] | None:
    """The declarations that do not hide an element of this kind; None if all may."""
    if node.tag == "img":
        return _NOT_OF_PICTURE
    if node.tag in _CELLS:
        return _NOT_OF_CELL
    return None if node.chars or node.tag == "input" else _NOT_OF_EMPTY
