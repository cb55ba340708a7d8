"""Finds texts that address the model of an agent that reads the page, and tell it what to do.

What such texts say is in `orders_to_models`.  A finding is reported, and changes nothing.

Most pages hold no order.  So the bytes of a page's texts are searched at once for the rarest word of each beginning,
and only where one stands are the texts folded and compared with the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ahocorasick_rs import BytesAhoCorasick, Implementation

from llmstxt_sched.extraction.lazy_pattern import LazyPattern
from llmstxt_sched.extraction.orders_to_models import ORDERS, UNSEEN_ORDER, Order

# In characters.
_MAX_QUOTE: Final = 160
# Of each beginning in a text, so that a page cannot make the search long.
_MAX_PLACES: Final = 50
# The marks of Markdown, which may stand inside a word.
_MARKS: Final = "*`\\"
# An apostrophe, which is read as the straight one.
_CURLY: Final = "\u2019"
# The words of an order whose letters are set apart by signs, as in "i-g-n-o-r-e", so that a search finds none of them.
_OF_ORDERS: Final = (
    "ignore disregard forget previous prior preceding earlier above instructions instruction prompts prompt directives "
    "guidelines rules commands everything system all any of the your you and"
)
_TOLD_BY: Final = ("ignore", "disregard", "forget")
_SIGNS: Final = " .-_"
_SPACED_OUT: Final = [sign.join(word).encode() for word in _TOLD_BY for sign in _SIGNS]
_SPACED: Final = LazyPattern(
    rf"(?<!\w)(?:{'|'.join('[ ._-]'.join(word) for word in _OF_ORDERS.split())})(?![^\W_])", re.IGNORECASE
)
_SIGN: Final = re.compile("[ ._-]")
# In characters; no order is shorter.
_LEAST: Final = 5
_SPACES: Final = re.compile("  +")
# Stands between texts; a page has no NULs.
_BETWEEN: Final = "\0"
# Letters in lower case, and a space for each other character of white space that is one byte.
_PLAIN: Final = bytes(range(256)).lower().translate(bytes.maketrans(b"\t\n\v\f\r\x1c\x1d\x1e\x1f", b" " * 9))
# So many spaces become one, or those between two words would fill what is looked at around a word.
_WIDE: Final = b" " * 8
# The first byte of nearly all letters of Russian and Ukrainian in UTF-8.
_CYRILLIC: Final = b"\xd0"
# In bytes: so much is searched at a time, and what is found in it is held in memory.
_STEP: Final = 100_000
# In bytes: so much of a text is folded before and after the word of a beginning.  A character has four at most.
_BEFORE, _BEHIND = 200, 4 * _MAX_QUOTE
# So many places of each word are looked at, more in a long text; where there are others, all of the text is folded.
_MIN_TRIED, _MAX_TRIED, _BYTES_TO_TRY = 200, 1000, 1000
# Words that nearly all texts have, and parts of them.
_COMMON: Final = frozenset("a an and are as do for from g if is l me not of on the this to was when you your".split())  # noqa: SIM905


def _key(phrase: str) -> str:
    """The word of a phrase that the fewest texts have."""
    return max(phrase.split(), key=lambda word: (word not in _COMMON, len(word)))


# A word, and whether it must begin a word of the text.
_Need = tuple[str, bool]


def _beginnings() -> dict[str, list[tuple[str, Order, list[_Need]]]]:
    """All beginnings by their rarest word, each with its order and the words of which the text must have one."""
    found = dict[str, list[tuple[str, Order, list[_Need]]]]()
    for order in ORDERS:
        needs = [] if "" in order.needs else [(_key(need), need[0] == " ") for need in order.needs]
        for begin in order.begins:
            found.setdefault(_key(begin), []).append((begin, order, needs))
    return found


def _spellings(word: str) -> set[bytes]:
    """The ways in which a word may be written, in UTF-8, with the letters of ASCII in lower case."""
    spelt = (word, word.capitalize(), word.upper(), word.replace("'", _CURLY))
    return {each.encode().lower() for each in spelt}


_SPELT: Final = {
    spelling: _key(phrase)
    for order in ORDERS
    for phrase in filter(None, order.begins + order.needs)
    for spelling in _spellings(_key(phrase))
}
_SPELLINGS, _BEGINNINGS = sorted(_SPELT), _beginnings()
_WORDS: Final = [_SPELT[spelling] for spelling in _SPELLINGS]
# For each byte, whether it is a letter or digit of ASCII.
_IN_WORD: Final = bytes(bytes([byte]).isalnum() for byte in range(256))
# In bytes, since a letter of another script makes the search in a text several times as long.
_SEARCH: Final = BytesAhoCorasick(_SPELLINGS, implementation=Implementation.DFA)
_LONGEST: Final = max(map(len, _SPELLINGS))


def find_injection(texts: Iterable[str]) -> str:
    """A passage of `texts` that addresses a model, at most 160 characters; '' if there is none."""
    read = [text for text in texts if len(text) >= _LEAST]
    # Most pages have none, which is found out in a fraction of the time that it takes to fold their texts.
    data = _plain(read)
    if any(word in data for word in _SPACED_OUT):
        read = [_SPACED.sub(_joined, _without_marks(" ".join(text.split()))) for text in read]
        data = _plain(read)
    possible = _possible(data)
    if not possible:
        return ""
    folded, lowered = _folded(read)
    found = min((at for order in possible for at in _found(lowered, order)), default=-1)
    return "" if found < 0 else _quote(folded, found)


def find_unseen_order(texts: Iterable[str]) -> str:
    """The same for texts that no reader of the page sees, where also what a manual might say counts as an order."""
    folded, lowered = _folded(list(texts))
    found = UNSEEN_ORDER.search(lowered)
    return _quote(folded, found.start()) if found else ""


def _quote(folded: str, at: int) -> str:
    """What is reported of the line in which an order stands at `at`."""
    return folded[at : at + _MAX_QUOTE].partition("\n")[0].rstrip()


def _plain(texts: list[str]) -> bytes:
    data = _bytes_of(_BETWEEN.join(texts)).translate(_PLAIN, _MARKS.encode())
    while _WIDE in data:
        data = data.replace(_WIDE, b" ")
    return data


def _joined(letters: re.Match[str]) -> str:
    return _SIGN.sub("", letters[0])


def _bytes_of(text: str) -> bytes:
    data = text.encode(errors="replace")
    # A word in Cyrillic letters has too many spellings to list.  Any other text is not put in lower case, to save time.
    return text.lower().encode(errors="replace") if _CYRILLIC in data else data


def _possible(data: bytes) -> list[Order]:
    """The orders that `data`, texts without marks, may hold: those found, and those with too many places to look at."""
    # The words that are there, and where they begin a word of the text.
    words, places = set[str](), dict[str, list[int]]()
    most = min(_MIN_TRIED + len(data) // _BYTES_TO_TRY, _MAX_TRIED)
    for begin in range(0, len(data), _STEP):
        part = data[begin : begin + _STEP + _LONGEST]
        for which, start, _ in _SEARCH.find_matches_as_indexes(part, overlapping=True):
            word, at = _WORDS[which], begin + start
            words.add(word)
            if at == 0 or not _IN_WORD[data[at - 1]]:
                known = places.setdefault(word, [])
                if len(known) <= most:
                    known.append(at)
    return [
        order
        for word, known in places.items()
        for begin, order, needs in _BEGINNINGS.get(word, ())
        if _holds_one(needs, words, places)
        and (len(known) > most or any(_begins(data, begin, word, order, at) for at in known))
    ]


def _holds_one(needs: list[_Need], words: set[str], places: dict[str, list[int]]) -> bool:
    """Whether one of `needs`, if there are any, is among the words of a text."""
    for need, begins_word in needs:
        if need in (places if begins_word else words):
            return True
    return not needs


def _begins(data: bytes, begin: str, word: str, order: Order, at: int) -> bool:
    """Whether the order stands at `at`, where the `word` of this beginning does, or too much white space hides it."""
    first, _, rest = begin.partition(word)
    ahead, behind = data[max(at - _BEFORE, 0) : at], data[at : at + _BEHIND]
    if not _may_be_beside(first[-2:-1], ahead.rstrip()[-1:]):
        return False
    if not _may_be_beside(rest[1:2], behind[len(word.encode()) :].lstrip()[:1]):
        return False
    ahead = ahead.rpartition(_BETWEEN.encode())[2]
    behind = behind.partition(_BETWEEN.encode())[0]
    before = _decoded(ahead)
    text = " ".join(before.split()) + " " * before[-1:].isspace()
    start = len(text) - len(first)
    text += " ".join(_decoded(behind).split())
    if (start < 0 and len(ahead) == _BEFORE) or (len(text) - start < _MAX_QUOTE and len(behind) == _BEHIND):
        return True
    is_so = start >= 0 and text.startswith(begin, start)
    return is_so and order.pattern.match(text, start, start + _MAX_QUOTE) is not None


def _may_be_beside(character: str, found: bytes) -> bool:
    """Whether the byte `found` beside a word may be `character`, which a beginning has there; '' stands for any."""
    return not character or not character.isascii() or not found.isascii() or found == character.encode()


def _decoded(part: bytes) -> str:
    return _lowered(part.decode(errors="ignore"))


def _found(lowered: str, order: Order) -> Iterator[int]:
    """The first place of the order for each of its beginnings."""
    if not any(need in lowered for need in order.needs):
        return
    for begin in order.begins:
        for at in _places(lowered, begin):
            if order.pattern.match(lowered, at, at + _MAX_QUOTE):
                yield at
                break


def _folded(texts: list[str]) -> tuple[str, str]:
    """The texts on a line each, without the marks of Markdown, and the same for the search, which is as long.

    The second is in lower case, with straight apostrophes.
    """
    text = _without_marks("\n".join([" ".join(text.split()) for text in texts]))
    # Where a mark stood alone.
    if "  " in text:
        text = _SPACES.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")
    lowered = _lowered(text)
    return (text if len(lowered) == len(text) else lowered), lowered


def _lowered(text: str) -> str:
    # The frequent one of the few letters that become two in lower case.
    return text.replace("\u0130", "i").replace(_CURLY, "'").lower()


def _without_marks(text: str) -> str:
    for mark in _MARKS:
        text = text.replace(mark, "")
    return text


def _places(lowered: str, begin: str) -> Iterator[int]:
    """Where `begin` stands in the texts without a letter or digit of ASCII before it, at most _MAX_PLACES a line."""
    at, end, left = lowered.find(begin), -1, 0
    while at >= 0:
        if at > end:
            end = lowered.find("\n", at)
            end, left = (len(lowered) if end < 0 else end), _MAX_PLACES
        before = lowered[at - 1 : at]
        if not (before.isascii() and before.isalnum()):
            yield at
            left -= 1
        at = lowered.find(begin, at + len(begin) if left else end)
