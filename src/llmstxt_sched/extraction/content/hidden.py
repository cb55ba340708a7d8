"""Tells what a reader of the page cannot see, where the markup itself says so."""

from __future__ import annotations

import re
import string
import sys
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element
from llmstxt_sched.extraction.remembered import remembered

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMMENT_OR_SPACE: Final = re.compile(rf"{_COMMENT.pattern}|\s+", re.DOTALL)
# What holds semicolons that end no declaration: strings and what is in brackets (CSS Syntax, section 5.4.8).
_HOLDS_ENDS: Final = re.compile(r"[\"'(\[{\\]|/\*")
_TOKEN: Final = re.compile(r"\"[^\"\\\n]*\"|'[^'\\\n]*'|[\"'\\(){}\[\];]|/\*")
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
# Other letters than these are alike in no case.
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
# No page has this character; it keeps apart what a comment stood between.
_WAS_COMMENT: Final = "\x1e"
_BESIDE_WORDS: Final = f" \t\n\r\f{_WAS_COMMENT}"
# CSS Syntax, section 4.3.7.
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([^\n]))", re.IGNORECASE)
# One that lets everything through (CSS Color 4, sections 5.2 and 6.3).
_NO_COLOUR: Final = (
    r"(?:transparent|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)|"
    r"(?:(?:rgb|hsl)a?|hwb|color|(?:ok)?(?:lab|lch))\([^()]*(?:/|,[^(),]*,[^(),]*,)0?\.?0+%?\))"
)
# Letters that nobody can read, of which a tenth of the page's own may be ten pixels; nothing; and a factor that makes
# nothing of all.
_TINY: Final = r"(?:(?:0?\.\d+|1)p[xt]|0?\.0\d*rem|0?\.[01]\d*em|[01](?:\.\d+)?%)"
_ZERO: Final = r"(?:0+(?:\.0*)?|\.0+)"
_NO_FACTOR: Final = r"(?:0+(?:\.0\d*)?|\.0\d*)%?"
# What lets nothing through wherever it is laid over.
_NO_GRADIENT: Final = (
    r"(?:repeating-)?(?:linear|radial|conic)-gradient\((?:to[a-z]+,|[\d.]+(?:deg|turn|g?rad),)?"
    rf"{_NO_COLOUR}(?:,{_NO_COLOUR})*+\)"
)
# Matched against a style without spaces and comments, in lower case.  No part goes on where another may begin, nor
# remembers where it went: a style may be as long as a page.
_UNSEEN: Final = re.compile(
    r"(?:^|[;{])(?:display:none|visibility:(?:hidden|collapse)|opacity:(?:0+|0*\.0(?:0*|[01]\d*)|0+\.|0*[01]%|(?:\d(?:\.\d+)?|\.\d+)e-(?:[3-9]|\d\d)\d*)(?:[;!]|$)|"
    r"font(?:-size)?:(?:[^;{]*,)?0+(?:\.0+)?(?:[a-z]+|%)?(?:[;!/]|$)|"
    rf"font-size:{_TINY}(?:[;!]|$)|zoom:{_NO_FACTOR}(?:[;!]|$)|(?:-webkit-)?mask(?:-image)?:{_NO_GRADIENT}(?:[;!]|$)|"
    r"content-visibility:hidden|(?:-webkit-)?filter:[^;{]*opacity\((?:0?\.0[01]\d*|0(?:\.0+)?%?|1%)\)|"
    r"text-indent:-\d{3,}|margin-(?:left|top):-(?:\d{4,}|\d{3,}r?em)|"
    r"clip-path:(?:inset\((?:50%|[\d.%px]*100%)|(?:circle|ellipse)\(0|polygon\((?:0(?:px|%)?,?)++\))|"
    r"clip:rect\(([01])(?:px)?,?\1(?:px)?,?\1(?:px)?,?\1|"
    rf"(?:transform:[^;{{]*scale(?:[xy]|3d)?\((?:[\d.]+%?,)?|scale:){_NO_FACTOR}(?:[),;!]|$)|"
    rf"transform:[^;{{]*(?:matrix\((?:[^,;()]+,[^,;()]+,)?(?:{_ZERO},){{2}}|matrix3d\((?:{_ZERO},){{3}})|"
    r"(?:transform:[^;{]*translate[xy3d]*\((?:[^;(){]*,)?|translate:)-(?:\d{4,}(?:px|%)|\d{3,}(?:em|rem|vw|vh))|"
    rf"(?:-webkit-text-fill-)?color:{_NO_COLOUR}(?:[;!]|$))"
)
# One value, with nothing to be calculated.
_CALCULATED: Final = re.compile(r"calc\((-?[\d.]+(?:[a-z]+|%)?)\)")
_FILLED: Final = re.compile(r"(?:-webkit-text-fill-)?color:[^;]*")
# As pages begin that move their sections into view.
_FADED: Final = re.compile(r"(?:^|(?<=;))opacity:0(?:\.0*)?(?=;|$)")
_MOVED: Final = re.compile(r"(?:^|;)transform:[^;]*(?:translate|scale)")
_HIDING: Final = frozenset(["aria-hidden", "hidden", "inert", "popover"])
# What opens over the page.
_OVER_PAGE: Final = re.compile(r"(?:^|;)(?:position:(?:fixed|absolute)|pointer-events:none|z-index:)")
# Where there is no text, what is said of texts hides nothing; a picture often fades in once it is loaded, and a cell is
# as wide as its column.
_OF_TEXT: Final = r"font(?:-size)?|text-indent|(?:-webkit-text-fill-)?color"
_NOT_OF_EMPTY: Final = re.compile(rf"(?:(?<=;)|^)(?:{_OF_TEXT}):[^;]*")
_NOT_OF_PICTURE: Final = re.compile(rf"(?:(?<=;)|^)(?:{_OF_TEXT}|opacity):[^;]*")
_NOT_OF_CELL: Final = re.compile(r"(?:(?<=;)|^)(?:max-)?width:[^;]*")
# What a later declaration has to say for an earlier one of its name not to count: a browser passes over what is wrong.
_VALID: Final = {
    "display": re.compile(
        r"block|contents|flow-root|(?:inline-)?(?:flex|grid|table)|inline(?:-block)?|list-item|none|"
        r"table-(?:caption|cell|(?:column|row)(?:-group)?|(?:header|footer)-group)"
    ),
    "visibility": re.compile(r"visible|hidden|collapse"),
    "opacity": re.compile(r"\d+(?:\.\d+)?|\.\d+|(?:[1-9]\d*|0)(?:\.0+)?%|[1-9]\d*(?:\.\d+)?%"),
    "font-size": re.compile(r"(?:0|(?:\d+(?:\.\d+)?|\.\d+)(?:px|pt|r?em|%)|(?:x{1,2}-)?(?:small|large)|medium)"),
}
_NOTHING: Final = frozenset[str]()
_IMPORTANT: Final = "!important"
# What is inherited, so that an element in what is hidden so may be seen, and what that one says then.
_INHERITED: Final = re.compile(rf"(?:^|(?<=;))(visibility|font-size):(?:hidden|0+(?:px|pt|r?em|%)?|{_TINY})(?:;|$)")
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
_ONE_PIXEL: Final = re.compile(r"(?:^|;)(?:max-)?(?:height|width):1px(?:[;!]|$)")
_COLOUR: Final = re.compile(r"(?:^|;)(color|background(?:-color)?):([^;!]+)")
_CHANNELS: Final = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,1)?\)")
_SHORT_COLOUR: Final = re.compile(r"#[0-9a-f]{3}")
_NAMED_COLOURS: Final = {"white": "#ffffff", "black": "#000000"}
# For these, what is behind and what is in front need not be the same.
_TAKEN_OVER: Final = frozenset(["inherit", "initial", "revert", "revert-layer", "unset"])
_OFF_SCREEN: Final = re.compile(
    r"(?:^|;)(?:left|top|right|bottom|margin-(?:left|top)|inset(?:-(?:inline|block))?(?:-start|-end)?|margin-(?:inline|block)-start):"
    r"[^;]*-\d{3,}(?:px|em|rem|vw|vh|%)?"
)
# From where it would stand, and not from an edge.
_FAR_OFF: Final = re.compile(r"(?:^|;)(?:left|top|right|bottom|inset):[^;]*-\d{4,}px")
_NO_ROOM: Final = re.compile(r"(?:^|;)(?:max-)?(height|width|block-size|inline-size):0(?:px|em|rem|%)?(?=[;!]|$)")
_CUT_OFF: Final = re.compile(r"(?:^|;)overflow(?:-y)?:(?:hidden|clip)")
# All of a line moved out of what cuts it off.
_MOVED_OUT: Final = re.compile(r"(?:^|;)text-indent:(?:100%|\d{4,}px|\d{3,}(?:em|rem|%))")
# A least size goes before all others.
_LEAST_ROOM: Final = re.compile(r"(?:^|;)min-(height|width|block-size|inline-size):[^;!]*[1-9]")

# What holds titles and what each of them opens, and no name of what it opens; and so many parts, and characters of one.
_AROUND_ANSWERS: Final = re.compile(r"accordion|spoiler|collapsible|(?<![a-z])faqs?(?![a-z])", re.IGNORECASE)
_FOLDED_TAGS: Final = frozenset(["dd", "div", "p", "section", "ul"])
_MAX_IN_ACCORDION, _MAX_TITLE = 400, 300
_IS_UNSEEN: Final = frozenset(["style", *_HIDING])

# In characters and elements, what says that it unfolds something is no longer; and the signs behind its words.
_MAX_UNFOLDS, _BEHIND_WORDS = 40, " .>\u00bb\u2026\u2192"


def is_hidden(node: Element) -> bool:
    """Whether the element is not shown; one that the reader can open, such as a tab, counts as shown."""
    attrs = node.attrs
    return (
        ("hidden" in attrs and attrs["hidden"] != "until-found")
        or ("aria-hidden" in attrs and node.get("aria-hidden").lower() == "true" and not _is_seen(node))
        or ("style" in attrs and _is_unseen(attrs["style"] or "", _beside_the_point(node)))
        or (node.tag in _HIDDEN_BY_CLASS and _is_hidden_by_class(node))
    ) and not is_openable(node)


def _is_hidden_by_class(node: Element) -> bool:
    """Whether a class says that nobody sees it: a header, or a title that no width of the screen shows."""
    if selectors.HIDDEN_NAMES.isdisjoint(node.classes):
        return False
    return node.tag == "header" or not any(map(selectors.SHOWN_IN_WIDTH.match, node.classes))


def is_closed(node: Element) -> bool:
    """Whether the element is a popover, which nobody sees until something opens it (HTML standard, section 6.12)."""
    return "popover" in node.attrs and not is_openable(node) and not _sets_display(node.get("style"))


def _is_seen(node: Element) -> bool:
    """Whether a reader sees what a screen reader does not say: a sign, or what it says as the name of the element."""
    name = node.parent.get("aria-label") if node.parent is not None else ""
    return bool(name and name.split() == node.words().split()) or _is_all_of_cell(node)


def _is_all_of_cell(node: Element) -> bool:
    """Whether it is the sign, such as a tick, that is all a reader sees in a cell, and no screen reader hears."""
    if not 0 < node.chars <= _MAX_SIGN or not _SIGN.search(node.text()):
        return False
    cell = node.ancestor(_CELLS)
    return cell is not None and cell.chars == node.chars and not cell.get("aria-label")


def fades_in(node: Element) -> bool:
    """Whether the element is hidden by nothing but that it is transparent and moved, until a script shows it."""
    style = node.get("style")
    if not style or not _HIDING.isdisjoint(node.attrs):
        return False
    declared = _declared(style)
    is_faded = _FADED.search(declared) is not None and _MOVED.search(declared) is not None
    return is_faded and not (_OVER_PAGE.search(declared) or _is_unseen(_FADED.sub("", declared), None))


def inherited_by(node: Element) -> frozenset[str]:
    """The properties by which an element hides what inherits them; none if it hides all that it holds, or nothing."""
    style = node.get("style")
    return _inherited(style) if style and "hidden" not in node.attrs and "aria-hidden" not in node.attrs else _NOTHING


@remembered(1024)
def _inherited(style: str) -> frozenset[str]:
    declared = _declared(style)
    is_all = not _is_unseen(_INHERITED.sub("", declared), None)
    return frozenset(_INHERITED.findall(declared)) if is_all else _NOTHING


def is_seen_again(node: Element, names: frozenset[str]) -> bool:
    """Whether the element sets those of its properties anew that hide what is around it."""
    return "style" in node.attrs and names <= _set_anew(node.get("style"))


@remembered(1024)
def _set_anew(style: str) -> frozenset[str]:
    said: dict[str, set[str]] = {}
    for declaration in _declared(style).split(";"):
        name, _, value = declaration.partition(":")
        said.setdefault(name, set()).add(value.removesuffix(_IMPORTANT))
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
    return is_brief and selectors.UNFOLDS.fullmatch(node.words().rstrip(_BEHIND_WORDS)) is not None


def _beside_the_point(node: Element) -> re.Pattern[str] | None:
    """The declarations that do not hide an element of this kind; None if all may."""
    if node.tag == "img":
        return _NOT_OF_PICTURE
    if node.tag in _CELLS:
        return _NOT_OF_CELL
    return None if node.chars or node.tag == "input" else _NOT_OF_EMPTY


@remembered(1024)
def _is_unseen(style: str, beside_the_point: re.Pattern[str] | None) -> bool:
    if not style:
        return False
    written = _declared(style)
    if "calc(" in written:
        written = _CALCULATED.sub(r"\1", written)
    if beside_the_point:
        written = beside_the_point.sub("", written)
    # A text that is filled with its background is transparent to be seen.
    if _UNSEEN.search(_FILLED.sub("", written) if "background-clip:text" in written else written):
        return True
    if _has_one_colour(written):
        return True
    is_cut_off = "overflow" in written and _CUT_OFF.search(written) is not None
    if is_cut_off and (_ONE_PIXEL.search(written) or ("nowrap" in written and _MOVED_OUT.search(written))):
        return True
    if "position:absolute" in written or "position:fixed" in written:
        return bool(_OFF_SCREEN.search(written)) or _has_no_room(written)
    if "position:relative" in written:
        return bool(_FAR_OFF.search(written))
    return is_cut_off and _has_no_room(written)


def _declared(style: str) -> str:
    """A style without spaces and comments, in lower case, and without what a later declaration of it replaces.

    Nothing is replaced where brackets or quotes are open, or an escape makes another word of one.
    """
    parts = _split(_COMMENT.sub(_WAS_COMMENT, style).translate(_LOWER))
    if not parts:
        return _COMMENT_OR_SPACE.sub("", _ESCAPE.sub(_unescaped, style)).translate(_LOWER)
    declarations, replaced, last = list[str](), set[int](), dict[str, int]()
    for at, written in enumerate(parts):
        declaration = "".join(written.replace(_WAS_COMMENT, "").split())
        declarations.append(declaration)
        name, _, value = written.partition(":")
        name = name.strip(_BESIDE_WORDS)
        # As it was written: a value with a space in it is none.
        if name in _VALID and _VALID[name].fullmatch(_without_importance(value.strip(_BESIDE_WORDS))):
            before = last.setdefault(name, at)
            wins = declarations[before].endswith(_IMPORTANT) <= declaration.endswith(_IMPORTANT)
            if before != at:
                replaced.add(before if wins else at)
            last[name] = at if wins else before
    return ";".join(declaration for at, declaration in enumerate(declarations) if at not in replaced)


def _split(style: str) -> list[str]:
    """The declarations of a style, in which no more semicolons are; none where it cannot be told."""
    if not _HOLDS_ENDS.search(style):
        return style.split(";")
    parts, ends, begin = list[str](), list[str](), 0
    for token in _TOKEN.finditer(style):
        mark = token[0]
        if mark in _BRACKETS:
            ends.append(_BRACKETS[mark])
        elif mark == ";":
            if not ends:
                parts.append(style[begin : token.start()].replace(";", ","))
                begin = token.end()
        elif (len(mark) == 1 or mark == "/*") and (not ends or ends.pop() != mark):
            return []
    return [] if ends else [*parts, style[begin:].replace(";", ",")]


def _without_importance(value: str) -> str:
    rest = value.removesuffix("important").rstrip(_BESIDE_WORDS)
    return rest.removesuffix("!").rstrip(_BESIDE_WORDS) if rest.endswith("!") else value


def _sets_display(style: str) -> bool:
    """Whether a style says how an element is laid out, and not that it is not."""
    said = [declaration.partition(":") for declaration in _declared(style).split(";")]
    values = [value.removesuffix(_IMPORTANT) for name, _, value in said if name == "display"]
    return bool(values) and all(value != "none" and _VALID["display"].fullmatch(value) for value in values)


def hides(style: str) -> bool:
    """Whether an element with this `style` is not shown."""
    return _is_unseen(style, None)


def _has_no_room(style: str) -> bool:
    return not set(_NO_ROOM.findall(style)).issubset(_LEAST_ROOM.findall(style))


def _has_one_colour(style: str) -> bool:
    """Whether the style gives a text the colour of what is behind it."""
    if "background" not in style:
        return False
    colours = {name: _written_alike(colour) for name, colour in _COLOUR.findall(style)}
    colour = colours.get("color", "inherit")
    return colour not in _TAKEN_OVER and colour in (colours.get("background"), colours.get("background-color"))


def _written_alike(colour: str) -> str:
    """A colour as other ways to write it are written here: `#fff`, `white` and `rgb(255,255,255)` are one."""
    channels = _CHANNELS.fullmatch(colour)
    if channels:
        return "#" + "".join(f"{int(channel):02x}" for channel in channels.groups())
    if _SHORT_COLOUR.fullmatch(colour):
        return "#" + "".join(digit * 2 for digit in colour[1:])
    return _NAMED_COLOURS.get(colour, colour)


def _unescaped(escape: re.Match[str]) -> str:
    number = int(escape[1], 16) if escape[1] else 0
    return escape[2] or (chr(number) if number <= sys.maxunicode else "")
