"""The documents as bytes, in the form that the proposal, its reference parser and validators all take.

LF, no BOM; `# name`, one `> summary`, plain paragraphs, `##` sections that hold links only, `Optional` last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from llmstxt_sched.documents.headings import lowered, top_heading, without_top
from llmstxt_sched.documents.model import MAX_CHARS, Entry, Index, Section
from llmstxt_sched.documents.parts import split
from llmstxt_sched.documents.text import inert, inert_block, inert_heading, note_line, safe_url, title_line


def render_index(index: Index) -> bytes:
    """One llms.txt with every entry of `index`, however long it becomes."""
    return "\n".join(_lines(index)).encode()


def render_indexes(index: Index) -> dict[str, bytes]:
    """`llms.txt`, and where it would pass 50,000 characters one `{folder}/llms.txt` for each large folder.

    The keys are paths below the project, the root's own first.
    """
    # Measured by what each line adds: a large site is measured once for every folder that it is split by.
    lengths = {entry: len(_link(entry)) + 1 for section in index.sections for entry in section.entries}

    def measure(part: Index) -> int:
        entries = (entry for section in part.sections for entry in section.entries)
        headings = sum(len(line) + 1 for section in part.sections for line in (*_heading(section), ""))
        links = sum(lengths.get(entry) or len(_link(entry)) + 1 for entry in entries)
        return sum(len(line) + 1 for line in _head(part)) + headings + links

    files = split(index, measure, MAX_CHARS)
    return {name: render_index(part) for name, part in files.items()}


def render_page(title: str, markdown: str) -> bytes:
    """A page's Markdown copy: `markdown` under a heading of the first level, its own or `title`."""
    title = title_line(title)
    top = top_heading(markdown)
    if top is not None and (top.level == 1 or top.text == inert_heading(title) or top.text == title):
        return f"# {top.text}\n{without_top(markdown)}".encode()
    return (f"# {inert_heading(title)}\n\n{markdown}" if title else markdown).encode()


def render_full(name: str, items: Iterable[tuple[Entry, str]]) -> Iterator[bytes]:
    """llms-full.txt, piece by piece: its head, then each page."""
    yield full_head(name)
    for entry, markdown in items:
        yield full_part(entry, markdown)


def full_head(name: str) -> bytes:
    """What llms-full.txt begins with."""
    return f"# {inert_heading(title_line(name))}\n".encode()


def full_part(entry: Entry, markdown: str) -> bytes:
    """One page of llms-full.txt under a heading of the first level and its source.

    Only these headings are of the first level: a page's own are one level down and its fences closed, so
    that no page can pass for another.
    """
    title = title_line(entry.title)
    top = top_heading(markdown)
    if top is not None and top.text in (title, inert_heading(title)):
        markdown = without_top(markdown)
    body = lowered(markdown).strip("\n")
    return f"\n# {inert_heading(title)}\n\nSource: {safe_url(entry.url)}\n\n{body}\n".encode()


def _lines(index: Index) -> Iterator[str]:
    yield from _head(index)
    for section in index.sections:
        yield from _heading(section)
        yield from map(_link, section.entries)
        yield ""


def _head(index: Index) -> Iterator[str]:
    yield f"# {inert_heading(title_line(index.name))}"
    yield ""
    if index.summary:
        yield f"> {inert_block(note_line(index.summary))}"
        yield ""
    for paragraph in index.details:
        yield inert_block(note_line(paragraph))
        yield ""


def _heading(section: Section) -> tuple[str, ...]:
    return f"## {inert_heading(title_line(section.name))}", ""


def _link(entry: Entry) -> str:
    note = f": {inert(note_line(entry.note))}" if entry.note else ""
    return f"- [{inert(title_line(entry.title))}]({safe_url(entry.url)}){note}"
