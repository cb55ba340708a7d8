"""Contents of pages, made of their text."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.extraction.model import Content, ContentFacts, content_sha256, line_count


def content(markdown: str, extract: Extract | None = None, **facts: Any) -> Content:
    """The content whose text this is, and of which these facts are known."""
    counted = {"sha256": content_sha256(markdown), "lines": line_count(markdown)}
    return Content(extract or Extract(), markdown=markdown, **{**counted, **facts})


def facts_of(content: ContentFacts) -> ContentFacts:
    """What an earlier run knows of a page before its text is read."""
    facts = asdict(content)
    facts.pop("markdown", None)
    return ContentFacts(**facts)


def text_of(content: ContentFacts | None) -> str:
    """The text of a page that was read."""
    assert isinstance(content, Content)
    return content.markdown
