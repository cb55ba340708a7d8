"""Finds translations whose language stands in the name of their file or in their query: `a.ja.html`, `a?lang=de`.

As with folders, two letters alone are nothing: the page without them has to be there, or one in another language, and
more than one page has to be so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

from llmstxt_sched.domain.language_tags import has_form_of_tag, is_common, normalised

_MIN_PAGES = 2
_IN_QUERY = re.compile(r"(?:(?:set|use|ui|site)?[-_]?lang(?:uage)?|locale|hl|lng)=(?P<tag>[\w-]{2,12})", re.IGNORECASE)
# `a.ja.html`, `a.html.ja`, `a_ja.html`, `a-pt-br.html`.
_IN_NAME = re.compile(
    r"(?P<before>[^/]*?[^/._-])(?P<join>[._-])(?P<tag>[a-z]{2}(?:[-_][a-z]{2,4})?)(?P<ending>\.html?|\.php)?$",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:html?|php)$", re.IGNORECASE)
_INDEX = re.compile(r"(?:index)?(?:\.html?|\.php)?$", re.IGNORECASE)
# What files of sources end in as well: `Program.cs.html` lists one.
_OF_SOURCES = frozenset(["cs", "el", "ml", "ms", "pl", "sv"])


def marked_languages(languages: Mapping[str, str]) -> dict[str, str]:
    """The tags of the pages that have one in their name or query; `languages` are those that pages declare, or ''."""
    marked: dict[str, tuple[str, str]] = {}
    for url, declared in languages.items():
        found = _in_query(url) or _in_name(url, declared)
        if found:
            marked[url] = found
    if not marked:
        return {}
    plain = {_address(url) for url in languages if url not in marked}
    tags_of: dict[str, set[str]] = {}
    for address, tag in marked.values():
        tags_of.setdefault(address, set()).add(tag)
    proven = {url: tag for url, (address, tag) in marked.items() if address in plain or len(tags_of[address]) > 1}
    count = Counter(proven.values())
    return {url: tag for url, tag in proven.items() if count[tag] >= _MIN_PAGES}


def _may_be(tag: str, declared: str) -> bool:
    if declared:
        return tag.partition("-")[0] == declared.partition("-")[0]
    return has_form_of_tag(tag) and is_common(tag) and normalised(tag) not in _OF_SOURCES


def _in_query(url: str) -> tuple[str, str] | None:
    """The address of the page without its language, and the language's tag, whatever the page's template declares."""
    address = urlsplit(url)
    pairs = address.query.split("&") if address.query else []
    found = [match for pair in pairs if (match := _IN_QUERY.fullmatch(pair)) and _may_be(match["tag"], "")]
    if not found:
        return None
    rest = "&".join(pair for pair in pairs if pair != found[0][0])
    return _address(address._replace(query=rest).geturl()), normalised(found[0]["tag"])


def _in_name(url: str, declared: str) -> tuple[str, str] | None:
    address = urlsplit(url)
    folder, _, name = address.path.rpartition("/")
    found = _IN_NAME.fullmatch(name)
    if found is None or not (found["ending"] or _ENDING.search(found["before"])):
        return None
    path = f"{folder}/{found['before']}{found['ending'] or ''}"
    tag = normalised(found["tag"])
    return (_address(address._replace(path=path).geturl()), tag) if _may_be(tag, declared) else None


def _address(url: str) -> str:
    """`url` in one spelling of a folder's index page, without the ending of a file."""
    address = urlsplit(url)
    folder, _, name = address.path.rpartition("/")
    return f"{address.netloc}{folder}/{_INDEX.sub('', name)}?{address.query}"
