"""Start tags: what an element is, as far as its tag and attributes say it.

A page writes the same few over and over, and so do all pages of a site.  So each is read once, and what other modules
decide by tag and attributes alone they can remember by the start tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.remembered import MAX_REMEMBERED, remembered

_ATTRIBUTE: Final = re.compile(r" ([^\s\"'<>/=]+)=\"([^\"]*)\"")
ADDRESS: Final = frozenset(["href", "src"])
# Elements without an end tag, and those whose text is written as it is.
VOID: Final = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()  # noqa: SIM905
)
RAW: Final = frozenset(["script", "style", "xmp", "iframe", "noembed", "noframes"])
_CLOSED_AT_ONCE: Final = VOID | RAW
# What end tags and comments begin with, and the element whose text has no end.
_NO_NAME, _ENDLESS = ("/", "!"), "plaintext"
# What an element is can be told by so many characters of an attribute.
_MAX_VALUE: Final = 2000


class StartTag:
    """The name of an element and its attributes, which nobody changes.

    `classes` are in lower case, and so is the role, of which there is one.  `end_tag` is what a serialiser writes
    after `<` at the element's end, unless the element `is_closed_at_once`, because it has none or its text is written
    as it is.  `is_block` tells whether an element of this name or role is laid out as a block, `is_unread` whether no
    reader sees its text, `is_counted_apart` whether it is that or a link, `is_described` whether it has other
    attributes than an address, and `is_marked` whether they say that it may be code, a formula, a signature, a table, a
    picture, a checkbox, an exponent or an obfuscated address.  `asked` and `told` have a bit for each Question: whether
    it was asked of this start tag, and whether the answer is yes.
    """

    __slots__ = (
        "asked",
        "attrs",
        "classes",
        "end_tag",
        "is_block",
        "is_closed_at_once",
        "is_counted_apart",
        "is_described",
        "is_marked",
        "is_unread",
        "name",
        "told",
    )

    def __init__(self, name: str, attrs: dict[str, str | None]) -> None:
        role = attrs.get("role")
        if role:
            # Others are for readers that do not know the first.
            attrs = {**attrs, "role": "".join(role.lower().split()[:1])}
        self.name = name
        self.attrs = attrs
        names = attrs.get("class")
        self.classes = _split_names(names) if names else frozenset[str]()
        self.end_tag = f"/{name}>"
        self.is_block = name in selectors.BLOCKS or attrs.get("role") in selectors.CELL_ROLES
        self.is_closed_at_once = name in _CLOSED_AT_ONCE
        self.is_described = not ADDRESS.issuperset(attrs)
        self.is_marked = self.is_described and (
            "data-cfemail" in attrs
            or ("style" in attrs and selectors.SCRIPT_STYLE.search(attrs["style"] or "") is not None)
            or attrs.get("role") in selectors.MARKED_ROLES
            or not selectors.MARKED.isdisjoint(self.classes)
        )
        self.is_unread = name in selectors.UNREAD
        self.is_counted_apart = self.is_unread or name == "a"
        self.asked = self.told = 0

    def get(self, name: str) -> str:
        """The value of an attribute; '' if it has none."""
        return self.attrs.get(name) or ""

    def cut(self) -> StartTag:
        """The same start tag, each of whose values is short enough to be remembered; itself if they are."""
        if all(value is None or len(value) <= _MAX_VALUE for value in self.attrs.values()):
            return self
        return StartTag(self.name, {name: value and value[:_MAX_VALUE] for name, value in self.attrs.items()})

    def without(self, name: str) -> StartTag:
        """The same start tag without an attribute."""
        return StartTag(self.name, {key: value for key, value in self.attrs.items() if key != name})


# There are fewer questions than the 62 bits of what compiled code takes for an integer.
_BITS: Final = count()


class Question:
    """What decides something by a start tag alone, each of which remembers the answer.

    A page is asked dozens of them.  A cache of the usual kind forgets the start tags that a site has on all pages over
    those that only one has, and takes up to a tenth of the time of a page with many.
    """

    def __init__(self, decide: Callable[[StartTag], bool]) -> None:
        self._decide = decide
        self._bit = 1 << next(_BITS)

    def __call__(self, start: StartTag) -> bool:
        """The answer for a start tag."""
        return self.fits(start)

    def fits(self, start: StartTag) -> bool:
        """The same, which compiled code calls faster."""
        bit = self._bit
        if not start.asked & bit:
            start.asked |= bit
            if self._decide(start):
                start.told |= bit
        return start.told & bit != 0


def start_tag(written: str) -> StartTag | None:
    """The start tag of what stands between `<` and `>`, as a serialiser writes it (HTML standard, section 13.3).

    None for what is no start tag, or one that other serialised HTML could be mistaken for.
    """
    is_remembered = len(written) <= MAX_REMEMBERED and written[:1] != "!"
    return _remembered(written) if is_remembered else _read(written)


def unescape(text: str) -> str:
    """`text` without the five entities that a serialiser writes."""
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&nbsp;", " ")
    return text.replace("&amp;", "&")


def _read(written: str) -> StartTag | None:
    name, space, rest = written.partition(" ")
    if name[:1] in _NO_NAME or name == _ENDLESS:
        return None
    if not space:
        return StartTag(name, {})
    found = _ATTRIBUTE.findall(written, len(name))
    # Each attribute takes a space, an equals sign and two quotes beside its name and value.
    length = 4 * len(found)
    for key, value in found:
        length += len(key) + len(value)
    if length != len(rest) + 1:
        return None
    if "&" in rest:
        found = [(key, unescape(value)) for key, value in found]
    return StartTag(name, dict(found))


_remembered = lru_cache(maxsize=8192)(_read)


@remembered(4096)
def _split_names(names: str) -> frozenset[str]:
    return frozenset(names.lower().split())
