"""Finds where a page sends its reader on, and tells whether that is all that it does.  Pure."""

from __future__ import annotations

import re
import sys
from typing import Final, NamedTuple

import msgspec

from llmstxt_sched.extraction.dom.tree import Tree

# A page that sends its reader on within this time is a redirect.
REFRESH_SECONDS: Final = 5
# Within this time it leads to another page, and is a redirect only where it says so.
_PATIENT_SECONDS: Final = 60
# In characters of text.  A page with more is read, although it sends on those whose browser runs no scripts, or all
# after some seconds: to a page that says so, a download, or the next picture.
_STUB_WITHOUT_SCRIPTS, _STUB_WITH_PATIENCE = 100, 200
# Of one that says that it has moved, at any length up to this.
_STUB_WITH_REASON: Final = 1500
_REFRESH: Final = re.compile(r"\s*(\d{1,9}|(?=\.))(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_AT_ONCE: Final = re.compile(r"\s*0*(?:\.\d*)?\s*[;,\s]")
# All of a script that sends every reader on: with the place that was asked for, or after some seconds.
_SENDS_ON: Final = re.compile(
    r"\s*(?:(?:var|let|const)\s{1,9}\w{1,40}\s{0,9}=[^;\"'\n]{1,100};\s*)?"
    r"(?:(?:window\.)?setTimeout\(\s*(?:function\s*\(\s*\)|\(\s*\)\s*=>)\s*\{?\s*)?"
    r"(?:(?:window|document|self|top)\.)?location(?:(?:\.href)?\s*=\s*|\.(?:replace|assign)\(\s*)"
    r"(?:\"([^\"\s]+)\"|'([^'\s]+)')"
    r"(?:\s*\+\s*\(?\s*(?:(?:window\.|document\.)?location\.(?:search|hash)|anchor|hash|search)\b[^;{}]{0,100}?)?"
    r"\s*\)?\s*;?\s*(?:\}?\s*,\s*\d{1,5}\s*\)\s*;?\s*)?"
)
_MAX_SENDING: Final = 1000
# Quarto's, which has a target for each place of the page.
_TARGETS: Final = re.compile(r"\bvar redirects\s*=\s*(\{[^{}]*\})")
_SENDS_TO_ONE: Final = re.compile(r"location\.replace\(\s*redirects\[")
_MAX_TARGETS: Final = 20_000
_SAYS_SO: Final = re.compile(
    r"\bredirecting\b|\b(?:be|being|are|get|automatically|not) redirected\b|\bredirects? (?:you|to)\b|"
    r"\b(?:has|have|was|were|is) (?:been )?(?:permanently )?(?:moved|relocated)\b|\bmoved (?:permanently|to)\b|"
    r"\bnew (?:address|location|home)\b|\bupdate your (?:bookmark|link)|\bweitergeleitet|\bumgezogen|\bverschoben\b|"
    r"\bredirig[eé]|\bdéplacée?\b|\bredirigid|\btrasladad|\bredirecionad|\breindirizzat|перенаправ|переех|перемещен|"
    r"移動しました|リダイレクト|転送|跳转|重定向|重新導向|已移动|이동합니다|이동되었",
    re.IGNORECASE,
)


class SentOn(NamedTuple):
    """Where a page sends its reader, '' if nowhere; with no more than `most` characters of text it does nothing else.

    With `is_link` the target is a page that this one leads to, and not what those get whose browser runs no scripts.
    """

    target: str
    most: int
    is_link: bool = True

    def is_all(self, chars: int, text: str) -> bool:
        """Whether a page with so many characters, with this text, is no more than a redirect."""
        return chars <= self.most or (chars <= _STUB_WITH_REASON and _SAYS_SO.search(text) is not None)


def refresh_target(content: str, seconds: int = REFRESH_SECONDS) -> str:
    """The URL of a refresh within so many seconds (HTML standard, section 4.2.5.3), as in the header; '' if none."""
    match = _REFRESH.match(content)
    return match[2].strip() if match and int(match[1] or 0) <= seconds else ""


def find_sent_on(tree: Tree) -> SentOn:
    """Where the page's first refresh sends its reader, or a script that does nothing else."""
    for meta in tree.tagged("meta"):
        if meta.get("http-equiv").strip().lower() == "refresh":
            content = " ".join(meta.get("content").split())
            target = refresh_target(content, _PATIENT_SECONDS)
            if target and any(outer.tag == "noscript" for outer in meta.ancestors()):
                return SentOn(target, _STUB_WITHOUT_SCRIPTS, is_link=False)
            if target:
                return SentOn(target, _most_of_stub(content))
    return SentOn(_script_target(tree), _STUB_WITHOUT_SCRIPTS)


def _most_of_stub(content: str) -> int:
    """The most characters of a page that a refresh makes a redirect of, whatever it says."""
    if _AT_ONCE.match(content):
        return sys.maxsize
    return _STUB_WITH_PATIENCE if refresh_target(content) else 0


def _script_target(tree: Tree) -> str:
    """Where a script sends every reader that does nothing else; '' if there is none."""
    for source in [tree.body.get("onload"), *[script.text() for script in tree.tagged("script")]]:
        found = _SENDS_ON.fullmatch(source) if len(source) <= _MAX_SENDING else None
        if found:
            return found[1] or found[2]
        if len(source) <= _MAX_TARGETS and _SENDS_TO_ONE.search(source):
            return _first_target(source)
    return ""


def _first_target(source: str) -> str:
    """The target of a reader who asked for no place of the page."""
    targets = _TARGETS.search(source)
    try:
        return msgspec.json.decode(targets[1], type=dict[str, str]).get("", "") if targets else ""
    except msgspec.DecodeError:
        return ""
