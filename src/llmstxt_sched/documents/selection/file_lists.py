"""Tells the list of files that a web server shows for a folder without a page of its own."""

from __future__ import annotations

import re
from urllib.parse import unquote

from llmstxt_sched.documents.model import Page
from llmstxt_sched.domain.urls import path_and_query

# "Index of /docs/" (Apache, nginx, lighttpd), "Directory listing for /docs/" (Python, Twisted), "Directory Listing For
# [/docs/]" (Tomcat), "Directory: /docs/" (Jetty), "Files within docs/" (serve).
_TITLE = re.compile(
    r"(?:index of|(?:directory )?listing (?:for|of)|directory(?: contents)?|files within):? \[?"
    r"(?P<path>[^\]]*/[^\]]*)\]?",
    re.IGNORECASE,
)
# "docs.example - /docs/" (IIS), "/docs/" (darkhttpd).
_PATH_ALONE = re.compile(r"(?:\S+ - )?(?P<path>/(?:.*/)?)")


def lists_files(page: Page) -> bool:
    """Whether a page is called as the list of the files in its folder is, and says nothing in a sentence."""
    title = page.extract.title or page.extract.h1
    folder = unquote(path_and_query(page.url)[0]).rstrip("/")
    if page.extract.lead:
        return False
    if found := _TITLE.fullmatch(title):
        # A server behind another one may know the end of the path alone.
        return f"{folder}/".endswith(f"/{found['path'].strip('/')}/".replace("//", "/"))
    found = _PATH_ALONE.fullmatch(title)
    return found is not None and found["path"] == f"{folder}/"
