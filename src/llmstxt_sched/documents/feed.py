"""Writes a feed of changes as Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml"
GENERATOR = "llmstxt-sched"
# XML 1.0 allows all characters but these, and has no way to write them (section 2.2).
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FeedLink(Struct, frozen=True):
    """A link of a feed or an entry (section 4.2.7).

    An alternate that is no HTML is better given no type: readers pass over one of a type that they do not show.
    """

    rel: str
    href: str
    type: str = ""
    title: str = ""


class FeedEntry(Struct, frozen=True):
    """One entry; `html` is its content, which must be safe to show."""

    id: UUID
    title: str
    updated: datetime
    html: str
    links: Sequence[FeedLink]


class Feed(Struct, frozen=True):
    """A feed, whose entries are newest first; `updated` is its time if it has no entry."""

    id: UUID
    title: str
    author: str
    updated: datetime
    links: Sequence[FeedLink]
    entries: Sequence[FeedEntry]


def render_feed(feed: Feed) -> bytes:
    """The feed as XML in UTF-8; what XML cannot hold is left out of texts."""
    root = Element("feed", {"xmlns": ATOM})
    _add(root, "id", feed.id.urn)
    _add(root, "title", feed.title)
    _add(root, "updated", _time(max((entry.updated for entry in feed.entries), default=feed.updated)))
    _add(SubElement(root, "author"), "name", feed.author)
    _add(root, "generator", GENERATOR)
    _add_links(root, feed.links)
    for entry in feed.entries:
        _add_entry(root, entry)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add_entry(root: Element, entry: FeedEntry) -> None:
    element = SubElement(root, "entry")
    _add(element, "id", entry.id.urn)
    _add(element, "title", entry.title)
    _add(element, "updated", _time(entry.updated))
    _add_links(element, entry.links)
    _add(element, "content", entry.html).set("type", "html")


def _add_links(parent: Element, links: Sequence[FeedLink]) -> None:
    for link in links:
        attributes = {"rel": link.rel, "href": link.href, "type": link.type, "title": link.title}
        SubElement(parent, "link", {name: _clean(text) for name, text in attributes.items() if text})


def _add(parent: Element, tag: str, text: str) -> Element:
    element = SubElement(parent, tag)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _time(at: datetime) -> str:
    """A time as RFC 3339 has it (RFC 4287, section 3.3)."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
