"""Paths that grow without end, as relative links do on a server that answers any path below a folder.  Pure."""

from __future__ import annotations

import re

from llmstxt_sched.domain.urls import Url

MAX_SEGMENTS = 20
# /a/a/a/ and /a/b/a/b/a/b/.
_REPEATED = re.compile(r"/((?:[^/]+/){1,3}?)\1\1")


def trap_of(url: Url) -> str:
    """The name of the limit that keeps a crawl from `url` whatever links to it; '' if there is none."""
    if url.path.rstrip("/").count("/") > MAX_SEGMENTS:
        return "path_segments"
    return "repeated_segments" if _REPEATED.search(url.path) else ""
