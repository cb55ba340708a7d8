"""Reads a sitemap in XML: sitemaps.org's <urlset> and <sitemapindex>, RSS and Atom.  Pure: no I/O.

XML is parsed event by event, so that 50 MiB are never held as a tree.  Parsing stops at a DOCTYPE, because without
one there are no entities to expand.  After other damage it goes on with the next entry, as search engines do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin
from xml.parsers import expat

from llmstxt_sched.documents.model import Translations
from llmstxt_sched.extraction.head.metadata import MAX_TRANSLATIONS

MAX_URLS = 50_000
# Bytes of the different links to translations in one file, with what Python adds to each: twice as many as 50,000
# addresses in twenty languages take.
MAX_LINK_SIZE = 24 * 1024 * 1024
_LINK_OVERHEAD = 180
_STEP_BYTES = 65_536
# Bytes of one XML token, and characters of one address.
_MAX_TOKEN = 4 * _STEP_BYTES
_MAX_LOC = 4096
# Twenty for each address that a file may list: of smaller ones twelve million fit into 50 MiB, and take 17 s.
_MAX_ELEMENTS = 20 * MAX_URLS
# Characters of all bases to which addresses are joined: two of a hundred for each address that a file may list.  Below
# a base of 200 KB, the links of a small file take minutes and gigabytes.
_MAX_JOINED = 2 * 100 * MAX_URLS
# No sitemap and no feed nests as deep; what is open is remembered.
_MAX_DEPTH = 100
# Where the text of an element is an address: (parent, element), whatever their prefixes.
_PAGE_TEXTS = frozenset({("url", "loc"), ("item", "link")})
_FILE_TEXT = ("sitemap", "loc")
_GUID = ("item", "guid")
# The elements of Google's extension for translations: <xhtml:link rel="alternate" hreflang="de" href="…"/>.
_TRANSLATION = ("url", "link")
_ENTRY_LINK = ("entry", "link")
# Both are the same relation (RFC 4287, section 4.2.7.2).
_ALTERNATE = frozenset({"alternate", "http://www.iana.org/assignments/relation/alternate"})
# Elements that occur several times.
_ENTRIES = frozenset({"url", "item"})
# Where reading can continue after damage, below a root of our own.
_ENTRY = re.compile(rb"<(?:\w+:)?(?:url|sitemap|item|entry)[\s>]", re.IGNORECASE)
_ROOT = b"<root>"
# Of files that list anything, whatever their prefixes.
_ROOTS = frozenset({"urlset", "sitemapindex", "rss", "rdf", "feed", _ROOT.decode().strip("<>")})
_ROOT_END = re.compile(rb"</(?:\w+:)?(?:urlset|sitemapindex|rss|rdf|feed)\s*>", re.IGNORECASE)
_DOCTYPE, _BESIDE = re.compile(rb"<!doctype", re.IGNORECASE), 16
# Looked at in one go, which holds the GIL, and in all after one damage.
_SEARCH_BYTES, _MAX_SEARCHED = 64 * 1024, 1024**2
_LONGEST_BEGIN = 64
# A file of nothing but damage is soon given up.
_MAX_DAMAGES = 100


class _StopParsing(Exception):
    """Raised in a handler to stop the parser."""


class XmlReader:
    """Collects the addresses of pages and of further files; `cut` is true if a limit ended the reading.

    `breaks_off` is true if the file ends before its root does, as one that is not whole; `has_ended` if the root of a
    file that lists anything was read to its end.
    `translations` are those of a page, by its address, and `link_size` what the different ones take.

    An element counts only right below its parent, so neither an <image:loc> nor the <link> of a channel does.
    """

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.files: list[str] = []
        self.translations: dict[str, Translations] = {}
        self.cut = False
        self.breaks_off = False
        self.has_ended = False
        self._elements = 0
        self._open: list[str] = []
        # What the addresses of a feed are relative to, by the elements that are open (XML Base).
        self._bases = [""]
        self._joined_characters = 0
        self._target: list[str] | None = None
        self._text: list[str] = []
        self._length = 0
        # The <guid> of an RSS item without a <link> is its address, unless it says that it is none (RSS 2.0).
        self._guids: list[str] = []
        self._pages_before = 0
        # The links of one page, and all different ones: pages that are translations of each other have the same.
        self._links: list[tuple[str, str]] = []
        self._different: dict[Translations, Translations] = {}
        self.link_size = 0

    def read(self, body: bytes) -> None:
        """Read `body`, which is UTF-8 whatever its declaration says."""
        damage = self._read(memoryview(body))
        if damage is not None and _DOCTYPE.search(body[max(0, damage - _BESIDE) : damage + _BESIDE]):
            # In small letters, as in HTML, it is damage to XML; within a sitemap it begins the page of an error.
            self.breaks_off = self._is_open() and not _ends(body)
            self._forget()
            return
        for _ in range(_MAX_DAMAGES):
            begin = _next_entry(body, damage) if damage is not None else None
            if begin is None:
                is_torn = damage is not None and bool(self.pages or self.files)
                self.breaks_off |= is_torn and not _ends(body)
                return
            # The root's address stays what a feed's links are relative to.
            self._open, self._bases, self._target = [], self._bases[1:2] or [""], None
            offset = self._read(memoryview(body)[begin:], _ROOT)
            damage = None if offset is None else begin + max(offset, 1)
        self.cut = self.cut or damage is not None

    def _read(self, body: memoryview, root: bytes = b"") -> int | None:
        """Read what stands below `root`; returns the place of a damage, None if there is none or reading must end."""
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(root, False)
            # In steps, because expat holds the GIL for as long as one call takes.
            for offset in range(0, len(body), _STEP_BYTES):
                parser.Parse(body[offset : offset + _STEP_BYTES], False)
                # An unfinished tag or comment is parsed again from its start at each step, so its length is limited.
                if offset + len(root) - parser.CurrentByteIndex > _MAX_TOKEN:
                    self.cut = True
                    break
            self.breaks_off = self._is_open()
        except expat.ExpatError:
            return parser.ErrorByteIndex - len(root)
        except (_StopParsing, ValueError, LookupError):
            pass
        return None

    def _is_open(self) -> bool:
        return bool(self._open) and self._open[0] in _ROOTS

    def _doctype(self, *_: object) -> None:
        self._forget()
        raise _StopParsing

    def _forget(self) -> None:
        self.pages, self.files, self.translations, self.link_size, self.has_ended = [], [], {}, 0, False

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            self.cut = True
            raise _StopParsing
        prefix, _, name = tag.lower().rpartition(":")
        place = (self._open[-1] if self._open else "", name)
        self._open.append(name)
        base = attributes.get("xml:base", "")
        self._bases.append(self._joined(base) if base else self._bases[-1])
        if len(self._open) > _MAX_DEPTH:
            raise _StopParsing
        if name in _ENTRIES:
            self._guids, self._links, self._pages_before = [], [], len(self.pages)
        elif place == _TRANSLATION:
            self._add_translation(attributes)
        elif place == _ENTRY_LINK and attributes.get("rel", "alternate") in _ALTERNATE and attributes.get("href"):
            self._add(self.pages, self._joined(attributes["href"]))
        # Extensions' elements, such as <atom:link> in an item of RSS, have a prefix and say something else.
        elif place in _PAGE_TEXTS and prefix not in {"image", "video", "atom"}:
            self._collect(self.pages)
        elif place == _FILE_TEXT:
            self._collect(self.files)
        elif place == _GUID and attributes.get("isPermaLink", "true") == "true":
            self._collect(self._guids)

    def _joined(self, address: str) -> str:
        base = self._bases[-1]
        self._joined_characters += len(base)
        if self._joined_characters > _MAX_JOINED:
            self.cut = True
            raise _StopParsing
        try:
            return urljoin(base, address) if base else address
        except ValueError:
            return address

    def _collect(self, target: list[str]) -> None:
        self._target, self._text, self._length = target, [], 0

    def _characters(self, data: str) -> None:
        if self._target is not None and self._length < _MAX_LOC:
            self._text.append(data)
            self._length += len(data)

    def _end(self, _: str) -> None:
        name = self._open.pop()
        self._bases.pop()
        self.has_ended = not self._open and name in _ROOTS
        if self._target is not None:
            self._add(self._target, "".join(self._text))
            self._target = None
        elif name == "item" and len(self.pages) == self._pages_before:
            self.pages += self._guids[:1]
        elif name == "url" and self._links and len(self.pages) > self._pages_before:
            self._translate(self.pages[-1], tuple(self._links))

    def _add_translation(self, attributes: Mapping[str, str]) -> None:
        tag, href = attributes.get("hreflang", "").strip().lower(), attributes.get("href", "").strip()
        if attributes.get("rel") == "alternate" and tag and href and len(self._links) < MAX_TRANSLATIONS:
            self._links.append((tag, href[:_MAX_LOC]))

    def _translate(self, page: str, links: Translations) -> None:
        if links not in self._different:
            self.link_size += sum(_LINK_OVERHEAD + len(tag) + len(href) for tag, href in links)
            if self.link_size > MAX_LINK_SIZE:
                return
        self.translations[page] = self._different.setdefault(links, links)

    def _add(self, target: list[str], address: str) -> None:
        if not address.strip():
            return
        if len(self.pages) + len(self.files) >= MAX_URLS:
            self.cut = True
            raise _StopParsing
        target.append(address.strip())


def _ends(body: bytes) -> bool:
    """Whether the root of a file that is damaged ends in its last part."""
    return _ROOT_END.search(body, max(0, len(body) - _SEARCH_BYTES)) is not None


def _next_entry(body: bytes, damage: int) -> int | None:
    """Where the next entry begins, if it is not too far after the damage."""
    for begin in range(damage, min(len(body), damage + _MAX_SEARCHED), _SEARCH_BYTES):
        entry = _ENTRY.search(body, begin, begin + _SEARCH_BYTES + _LONGEST_BEGIN)
        if entry:
            return entry.start()
    return None


def read_xml(body: bytes) -> XmlReader:
    """The addresses that the file lists, in its entries that are sound; none at all if it has a DOCTYPE."""
    reader = XmlReader()
    reader.read(body)
    return reader
