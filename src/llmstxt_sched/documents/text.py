"""Makes untrusted texts safe to put in a document: without invisible characters, on one line, escaped for Markdown."""

from __future__ import annotations

import heapq
import html
import html.entities
import re
import unicodedata
from collections.abc import Iterable, Iterator

TITLE_CHARS = 200
NOTE_CHARS = 300

# Characters that are invisible and can hide or reorder text: controls, surrogates, private use, noncharacters, formats
# (zero-width, bidi, tags), fillers and variation selectors (Unicode 16, categories Cc, Cf, Cs, Co and the property
# Default_Ignorable_Code_Point).  Tabs and line feeds are left to the caller.
_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
# Joiners and the emoji variation selector have a meaning inside emoji and in scripts that join letters.
_JOINERS = "\u200c\u200d\ufe0f"
_NEEDS_CLEANING = re.compile(f"[{_INVISIBLE}{_JOINERS}]")
_DROP = re.compile(f"[{_INVISIBLE}]")
# The signs of icon fonts stand here, by the dozens in a style sheet: one range is found in a quarter of the time.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Up to so many different characters are taken out one by one, which is many times as fast as with a pattern.
_FEW = 6
# The characters of most texts, and the length in characters from which it is faster to take them out first.
_PLAIN, _LONG = bytes([9, 10, *range(32, 127)]), 1000
# The characters of ASCII for which a text is changed: a search for each is faster than a look at every character.
_CONTROLS = "".join(map(chr, [*range(9), *range(11, 32), 127]))
# Line ends, and a space that breaks no line.
_SPACES = (("\x85", "\n"), ("\u2028", "\n"), ("\u2029", "\n"), ("\xa0", " "))
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINING = (
    "\u0600-\u08ff\u0900-\u0dff\u0e80-\u109f\u1780-\u18af\u1b00-\u1bbf\ua840-\ua87f\uabc0-\uabff"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00011000-\U00011fff"
)
_BAD_JOINER = re.compile(
    f"(?<![{_JOINING}{_EMOJI}\ufe0f#*0-9])[{_JOINERS}]|"
    f"(?<![{_EMOJI}#*0-9])\ufe0f|"
    f"[\u200c\u200d](?![{_JOINING}{_EMOJI}])|"
    f"(?<=[#*0-9])[\u200c\u200d]|(?<=[0-9#*])\ufe0f(?!\u20e3)"
)
_NO_LETTERS = re.compile(r"[\W_]+")
# An underscore within a word is none (CommonMark 6.2).
_MARKDOWN = re.compile(r"[\\`*<>]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,40};)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]{1,40});")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINE_START = re.compile(r"(?:[#+=|~-]|\d{1,9}[.)](?=\s|$))")
# All but RFC 3986's reserved and unreserved characters.  Brackets are excluded too: they break a Markdown link.  Most
# URLs have none of them, which is found out several times as fast.
_SAFE = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&'*+,=%]*")
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&'*+,;=%]|(?P<entity>&#?[A-Za-z0-9]{1,32});")
_BRACKETS = str.maketrans("[]", "()")
_LINK_LIKE = re.compile(r"^\[|\]\s*[(\[:]|!\[|\[\^")


def visible(text: str) -> str:
    """`text` without invisible characters; tabs and line feeds stay, other line ends become line feeds."""
    if text.isascii() and (text.isprintable() or (len(text) >= _LONG and not any(map(text.__contains__, _CONTROLS)))):
        return text
    strange = text if len(text) < _LONG else _without_plain(text)
    if "\r" in strange:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for space, plain in _SPACES:
        if space in strange:
            text = text.replace(space, plain)
    if _NEEDS_CLEANING.search(strange) is None:
        return text
    for pattern in (_PRIVATE, _DROP):
        strange, text = _without(pattern, strange, text)
    # Found by themselves first: what may stand beside them is looked for at every character of the text otherwise.
    joiners = heapq.merge(*(_places(joiner, text) for joiner in _JOINERS if joiner in strange))
    return _cut(text, (at for at in joiners if _BAD_JOINER.match(text, at)))


def _without(pattern: re.Pattern[str], strange: str, text: str) -> tuple[str, str]:
    """`strange`, in which everything of `text` is that a pattern may find, and `text`, without what it finds."""
    found: list[str] = []
    while len(found) <= _FEW and (first := pattern.search(strange)) is not None:
        found.append(first[0])
        strange = strange.replace(first[0], "")
    if len(found) > _FEW:
        return pattern.sub("", strange), pattern.sub("", text)
    for character in found:
        text = text.replace(character, "")
    return strange, text


def _places(character: str, text: str) -> Iterator[int]:
    at = text.find(character)
    while at >= 0:
        yield at
        at = text.find(character, at + 1)


def _cut(text: str, places: Iterable[int]) -> str:
    """`text` without the characters at `places`, which come in order."""
    begin = 0
    kept: list[str] = []
    for at in places:
        kept.append(text[begin:at])
        begin = at + 1
    return "".join([*kept, text[begin:]])


def _without_plain(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")


def letters_of(text: str) -> str:
    """`text` without all that is no letter or digit, in small letters."""
    return _NO_LETTERS.sub("", text.casefold())


def one_line(text: str, limit: int) -> str:
    """`text` without invisible characters, on one line, and at most `limit` characters long.

    A longer text is cut after a word and ends with an ellipsis.
    """
    # In any honest text, what comes later cannot be among the first `limit` characters.
    text = " ".join(visible(text[: limit * 50]).split())
    if len(text) <= limit:
        return text
    cut = _grapheme_boundary(text, limit - 1)
    head = text[:cut]
    word, space, _ = head.rpartition(" ")
    if space and len(word) * 2 > limit and text[cut] != " ":
        head = word
    return head.rstrip(" ,;:\u2013\u2014-(") + "…"


def title_line(text: str) -> str:
    """`text` as a title, section or site name: one line, with round brackets for square ones, which break links."""
    return one_line(text, TITLE_CHARS).translate(_BRACKETS)


def note_line(text: str) -> str:
    """`text` as a note or summary: one line.

    Square brackets stay (`Request[T]`) unless they could be read as a link, an image or the definition of one
    (CommonMark 4.7 and 6.3); then all of them become round ones.
    """
    line = one_line(text, NOTE_CHARS)
    return line.translate(_BRACKETS) if _LINK_LIKE.search(line) else line


def escape_inline(text: str) -> str:
    """Escape `text` so that none of it is read as inline Markdown (CommonMark 2.4)."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def escape_block(text: str) -> str:
    """Escape `text` for the beginning of a block: it is not read as a heading, list, fence or rule either."""
    escaped = escape_inline(text)
    start = _LINE_START.match(escaped)
    if start is None:
        return escaped
    at = start.end() - 1
    return f"{escaped[:at]}\\{escaped[at:]}"


def escape_heading(text: str) -> str:
    """Escape `text` for an ATX heading, where a `#` at the end would be dropped (CommonMark 4.2)."""
    escaped = escape_inline(text)
    return f"{escaped[:-1]}\\#" if escaped.endswith("#") else escaped


def safe_url(url: str) -> str:
    """`url` with all characters percent-encoded that are not safe in the destination of a Markdown link.

    That includes a semicolon that could end an entity (CommonMark 6.2).
    """
    if _SAFE.fullmatch(url):
        return url
    return _UNSAFE.sub(_safe, url)


def _safe(unsafe: re.Match[str]) -> str:
    if unsafe["entity"]:
        return f"{unsafe['entity']}%3B"
    return "".join(f"%{byte:02X}" for byte in unsafe[0].encode("utf-8", "replace"))


def unescape(markdown: str) -> str:
    """The plain text of escaped inline Markdown; the inverse of the three escape functions."""
    parts = _ESCAPED.split(markdown)
    # Only the even parts can hold entities; the odd ones are characters that were escaped.
    parts[::2] = [_ENTITY.sub(_character, part) if "&" in part else part for part in parts[::2]]
    return "".join(parts)


def _character(entity: re.Match[str]) -> str:
    # Python's own function also takes what HTML does and CommonMark 6.2 does not: `&#1`, `&copy`, `&notit;`.
    is_one = entity[0][1] == "#" or entity[0][1:] in html.entities.html5
    return html.unescape(entity[0]) if is_one else entity[0]


def _grapheme_boundary(text: str, at: int) -> int:
    """The last index up to `at` where `text` can be cut without splitting a grapheme.

    That is, without separating a character from its combining marks and joiners, or the two halves of a flag.
    """
    # The vowel signs of Thai and Hindi are marks, too, but have no combining class.
    while at > 0 and (unicodedata.category(text[at])[0] == "M" or _joined(text, at)):
        at -= 1
    flags = 0
    while flags < at and "\U0001f1e6" <= text[at - 1 - flags] <= "\U0001f1ff":
        flags += 1
    return at - 1 if flags % 2 and "\U0001f1e6" <= text[at] <= "\U0001f1ff" else at


def _joined(text: str, at: int) -> bool:
    return text[at] in _JOINERS or text[at - 1] == "\u200d" or "\U0001f3fb" <= text[at] <= "\U0001f3ff"
