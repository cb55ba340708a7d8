"""Removes from a page what differs between two visits although the page did not change.

These are dates of update, counters and relative times, and only lines that are nothing else: a line that mentions one
is content.
"""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction.volatile import (
    AGE_HINTS,
    AGE_IN_TIME,
    AGE_IN_TIME_ABROAD,
    ANSWER_TIME,
    BEGINNING,
    BUILD,
    BYLINE,
    COUNTERS,
    LAST_COMMIT,
    OF_ENTRY,
    ONLY_AGE,
    UPDATED,
    UPDATED_ABROAD,
)

_BETWEEN_FACTS: Final = ("·", "•", "|")
_FACTS: Final = re.compile(rf"(\s+[{''.join(_BETWEEN_FACTS)}]\s+)")
# A fact that begins with its name, as Chinese and Japanese sites write several in a line, and what is between two.
_NAMED_FACT, _COLON = re.compile(r"[^\s\uff1a]{2,8}\uff1a.*"), "\uff1a"
_NAMED_FACTS: Final = re.compile(r"(\s+)(?=[^\s\uff1a]{2,8}\uff1a)")
_MARKUP: Final = re.compile(r"\]\([^()]*\)|[*_#>~()\[\]]+|^- ")
_DIGIT: Final = re.compile(r"\d")
_ASCII_DIGITS: Final = tuple("0123456789")
_SOME_TIME_AGO: Final = "some time ago"
# The kinds of lines that are left out.
DATE_OF_UPDATE: Final = "date of update"
COUNTER: Final = "counter"
OF_BUILD: Final = "build"
_KINDS: Final = (
    (UPDATED, DATE_OF_UPDATE),
    (UPDATED_ABROAD, DATE_OF_UPDATE),
    (COUNTERS, COUNTER),
    (ANSWER_TIME, "time of the answer"),
    (BUILD, OF_BUILD),
)
# Longer lines, in characters, are prose and are kept as they are.
_MAX_LINE: Final = 140
# Query parameters of assets that name a build or a time, or sign the address for an hour (AWS Signature Version 4, and
# Google's like it); and those of CloudFront, of which the last tells that it is so.
_CACHE_BUSTERS: Final = re.compile(
    r"(?<![^&])(?:v|ver|version|t|ts|time|timestamp|mtime|lastmod(?:ified)?|updated(?:_?at)?|digest|fingerprint|cb|"
    r"(?:no_?)?cache|(?:cache_?)?bust(?:er)?|hash|rev|dpl|_|x-(?:amz|goog)-[\w-]+|"
    # A height has no letters, and the state of a build no digits.
    r"build(?==[\d.]+(?:&|$))|h(?==(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{6,}(?:&|$)))=[^&]*(?:&|$)",
    re.IGNORECASE,
)
_SIGNED: Final = "key-pair-id="
_SIGNATURES: Final = re.compile(r"(?<![^&])(?:expires|policy|signature|key-pair-id)=[^&]*(?:&|$)", re.IGNORECASE)
# Those of a link that is signed so, beside which others may choose what it leads to: it may be an archive as well.
_SIGNED_FOR_A_WHILE: Final = re.compile(r"[?&]x-(?:amz|goog)-signature=", re.IGNORECASE)
_OF_SIGNATURE: Final = re.compile(r"(?<![^&])x-(?:amz|goog)-[\w-]+=[^&]*(?:&|$)", re.IGNORECASE)
# A query that is nothing but a digest or a time, and of a picture's file, which cannot choose by it, a version.
_BARE_DIGEST: Final = re.compile(r"[0-9a-f]{8,}", re.IGNORECASE)
_BARE_VERSION: Final = re.compile(r"v?\d[\d.]{0,20}(?:-\w{1,20})?|(?=[a-f]{0,40}\d)[\da-f]{4,64}", re.ASCII)
_ASSET: Final = re.compile(
    r"[^?#]*\.(?:avif|css|eot|gif|ico|jpe?g|js|mjs|mp4|pdf|png|svg|ttf|webm|webp|woff2?)\?", re.IGNORECASE
)
# Which version of a document it is.
_VERSION_OF_DOCUMENT: Final = re.compile(
    r"[^?#]*\.pdf\?(?:[^#]*&)?(?:v|ver|version)=\d{1,3}(?:\.\d{1,3})*(?:[&#]|$)", re.IGNORECASE
)


def stable_asset(url: str) -> str:
    """The URL of an image, without query parameters that only serve to bypass caches or to sign it for a while."""
    address, _, query = url.partition("?")
    is_file = _ASSET.match(url) is not None and not address.lower().endswith(".pdf")
    bare = _BARE_VERSION if is_file else _BARE_DIGEST
    query = "" if bare.fullmatch(query) else _CACHE_BUSTERS.sub("", query)
    query = _SIGNATURES.sub("", query) if _SIGNED in query.lower() else query
    return f"{address}?{query}".rstrip("&?")


def stable_target(url: str) -> str:
    """The same of a link, if it leads to an asset and not to a page, whose parameters may choose the content.

    What signs it goes from the address of anything.
    """
    if _SIGNED_FOR_A_WHILE.search(url):
        address, _, query = url.partition("?")
        query, hash_sign, fragment = query.partition("#")
        stable = _OF_SIGNATURE.sub("", query).rstrip("&")
        url = f"{address}{'?' if stable else ''}{stable}{hash_sign}{fragment}"
    if not _ASSET.match(url) or _VERSION_OF_DOCUMENT.match(url):
        return url
    address, hash_sign, fragment = url.partition("#")
    return f"{stable_asset(address)}{hash_sign}{fragment}"


def decode_email(hidden: str) -> str:
    """Decode an e-mail address that Cloudflare obfuscates, with a new key at each request; '' if it is invalid.

    `hidden` is in hex: one byte for the key, then each byte of the address XORed with the key.
    """
    try:
        key, *rest = bytes.fromhex(hidden)
        return bytes(byte ^ key for byte in rest).decode()
    except ValueError:
        return ""


def without_ages(text: str) -> str:
    """The text of a <time> element, or "some time ago" if it says how long ago something was."""
    said = " ".join(text.split())
    return _SOME_TIME_AGO if AGE_IN_TIME.fullmatch(said) or AGE_IN_TIME_ABROAD.fullmatch(said) else text


def normalise_line(line: str, *, may_be_age: bool = True) -> tuple[str, str]:
    """A line of a paragraph without what differs between two visits, and the kind of what was left out.

    An age alone stays where it can be the value that is told: where not `may_be_age`.  The line is '' if it is nothing
    but the date of an update or a counter; the kind is '' if nothing was left out.
    """
    if "/commit/" in line and (commit := LAST_COMMIT.fullmatch(line)) and UPDATED.fullmatch(_plain(commit[1])):
        return "", DATE_OF_UPDATE
    if len(line) > _MAX_LINE or "`" in line:
        return line, ""
    lowered = line.lower()
    has_age = _has_one(AGE_HINTS, lowered)
    has_facts = _has_one(_BETWEEN_FACTS, line) or _COLON in line
    if not (has_age or (_has_digit(lowered) and (has_facts or BEGINNING.match(lowered)))):
        return line, ""
    text = _plain(line)
    for pattern, kind in _KINDS:
        if pattern.fullmatch(text):
            return "", kind
    facts = _facts_of(line) if has_facts else []
    if len(facts) > 1:
        return _stable_facts(line, facts)
    if not has_age:
        return line, ""
    byline = BYLINE.fullmatch(text) or (may_be_age and ONLY_AGE.fullmatch(text) and re.search("(.*)", text))
    if byline and byline[1] in line:
        return line.replace(byline[1], _SOME_TIME_AGO), "age"
    return line, ""


def _facts_of(line: str) -> list[str]:
    """The facts that a line has beside each other, with what is between."""
    named = _NAMED_FACTS.split(line) if _COLON in line else []
    return named if len(named) > 1 and all(map(_NAMED_FACT.fullmatch, named[::2])) else _FACTS.split(line)


def is_date_of_entry(line: str) -> bool:
    """Whether a line that is nothing but the date of an update may be about a part of the page, as in a changelog."""
    return OF_ENTRY.fullmatch(_plain(line)) is not None


def _plain(line: str) -> str:
    return " ".join(_MARKUP.sub("", line).split())


def _has_one(hints: tuple[str, ...], text: str) -> bool:
    # Every line of a page goes through here; neither `any` nor a pattern is as fast.
    for hint in hints:  # noqa: SIM110
        if hint in text:
            return True
    return False


def _has_digit(text: str) -> bool:
    # Most lines have none.
    return _has_one(_ASCII_DIGITS, text) or (not text.isascii() and _DIGIT.search(text) is not None)


def _stable_facts(line: str, facts: list[str]) -> tuple[str, str]:
    """A line of facts such as `2 May · 3 min read · 41 views`, without dates of update, counters and ages."""
    kept = [fact for fact in facts[::2] if not _is_volatile(fact.strip())]
    kept = [_SOME_TIME_AGO if ONLY_AGE.fullmatch(fact.strip()) else fact for fact in kept]
    kept = [BYLINE.sub(lambda match: match[0].replace(match[1], _SOME_TIME_AGO), fact) for fact in kept]
    stable = facts[1].join(kept)
    return (line, "") if stable == line else (stable, COUNTER)


def _is_volatile(fact: str) -> bool:
    text = _plain(fact)
    return any(pattern.fullmatch(text) for pattern, _ in _KINDS)
