"""Pages of a small site, and what becomes of them."""

from __future__ import annotations

from llmstxt_sched.documents.model import Chapters, Contents, Extract, Index, Page

START = "https://s.example/"


def page(
    path: str,
    contents: Contents = (),
    more_leads: tuple[str, ...] = (),
    part_leads: tuple[str, ...] = (),
    language: str = "",
    *,
    chapters: Chapters = (),
    is_list: bool = False,
    is_secondary: bool = False,
    rank: int = 0,
    **said: str,
) -> Page:
    extract = Extract(
        contents=contents,
        more_leads=more_leads,
        part_leads=part_leads,
        chapters=chapters,
        is_list=is_list,
        is_secondary=is_secondary,
        rank=rank,
        **said,
    )
    return Page(START + path, f"{path or 'index'}.md", extract, f"hash of {path}", language)


def sections(index: Index) -> dict[str, list[str]]:
    return {section.name: [entry.url.removeprefix(START) for entry in section.entries] for section in index.sections}
