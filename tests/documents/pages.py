"""Pages of a small site, and what becomes of them."""

from __future__ import annotations

from llmstxt_sched.documents.model import Contents, Extract, Index, Page

START = "https://s.example/"


def page(path: str, contents: Contents = (), **said: str) -> Page:
    return Page(START + path, f"{path or 'index'}.md", Extract(contents=contents, **said), "0")


def sections(index: Index) -> dict[str, list[str]]:
    return {section.name: [entry.url.removeprefix(START) for entry in section.entries] for section in index.sections}
