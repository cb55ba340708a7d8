"""Parses an llms.txt of any origin, in linear time; never fails, whatever the bytes are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from llmstxt_sched.documents.headings import strip_closing_sequence
from llmstxt_sched.documents.model import LLMS_TXT, Entry, Index, Section
from llmstxt_sched.documents.text import unescape

# The rest of a longer file is ignored: no useful llms.txt is that long.
MAX_BYTES = 10 * 1024 * 1024
LINK = re.compile(
    r"[ ]{0,3}[-*+][ \t]+\[(?P<title>(?:[^\]\\]|\\.)*)\]\((?P<url>[^()\s]*)\)(?:[ \t]*:[ \t]*(?P<note>.*))?"
)


def read_lines(data: bytes) -> list[str]:
    """The lines of an llms.txt, without their line ends and without a byte order mark."""
    text = data[:MAX_BYTES].decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def heading_text(line: str, level: int) -> str | None:
    """The text, as written, of `line` if it is a heading of this level (CommonMark 4.2), else None."""
    if not line.startswith("#" * level) or line[level : level + 1] not in ("", " ", "\t"):
        return None
    return strip_closing_sequence(line[level:])


def parse(data: bytes) -> Index:
    """Parse an llms.txt, ignoring whatever does not belong in one.  The inverse of `render.render_index`."""
    name = ""
    summary: list[str] = []
    details: list[str] = []
    sections: list[tuple[str, list[Entry]]] = []
    is_new_paragraph = True
    for line in read_lines(data):
        title = heading_text(line, 2)
        if title is not None:
            sections.append((unescape(title), []))
        elif sections:
            sections[-1][1].extend(_entries(line))
        elif not name and heading_text(line, 1):
            name = unescape(heading_text(line, 1) or "")
        elif line.startswith(">"):
            summary.append(line[1:].strip())
        elif line.strip() and name:
            _add_to_paragraph(details, line.strip(), is_new_paragraph)
        is_new_paragraph = not line.strip()
    return Index(
        name,
        unescape(" ".join(summary).strip()),
        tuple(map(unescape, details)),
        tuple(Section(title, tuple(entries)) for title, entries in sections),
    )


def parse_parts(files: Iterable[bytes]) -> tuple[Section, ...]:
    """Parse the files of an index that was split, without the links from one file to another."""
    return tuple(
        Section(section.name, tuple(entry for entry in section.entries if not entry.url.endswith(f"/{LLMS_TXT}")))
        for body in files
        for section in parse(body).sections
    )


def _add_to_paragraph(details: list[str], text: str, is_new_paragraph: bool) -> None:
    if is_new_paragraph or not details:
        details.append(text)
    else:
        details[-1] = f"{details[-1]} {text}"


def _entries(line: str) -> list[Entry]:
    link = LINK.fullmatch(line.rstrip())
    if link is None or not link["url"]:
        return []
    return [Entry(link["url"], unescape(link["title"]), unescape((link["note"] or "").strip()))]
