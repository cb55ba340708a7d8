"""Renders the documents as bytes, in the form that the proposal, its reference parser and validators all accept.

That is LF, no BOM; `# name`, one `> summary`, plain paragraphs, `##` sections that hold only links, `Optional` last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from llmstxt_sched.documents.headings import demote_headings, top_heading, without_first_line
from llmstxt_sched.documents.inner_headings import demote_inner_headings
from llmstxt_sched.documents.model import MAX_CHARS, Entry, Index, Section
from llmstxt_sched.documents.parts import split
from llmstxt_sched.documents.text import escape_block, escape_heading, escape_inline, note_line, safe_url, title_line


def render_index(index: Index) -> bytes:
    """Render one llms.txt with all entries of `index`, however long it is."""
    return "\n".join(_lines(index)).encode()


def render_indexes(index: Index) -> dict[str, bytes]:
    """Render `llms.txt`, and if it would exceed MAX_CHARS, one `{folder}/llms.txt` for each large folder.

    The keys are paths below the project's address, `llms.txt` first.
    """
    # The length of each link is computed once, because `split` measures a large site many times.
    lengths = {entry: len(_link(entry)) + 1 for section in index.sections for entry in section.entries}

    def measure(part: Index) -> int:
        entries = (entry for section in part.sections for entry in section.entries)
        headings = sum(len(line) + 1 for section in part.sections for line in (*_heading(section), ""))
        links = sum(lengths.get(entry) or len(_link(entry)) + 1 for entry in entries)
        return sum(len(line) + 1 for line in _head(part)) + headings + links

    files = split(index, measure, MAX_CHARS)
    return {name: render_index(part) for name, part in files.items()}


def render_page(title: str, markdown: str) -> bytes:
    """Render a page's Markdown copy: `markdown` below a level-1 heading, which is its own or `title`."""
    title = title_line(title)
    top = top_heading(markdown)
    if top is not None and (top.level == 1 or top.text == escape_heading(title) or top.text == title):
        return f"# {top.text}\n{without_first_line(markdown)}".encode()
    return (f"# {escape_heading(title)}\n\n{markdown}" if title else markdown).encode()


def render_full(name: str, items: Iterable[tuple[Entry, str]]) -> Iterator[bytes]:
    """Render llms-full.txt piece by piece: its head, then each page."""
    yield full_head(name)
    for entry, markdown in items:
        yield full_part(entry, markdown)


def full_head(name: str) -> bytes:
    """Render the head of llms-full.txt."""
    return f"# {escape_heading(title_line(name))}\n".encode()


def full_part(entry: Entry, markdown: str) -> bytes:
    """Render one page of llms-full.txt: a level-1 heading, the page's address, its content.

    The page's own headings are moved one level down and its fences are closed, so that no content can pass for the
    beginning of another page.
    """
    title = title_line(entry.title)
    top = top_heading(markdown)
    if top is not None and top.text in (title, escape_heading(title)):
        markdown = without_first_line(markdown)
    body = demote_headings(demote_inner_headings(markdown)).strip("\n")
    return f"\n# {escape_heading(title)}\n\nSource: {safe_url(entry.url)}\n\n{body}\n".encode()


def _lines(index: Index) -> Iterator[str]:
    yield from _head(index)
    for section in index.sections:
        yield from _heading(section)
        yield from map(_link, section.entries)
        yield ""


def _head(index: Index) -> Iterator[str]:
    yield f"# {escape_heading(title_line(index.name))}"
    yield ""
    if index.summary:
        yield f"> {escape_block(note_line(index.summary))}"
        yield ""
    for paragraph in index.details:
        yield escape_block(note_line(paragraph))
        yield ""


def _heading(section: Section) -> tuple[str, ...]:
    return f"## {escape_heading(title_line(section.name))}", ""


def _link(entry: Entry) -> str:
    note = f": {escape_inline(note_line(entry.note))}" if entry.note else ""
    return f"- [{escape_inline(title_line(entry.title))}]({safe_url(entry.url)}){note}"
