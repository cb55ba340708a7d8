"""Tells by a style attribute alone that nobody sees the element that has it."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction.content.visibility.style_declarations import declared
from llmstxt_sched.extraction.lazy_pattern import LazyPattern
from llmstxt_sched.extraction.remembered import remembered

# A colour that is fully transparent (CSS Color 4, sections 5.2 and 6.3).
_NO_COLOUR: Final = (
    r"(?:transparent|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)|"
    r"(?:(?:rgb|hsl)a?|hwb|color|(?:ok)?(?:lab|lch))\([^()]*(?:/|,[^(),]*,[^(),]*,)0?\.?0+%?\))"
)
# Font sizes that nobody can read (less of a rem than of an em, as a page may set its root to 100 px), zero, and factors
# that leave nothing to see.
TINY: Final = r"(?:(?:0?\.\d+|1)p[xt]|0?\.0\d*rem|0?\.[01]\d*em|[01](?:\.\d+)?%)"
_ZERO: Final = r"(?:0+(?:\.0*)?|\.0+)"
_NO_FACTOR: Final = r"(?:0+(?:\.0\d*)?|\.0\d*)%?"
# A mask of transparent colours alone, which shows nothing.
_NO_GRADIENT: Final = (
    r"(?:repeating-)?(?:linear|radial|conic)-gradient\((?:to[a-z]+,|[\d.]+(?:deg|turn|g?rad),)?"
    rf"{_NO_COLOUR}(?:,{_NO_COLOUR})*+\)"
)
# Matched against a style without spaces and comments, in lower case.  No part runs past the start of a declaration, nor
# backtracks: a style may be as long as a page.
_UNSEEN: Final = LazyPattern(
    r"(?:^|[;{])(?:display:none|visibility:(?:hidden|collapse)|opacity:(?:0+|0*\.0(?:0*|[01]\d*)|0+\.|0*[01]%|(?:\d(?:\.\d+)?|\.\d+)e-(?:[3-9]|\d\d)\d*)(?:[;!]|$)|"
    r"font(?:-size)?:(?:[^;{]*,)?0+(?:\.0+)?(?:[a-z]+|%)?(?:[;!/]|$)|"
    rf"font-size:{TINY}(?:[;!]|$)|zoom:{_NO_FACTOR}(?:[;!]|$)|(?:-webkit-)?mask(?:-image)?:{_NO_GRADIENT}(?:[;!]|$)|"
    r"content-visibility:hidden|(?:-webkit-)?filter:[^;{]*opacity\((?:0?\.0[01]\d*|0(?:\.0+)?%?|1%)\)|"
    r"text-indent:-\d{3,}|margin-(?:left|top):-(?:\d{4,}|\d{3,}r?em)|"
    r"clip-path:(?:inset\((?:50%|[\d.%px]*100%)|(?:circle|ellipse)\(0|polygon\((?:0(?:px|%)?,?)++\))|"
    r"clip:rect\(([01])(?:px)?,?\1(?:px)?,?\1(?:px)?,?\1|"
    rf"(?:transform:[^;{{]*scale(?:[xy]|3d)?\((?:[\d.]+%?,)?|scale:){_NO_FACTOR}(?:[),;!]|$)|"
    rf"transform:[^;{{]*(?:matrix\((?:[^,;()]+,[^,;()]+,)?(?:{_ZERO},){{2}}|matrix3d\((?:{_ZERO},){{3}})|"
    r"(?:transform:[^;{]*translate[xy3d]*\((?:[^;(){]*,)?|translate:)-(?:\d{4,}(?:px|%)|\d{3,}(?:em|rem|vw|vh))|"
    rf"(?:-webkit-text-fill-)?color:{_NO_COLOUR}(?:[;!]|$))"
)
# A calculation of a single value.
_CALCULATED: Final = re.compile(r"calc\((-?[\d.]+(?:[a-z]+|%)?)\)")
_FILLED: Final = re.compile(r"(?:-webkit-text-fill-)?color:[^;]*")
_ONE_PIXEL: Final = re.compile(r"(?:^|;)(?:max-)?(?:height|width):1px(?:[;!]|$)")
_COLOUR: Final = re.compile(r"(?:^|;)(color|background(?:-color)?):([^;!]+)")
_CHANNELS: Final = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,1)?\)")
_SHORT_COLOUR: Final = re.compile(r"#[0-9a-f]{3}")
_NAMED_COLOURS: Final = {"white": "#ffffff", "black": "#000000"}
# Keywords that need not mean the same colour for text and background.
_TAKEN_OVER: Final = frozenset(["inherit", "initial", "revert", "revert-layer", "unset"])
_OFF_SCREEN: Final = re.compile(
    r"(?:^|;)(?:left|top|right|bottom|margin-(?:left|top)|inset(?:-(?:inline|block))?(?:-start|-end)?|margin-(?:inline|block)-start):"
    r"[^;]*-\d{3,}(?:px|em|rem|vw|vh|%)?"
)
# Relative to its own place, so that a smaller distance may leave it in view.
_FAR_OFF: Final = re.compile(r"(?:^|;)(?:left|top|right|bottom|inset):[^;]*-\d{4,}px")
_NO_ROOM: Final = re.compile(r"(?:^|;)(?:max-)?(height|width|block-size|inline-size):0(?:px|em|rem|%)?(?=[;!]|$)")
_CUT_OFF: Final = re.compile(r"(?:^|;)overflow(?:-y)?:(?:hidden|clip)")
# A line indented past the box that clips it.
_MOVED_OUT: Final = re.compile(r"(?:^|;)text-indent:(?:100%|\d{4,}px|\d{3,}(?:em|rem|%))")
# A minimum wins over width, height and their maxima.
_LEAST_ROOM: Final = re.compile(r"(?:^|;)min-(height|width|block-size|inline-size):[^;!]*[1-9]")


@remembered(1024)
def is_unseen(style: str, beside_the_point: re.Pattern[str] | None) -> bool:
    """Whether a style hides its element by other declarations than those `beside_the_point`."""
    if not style:
        return False
    written = declared(style)
    if "calc(" in written:
        written = _CALCULATED.sub(r"\1", written)
    if beside_the_point:
        written = beside_the_point.sub("", written)
    # A text is transparent to show its own background, when that is clipped to it.
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


def hides(style: str) -> bool:
    """Whether an element with this `style` is not shown."""
    return is_unseen(style, None)


def _has_no_room(style: str) -> bool:
    return not set(_NO_ROOM.findall(style)).issubset(_LEAST_ROOM.findall(style))


def _has_one_colour(style: str) -> bool:
    """Whether a style has the same colour for the text and for its background."""
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
