"""Parses and matches robots.txt by RFC 9309, as leniently as Google's parser where the RFC leaves room.

It also reads Content-Signal lines (contentsignals.org, draft-romm-aipref-contentsignals), which belong to a group and
may begin with a path, of which the longest counts, as those of Content-Usage do (draft-ietf-aipref-attach).

This is our own parser because existing ones turn each rule into a regular expression, which a hostile file can make
backtrack for hours, and lose rules after unknown lines, byte order marks and user agents with a space.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from llmstxt_sched.domain import urls
from llmstxt_sched.domain.globs import Glob, glob
from llmstxt_sched.domain.robots_directives import PRODUCT
from llmstxt_sched.domain.urls import Url

MAX_BYTES = 500 * 1024  # RFC 9309, section 2.5: the least that a crawler must read
# The beginning of an address; a line may hold several.
_ADDRESS = re.compile(r"https?:|/", re.IGNORECASE)
MAX_DELAY_SECONDS = 30.0
# Total characters of the rules beyond which matching is slow; see Robots.is_long.
LONG_RULES = 16 * 1024

# As Google does: also one of which only the beginning is there.
_BYTE_ORDER_MARK = re.compile(rb"\xef(?:\xbb\xbf?)?")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Files that were put together have marks before lines, and lines begin with any kind of space.
_MARK = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")
# Content that becomes the input of a model, such as an agent's context; these documents are made for that.
_AI_INPUT = re.compile(r"(?:^|[\s,;])ai-input\s*=\s*(yes|no)(?=$|[\s,;])", re.IGNORECASE)
# Whoever writes `10s` or `1,5` means it.
_SECONDS = re.compile(r"(?:\d{1,9}(?:[.,]\d{0,9})?|[.,]\d{1,9})(?:e\d{1,2})?", re.ASCII | re.IGNORECASE)
_PRODUCT = re.compile(r"[a-zA-Z_-]+|\*(?=\s|$)")
_KEYS = {
    "user-agent": "agent",
    "useragent": "agent",
    "user agent": "agent",
    "allow": "allow",
    **dict.fromkeys(("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"),
    "sitemap": "sitemap",
    "site-map": "sitemap",
    "crawl-delay": "delay",
    "content-signal": "signal",
}


class Rule(Struct, frozen=True):
    """A line that allows or forbids; `weight` is the length of its pattern: the longest pattern that matches wins."""

    pattern: Glob
    weight: int
    allow: bool


class Robots(Struct, frozen=True):
    """The parts of one robots.txt that concern us.

    `rules` are in order of precedence, `sitemaps` in the order of the file; `crawl_delay` is in seconds.
    `signals` are Content-Signals, in order of precedence: whether content is for the input of models.
    `is_long`: matching an address may take from milliseconds up to a fifth of a second.
    """

    rules: tuple[Rule, ...] = ()
    crawl_delay: float = 0.0
    sitemaps: tuple[str, ...] = ()
    signals: tuple[Rule, ...] = ()
    is_long: bool = False

    def allows(self, url: Url) -> bool:
        """Whether `url` may be fetched (RFC 9309, section 2.2.2)."""
        return url.path == "/robots.txt" or _verdict(self.rules, url)

    def refusal(self, url: Url) -> str:
        """Why `url` may not be a page of the documents, in a sentence; '' if it may."""
        if not self.allows(url):
            return f"robots.txt forbids {url}"
        if self.signals and not _verdict(self.signals, url):
            return f"robots.txt keeps {url} from models (Content-Signal: ai-input=no)"
        return ""


def _verdict(rules: Iterable[Rule], url: Url) -> bool:
    target = url.target.replace("*", "%2A").replace("$", "%24")
    return next((rule.allow for rule in rules if rule.pattern.matches(target)), True)


class _Group:
    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.signals: list[Rule] = []
        self.delay = 0.0


def from_content(body: bytes, product: str = PRODUCT) -> Robots:
    """Parse `body` for the robot `product`: the rules of all groups that name it, else of those for `*`."""
    # Groups of other robots are not kept: many agents that share many rules would take up too much memory.
    ours = {product.lower(), "*"}
    groups: dict[str, _Group] = {}
    sitemaps: list[str] = []
    current: list[_Group] = []
    in_rules = True
    for key, value in _lines(body):
        if key == "agent":
            # Consecutive user-agent lines share the rules that follow; only a rule ends the sequence, no other line.
            current = [] if in_rules else current
            in_rules = False
            named = [groups.setdefault(agent, _Group()) for agent in _agents(value) if agent in ours]
            current = list(dict.fromkeys((*current, *named)))
        elif key == "sitemap":
            parts = value.split()
            sitemaps += parts if all(map(_ADDRESS.match, parts)) else [value]
        elif key == "delay":
            for group in current:
                group.delay = max(group.delay, _delay(value))
        elif key == "signal":
            # A rule of its group: the next user-agent line begins another one.
            in_rules = True
            for group in current:
                group.signals += _signals(value)
        else:
            in_rules = True
            for group in current:
                group.rules += _rules(key == "allow", value)
    chosen = groups.get(product.lower()) or groups.get("*") or _Group()
    rules = tuple(dict.fromkeys(sorted(chosen.rules, key=lambda rule: (-rule.weight, not rule.allow))))
    # Unlike of rules, of two equals the one counts that forbids: a preference is the more restrictive one of two.
    signals = tuple(dict.fromkeys(sorted(chosen.signals, key=lambda signal: (-signal.weight, signal.allow))))
    is_long = sum(rule.weight for rule in (*rules, *signals)) > LONG_RULES
    return Robots(rules, chosen.delay, tuple(dict.fromkeys(sitemaps)), signals, is_long)


def _lines(body: bytes) -> Iterator[tuple[str, str]]:
    for line in _LINE_END.split(_text(body)):
        content = line.partition("#")[0].strip().strip(_MARK).strip()
        key, colon, value = content.partition(":")
        if not colon and len(words := content.split()) == 2:
            key, value = words
        if kind := _KEYS.get(key.strip().lower()):
            yield kind, value.strip()


def _text(body: bytes) -> str:
    # One more byte tells whether there is more: half a rule may forbid the whole site.
    end = MAX_BYTES if len(body) <= MAX_BYTES else max(body.rfind(b"\n", 0, MAX_BYTES), body.rfind(b"\r", 0, MAX_BYTES))
    written = body[: max(end, 0)]
    if written.startswith(_UTF_16):
        return written.decode("utf-16", "replace")
    mark = _BYTE_ORDER_MARK.match(written)
    # Without its mark, UTF-16 is text with a zero byte beside each character.
    text = written[mark.end() if mark else 0 :].replace(b"\0", b"").decode("utf-8", "surrogateescape")
    # Bytes that are no UTF-8 match the same bytes of an address.
    return urls.escape_undecoded(text)


def _agents(value: str) -> Iterator[str]:
    """The products that a line names: mostly one, but some authors list several, separated by commas."""
    for name in value.split(","):
        match = _PRODUCT.match(name.strip())
        if match:
            yield match[0].lower()


def _rules(allow: bool, value: str) -> Iterator[Rule]:
    if not value.startswith(("/", "*")):
        return
    yield _rule(allow, value)
    folder, _, name = value.rpartition("/")
    if allow and name.startswith("index.htm"):
        # As Google does: a rule that allows a folder's index page also allows the folder itself.
        yield _rule(allow, f"{folder}/$")


def _signals(value: str) -> Iterator[Rule]:
    """What a Content-Signal says of the input of models, if anything; without a path it is that of the whole site."""
    said = {answer.lower() for answer in _AI_INPUT.findall(value)}
    if said:
        path = value.split(maxsplit=1)[0] if value.startswith(("/", "*")) else "/"
        yield _rule("no" not in said, path)


def _rule(allow: bool, value: str) -> Rule:
    written = urls.escape(value)
    whole = written.endswith("$")
    # A sign that is meant as such is percent-encoded (RFC 9309, section 2.2.3), as it is in the targets.
    return Rule(glob(written.removesuffix("$").replace("$", "%24"), whole=whole), len(written), allow)


def _delay(value: str) -> float:
    match = _SECONDS.match(value)
    return min(float(match[0].replace(",", ".")), MAX_DELAY_SECONDS) if match else 0.0
