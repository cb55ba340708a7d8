"""Finds where a page sends its reader on, and tells whether that is all that it does.  Pure."""

from __future__ import annotations

import re
import sys
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import msgspec

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.lazy_pattern import LazyPattern
from llmstxt_sched.extraction.links import Addresses

# A page that sends its reader on within this time is a redirect.
REFRESH_SECONDS: Final = 5
# Within this time it leads to another page, and is a redirect only where it says so.
_PATIENT_SECONDS: Final = 60
# In characters of text.  A page with more is read, although it sends on those whose browser runs no scripts, or all
# after some seconds: to a page that says so, a download, or the next picture.
_STUB_WITHOUT_SCRIPTS, _STUB_WITH_PATIENCE = 100, 200
# Of one that says that it has moved, at any length up to this, where it has nothing of these and leads nowhere else.
_STUB_WITH_REASON: Final = 1500
_PARTS: Final = selectors.HEADINGS - {"h1"} | selectors.CODE_BLOCKS | {"table"}
_REFRESH: Final = re.compile(r"\s*(\d{1,9}|(?=\.))(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_AT_ONCE: Final = re.compile(r"\s*0*(?:\.\d*)?\s*[;,\s]")
# All of a script that sends every reader on: with the place that was asked for, or after some seconds.
_SENDS_ON: Final = re.compile(
    r"\s*(?:(?:var|let|const)\s{1,9}\w{1,40}\s{0,9}=[^;\"'\n]{1,100};\s*)?"
    r"(?:(?:window\.)?setTimeout\(\s*(?:function\s*\(\s*\)|\(\s*\)\s*=>)\s*\{?\s*)?"
    r"(?:(?:window|document|self|top)\.)?location(?:(?:\.href)?\s*=\s*|\.(?:replace|assign)\(\s*)"
    r"(?:(?:window\.|document\.)?location\.origin\s*\+\s*(?=[\"']/(?!/)))?(?:\"([^\"\s]+)\"|'([^'\s]+)')"
    r"(?:\s*\+\s*\(?\s*(?:(?:window\.|document\.)?location\.(?:search|hash)|anchor|hash|search)\b[^;{}]{0,100}?)?"
    r"\s*\)?\s*;?\s*(?:\}?\s*,\s*(\d{1,5})\s*\)\s*;?\s*)?"
)
_MAX_SENDING: Final = 1000
# Quarto's, which has a target for each place of the page.
_TARGETS: Final = re.compile(r"\bvar redirects\s*=\s*(\{[^{}]*\})")
_SENDS_TO_ONE: Final = re.compile(r"location\.replace\(\s*redirect(?:s\[|\s*\))")
_MAX_TARGETS: Final = 20_000
# Said to the reader, or of the page itself: a text about others who are redirected, or what was moved, says no such
# thing.
_PAGE: Final = (
    r"\b(?:(?:this|the|our|your) (?:\w+ )?(?:page|site|website|document|documentation|docs|manual|article|content)|"
    r"(?:this|these) (?:\w+ )?(?:pages|documents|guide|post))"
)
_SAYS_SO: Final = LazyPattern(
    r"^\W*redirecting\b(?:\W*$|\W{0,4}(?:you|to)\b)|"
    r"\b(?:not|being|automatically|be) redirected (?:automatically|shortly)|"
    r"\byou(?:(?: are|['\u2019]re)(?: not)?(?: being| now| automatically){1,2}|"
    r"(?: will| should|['\u2019]ll)(?: now| soon| shortly)? be(?: automatically)?) redirected\b|"
    r"\bif (?:you(?: are(?: not|n['\u2019]t)|['\u2019]re not) redirected|"
    r"your browser do(?:es not|esn['\u2019]t)(?: automatically)? redirect)\b"
    r"[^.\n]{0,30}\b(?:click|follow|use|visit|open|press|tap|go to|proceed)\b|"
    r"^\W*we(?: are|['\u2019]re) redirecting you\b|"
    rf"{_PAGE} (?:has|have|was|were|is|are)(?: been| now)?(?: permanently)? (?:moved|relocated)\b"
    r"(?! (?:ahead|forward|on|up|away|fast)\b)|"
    rf"{_PAGE} (?:is|are) now (?:located )?(?:at|on) (?:a|its|our|their) new"
    r" (?:address|home|location|place|site|url)\b|"
    r"\bwe(?:'ve| have) moved\b|\bit has moved to\b|"
    r"^\W*(?:30\d\W{1,3})?moved permanently\W*$|\bupdate your (?:bookmark|link)|"
    r"\b(?:sie werden|du wirst)\b[^.\n]{0,60}\bweitergeleitet|"
    r"\bseite (?:ist|wurde)\b[^.\n]{0,40}\b(?:umgezogen|verschoben)|"
    r"\bvous (?:allez être|êtes|serez)\b[^.\n]{0,40}\bredirig|\bcette page a (?:été )?déplac|"
    r"\b(?:está siendo|será|serás) redirigid|\besta página (?:se )?ha (?:sido )?(?:trasladad|movid)|"
    r"\b(?:está sendo|será) redirecionad|\b(?:sarai|verrai|stai per essere) reindirizzat|\bвы будете перенаправлен|"
    r"移動しました|自動的に(?:リダイレクト|転送)|ページに(?:リダイレクト|転送)し|正在跳转|自动跳转|正在重定向|"
    r"(?:页面|頁面|网站|網站)已(?:经|經)?(?:移动|移動|搬)|페이지로 이동합니다|이동되었습니다",
    re.IGNORECASE | re.MULTILINE,
)


# Said of a page whose parts went to several.
_DIVIDED: Final = LazyPattern(
    rf"{_PAGE} (?:has|have|was|were|is|are)(?: been| now)? "
    r"(?:(?:split|divided|broken)(?: up)?|merged|replaced|superseded) (?:in)?(?:to|by|with|among)\b",
    re.IGNORECASE,
)
# In characters, of one that does no more than to say so.
_STUB_OF_SEVERAL: Final = 300


class SentOn(NamedTuple):
    """Where a page sends its reader, '' if nowhere; with no more than `most` characters of text it does nothing else.

    With `is_link` the target is a page that this one leads to, and not what those get whose browser runs no scripts.
    """

    target: str
    most: int
    is_link: bool = True

    def is_all(self, tree: Tree, main: Element, text: str, url: str, addresses: Addresses) -> bool:
        """Whether the page at `url` with this main content, of this text, is no more than a redirect."""
        if main.chars <= self.most:
            return True
        says_so = self.is_link and main.chars <= _STUB_WITH_REASON and _SAYS_SO.search(text) is not None
        target = addresses[self.target]
        return says_so and not (_is_same(target, url) or _holds_more(tree, main, {target, url}, addresses))


def has_moved(tree: Tree, main: Element, text: str) -> bool:
    """Whether all that a main content, of this text, says is that what it held stands on others, to which it links."""
    if main.chars > _STUB_OF_SEVERAL or not (_SAYS_SO.search(text) or _DIVIDED.search(text)):
        return False
    nodes = list(tree.within(main))
    leads_on = any(node.tag == "a" and node.get("href") != "" for node in nodes)
    return leads_on and all(node.tag not in _PARTS for node in nodes)


def _is_same(target: str, url: str) -> bool:
    """Whether the target is the page itself, loaded anew with more in its query."""
    to, own = urlsplit(target), urlsplit(url)
    return (to.netloc, to.path) == (own.netloc, own.path) and to.query.startswith(own.query)


def _holds_more(tree: Tree, main: Element, targets: set[str], addresses: Addresses) -> bool:
    """Whether a main content has sections, code or tables, or leads elsewhere than to `targets` and the site's home."""
    known = {target.rstrip("/") for target in targets}
    for node in tree.within(main):
        if node.tag in _PARTS and not _SAYS_SO.search(node.words()):
            return True
        address = addresses[node.get("href")] if node.tag == "a" and node.get("href") else ""
        if address and address.rstrip("/") not in known and urlsplit(address).path != "/":
            return True
    return False


def refresh_target(content: str, seconds: int = REFRESH_SECONDS) -> str:
    """The URL of a refresh within so many seconds (HTML standard, section 4.2.5.3), as in the header; '' if none."""
    match = _REFRESH.match(content)
    return match[2].strip() if match and int(match[1] or 0) <= seconds else ""


def sent_on_by_header(value: str, text: str) -> tuple[str, bool]:
    """Where the header of a page with this text sends its reader, and whether the page does nothing else.

    It means the same as the element (HTML standard, section 7.9).
    """
    target = refresh_target(value, _PATIENT_SECONDS)
    says_so = len(text) <= _STUB_WITH_REASON and _SAYS_SO.search(text) is not None
    return target, target != "" and (says_so or len(text) <= _most_of_stub(value))


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
    return _sent_on_by_script(tree)


def _most_of_stub(content: str) -> int:
    """The most characters of a page that a refresh makes a redirect of, whatever it says."""
    if _AT_ONCE.match(content):
        return sys.maxsize
    return _STUB_WITH_PATIENCE if refresh_target(content) else 0


def _sent_on_by_script(tree: Tree) -> SentOn:
    """Where a script sends every reader that does nothing else."""
    for source in [tree.body.get("onload"), *[script.text() for script in tree.tagged("script")]]:
        found = _SENDS_ON.fullmatch(source) if len(source) <= _MAX_SENDING else None
        if found:
            milliseconds = int(found[3] or 0)
            target = (found[1] or found[2]) if milliseconds <= 1000 * _PATIENT_SECONDS else ""
            return SentOn(target, _STUB_WITHOUT_SCRIPTS if milliseconds <= 1000 * REFRESH_SECONDS else 0)
        if len(source) <= _MAX_TARGETS and _SENDS_TO_ONE.search(source):
            return SentOn(_first_target(source), _STUB_WITHOUT_SCRIPTS)
    return SentOn("", 0)


def _first_target(source: str) -> str:
    """The target of a reader who asked for no place of the page."""
    targets = _TARGETS.search(source)
    try:
        return msgspec.json.decode(targets[1], type=dict[str, str]).get("", "") if targets else ""
    except msgspec.DecodeError:
        return ""
