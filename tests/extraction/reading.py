"""Small pages read as the service reads them."""

from __future__ import annotations

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.extraction.content.boilerplate import drop_boilerplate
from llmstxt_sched.extraction.content.main_element.main_content import find_main_content
from llmstxt_sched.extraction.dom.parse import parse
from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.extraction.model import Content

URL = "https://docs.example/guide/page.html"
PROSE = "A sentence of prose that is long enough to tell content from navigation."
PARAGRAPH = "It works with most systems, and it needs no set-up."


def read(html: str, url: str = URL) -> Content:
    return extract(html.encode(), url, "text/html; charset=utf-8")


def extracted(html: str, url: str = URL) -> Extract:
    return read(html, url).extract


def lead(html: str) -> str:
    return read(f"<main><h1>T</h1>{html}</main>").extract.lead


def markdown(html: str) -> str:
    return read(html).markdown


def of_main(html: str) -> str:
    return markdown(f"<main>{html}</main>").removesuffix("\n")


def id_of_main_content(html: str) -> str:
    tree = parse(f"<body id=whole-page>{html}</body>", as_xml=False)
    drop_boilerplate(tree)
    return find_main_content(tree).get("id")
