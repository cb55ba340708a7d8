"""An llms.txt read back, whoever wrote it: no bytes make it fail, and it takes linear time."""

from __future__ import annotations

import re

from llmstxt_sched.documents.headings import unclosed
from llmstxt_sched.documents.model import Entry, Index, Section
from llmstxt_sched.documents.text import plain

# What is behind this is not read: no llms.txt that anyone can use is as long.
MAX_BYTES = 10 * 1024 * 1024
LINK = re.compile(
    r"[ ]{0,3}[-*+][ \t]+\[(?P<title>(?:[^\]\\]|\\.)*)\]\((?P<url>[^()\s]*)\)(?:[ \t]*:[ \t]*(?P<note>.*))?"
)


def read_lines(data: bytes) -> list[str]:
    """The lines of an llms.txt, without a byte order mark and whatever ends them."""
    text = data[:MAX_BYTES].decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def heading_text(line: str, level: int) -> str | None:
    """The text of `line` where it is a heading of `level` (CommonMark 4.2), as written."""
    if not line.startswith("#" * level) or line[level : level + 1] not in ("", " ", "\t"):
        return None
    return unclosed(line[level:])


def parse(data: bytes) -> Index:
    """The index that `data` holds; what is no part of one is passed over.

    The inverse of `render.render_index`.
    """
    name = ""
    summary: list[str] = []
    details: list[str] = []
    sections: list[tuple[str, list[Entry]]] = []
    fresh = True
    for line in read_lines(data):
        title = heading_text(line, 2)
        if title is not None:
            sections.append((plain(title), []))
        elif sections:
            sections[-1][1].extend(_entries(line))
        elif not name and heading_text(line, 1):
            name = plain(heading_text(line, 1) or "")
        elif line.startswith(">"):
            summary.append(line[1:].strip())
        elif line.strip() and name:
            _add(details, line.strip(), fresh)
        fresh = not line.strip()
    return Index(
        name,
        plain(" ".join(summary).strip()),
        tuple(map(plain, details)),
        tuple(Section(title, tuple(entries)) for title, entries in sections),
    )


def _add(details: list[str], text: str, fresh: bool) -> None:
    if fresh or not details:
        details.append(text)
    else:
        details[-1] = f"{details[-1]} {text}"


def _entries(line: str) -> list[Entry]:
    link = LINK.fullmatch(line.rstrip())
    if link is None or not link["url"]:
        return []
    return [Entry(link["url"], plain(link["title"]), plain((link["note"] or "").strip()))]
