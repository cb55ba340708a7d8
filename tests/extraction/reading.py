"""Small pages read as the service reads them."""

from __future__ import annotations

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.extraction.model import Content

URL = "https://docs.example/guide/page.html"
PROSE = "A sentence of prose that is long enough to tell content from navigation."


def read(html: str, url: str = URL) -> Content:
    return extract(html.encode(), url, "text/html; charset=utf-8")


def extracted(html: str, url: str = URL) -> Extract:
    return read(html, url).extract


def markdown(html: str) -> str:
    return read(html).markdown


def of_main(html: str) -> str:
    return markdown(f"<main>{html}</main>").removesuffix("\n")
