"""Which folder of a site belongs to a start page.  Pure: works on paths, as they are written in canonical URLs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from llmstxt_sched.domain.language_tags import has_form_of_tag, is_common

# How much of its host a project covers: all of it, the folder that its start page lies in, or the start page and all
# below it.
Extent = Literal["host", "folder", "path"]
# A page's file name.  The ending of "v1.0" is none: no kind of file begins with a digit.
_FILE = re.compile(r".*\.[A-Za-z]\w*")


def start_folder(start: str, final: str, extent: Extent | None = None, links: Iterable[str] = ()) -> str:
    """The folder, with a slash at its end, of a crawl that begins at the path `start` and is redirected to `final`.

    `links` are the paths that the start page links to.  By itself, `/docs/intro` belongs to `/docs/`, as its own
    relative links say (RFC 3986, section 5.2.3), unless it is a folder: its redirect or its links lead below it.
    `/docs` is one in any case: its folder would be the whole host, which nobody who names a path asks for.
    """
    if extent == "host":
        return "/"
    if extent == "path":
        below = _with_slash(start)
        return below if is_below(final, below) else _with_slash(final)
    is_usual = extent is None
    # Also where its name ends like a file's, as that of /docs/node.js does.
    if final.startswith(f"{start}/") and not start.endswith("/"):
        return f"{start}/"
    if _is_certain(start):
        folder = _parent(start)
        return folder if is_below(final, folder) else _folder(final, links, is_usual=is_usual)
    folder, around = _folder(final, links, is_usual=is_usual), _parent(start)
    if around != "/" and folder == _parent(final) and _is_translation(start, final):
        return around
    # A start that is neither file nor folder and redirects elsewhere says nothing: /latest leads to /v2/.
    return folder


def is_below(path: str, folder: str) -> bool:
    """Whether `path` is `folder`, with or without its slash, or in it."""
    return path.startswith(folder) or path == folder[:-1]


def _folder(path: str, links: Iterable[str], *, is_usual: bool) -> str:
    below = f"{path}/"
    is_folder = is_usual and (path.count("/") == 1 or any(link.startswith(below) for link in links))
    return below if is_folder and not _is_certain(path) else _parent(path)


def _is_certain(path: str) -> bool:
    """Whether the path alone tells which folder it belongs to: it is a folder's or a file's."""
    return path.endswith("/") or _FILE.fullmatch(_name(path)) is not None


def _with_slash(path: str) -> str:
    return path if path.endswith("/") else f"{path}/"


def _is_translation(start: str, final: str) -> bool:
    """Whether `final` is the page `start` in the folder of a language."""
    around = _parent(start)
    if not (final.startswith(around) and final.endswith(f"/{_name(start)}")):
        return False
    between = final[len(around) : -len(_name(start)) - 1]
    return has_form_of_tag(between) and is_common(between)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _parent(path: str) -> str:
    return path[: path.rfind("/") + 1]
