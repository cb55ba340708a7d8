"""Finds where a sentence ends, in any script, and which stops end none: those of abbreviations and ordinals."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.documents.text import one_line
from llmstxt_sched.extraction.summary.width import index_at

# What is said of a page is so wide, in columns.
MIN_WIDTH, MAX_WIDTH = 40, 200
# Stops after a Latin, Cyrillic or Arabic sentence, then those that never mean anything else and need no space after
# them.  A pattern that begins with one set of characters is searched several times as fast as one with alternatives.
_STOPS, _WIDE_STOPS = ".!?", "\u3002\uff01\uff1f\uff61\uff0e"
# Small letters after a stop begin no sentence, unless they are a name in code after a sentence in another script.
_SMALL: Final = "a-z" + "".join(letter for letter in map(chr, range(0xDF, 0x588)) if letter.islower())
_GREEK: Final = "\u0370-\u03ff\u1f00-\u1fff"
# Before these a mark after a Latin word is a part of a name, such as "println!".
_EAST_ASIAN: Final = "\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_END: Final = re.compile(
    rf"[{_STOPS};\u037e{_WIDE_STOPS}\u061f\u06d4\u0589\u0964\u0965\u0f0d\u104b\u1362\u1367\u17d4]"
    rf"(?:(?<=[{_STOPS}])[\"')\]\u201d\u2019]?(?=\s+[^\s{_SMALL}]|$)(?!(?<=[A-Za-z_]!)\s+[{_EAST_ASIAN}])|"
    rf"(?:(?<=[\u0400-\u1dff]{{5}}[{_STOPS}])|(?<=[\uac00-\ud7a3]{{2}}[{_STOPS}]))(?=\s+[a-z])|"
    # The question mark of Greek.
    rf"(?<=[{_GREEK}][;\u037e])(?=\s|$)|"
    rf"(?<=[{_WIDE_STOPS}])[\u300d\u300f\uff09\u201d\u2019\"]?|(?<![{_STOPS};\u037e{_WIDE_STOPS}]))"
)
# In English, and in German, French, Spanish, Portuguese, Italian, Dutch, Danish, Swedish, Finnish, Polish, Czech,
# Hungarian, Romanian, Turkish, Vietnamese, Greek, Russian and Ukrainian.
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|Ltd|Inc|Corp|Dr|Mr|Mrs|Ms|St|No|Fig|Sec|resp|incl|ver|v|et al|[Aa]\.k\.a|"
    r"Prof|bzw|bspw|sog|ggf|evtl|vgl|inkl|engl|Abb|Kap|Co|Mio|Mrd|[zdu]\.\s?[BhaT]|ca|usw|"
    r"p\.\s?ex|fig|chap|Sra?|Srta|Dra|págs?|núm|p\.\s?ej|ad es|pagg?|dott|ing|"
    r"bijv|d\.w\.z|o\.a|blz|f\.\s?eks|t\.\s?ex|bl\.\s?a|dvs|osv|esim|vrt|"
    r"tzw|np|tzn|m\.in|itd|itp|tzv|např|napr|tj|příp|popř|obr|atd|apod|ún|stb|de ex|örn|bkz|Doç|v\.v|TP|"
    r"π\.χ|κ\.\s?λπ|δηλ|βλ|т\.\s?[едпки]|напр|рис|см|табл|стр|тыс|млн|млрд|руб|гг?|им|англ|др|див)|"
    r"\b[A-ZΑ-ΩА-ЯІЇЄ])\.$"
)
# These may also end a sentence ("state of the art."), but not before a number.
_BEFORE_NUMBER: Final = re.compile(r"\b(?:[Aa]rt|[Aa]bs|[Nn]r|[Cc]h|[Ee]q|[Vv]ol|pp?)\.$")
# What German counts by ordinals, which end with a stop, and writes with a capital.
_COUNTED: Final = re.compile(
    r"\s+(?:Jan|Jän|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Quartal|Jahrhundert|Kapitel|Teil|Abschnitt|Auflage|"
    r"Ausgabe|Schritt|Klasse|Stufe|Ebene|Generation|Person|Spalte|Zeile)"
)
_ORDINAL: Final = re.compile(r"(?<!\d)\d{1,2}\.$")
# In characters.
_MAX_ABBREVIATION: Final = 8


def holds_end(text: str) -> bool:
    """Whether a sentence may end in `text`; an abbreviation counts as well."""
    return _END.search(text) is not None


def first_sentence(text: str) -> str:
    """The sentence that `text` begins with, and further ones while it is narrower than MIN_WIDTH.

    Where none ends within MAX_WIDTH, it is cut off there.
    """
    least, most = index_at(text, MIN_WIDTH), index_at(text, MAX_WIDTH)
    # Two characters more, which tell whether a sentence ends before them.
    for stop in _END.finditer(text, 0, most + 2):
        end = stop.end()
        if least <= end <= most and not _is_abbreviation(text, end):
            return text[:end]
    return one_line(text, most)


def _is_abbreviation(text: str, end: int) -> bool:
    """Whether what ends at `end` with a stop is no sentence but an abbreviation."""
    begin = max(0, end - _MAX_ABBREVIATION)
    if _ABBREVIATION.search(text, begin, end):
        return True
    if _ORDINAL.search(text, begin, end) and _COUNTED.match(text, end):
        return True
    return text[end + 1 : end + 2].isdigit() and _BEFORE_NUMBER.search(text, begin, end) is not None
