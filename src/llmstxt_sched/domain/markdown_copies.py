"""The addresses at which sites publish a page's own copy in Markdown (llms.txt proposal; common practice).

`/guide.html` has it at `/guide.html.md` or `/guide.md`, `/guide/` at `/guide/index.html.md`, `/guide/index.md` or
`/guide.md`.
"""

from __future__ import annotations

from msgspec.structs import replace

from llmstxt_sched.domain.urls import Url

_ENDING = ".md"
_INDEX_FILES = ("index.html", "index")


def copies_of(page: Url) -> tuple[Url, ...]:
    """The addresses at which the copy of `page` may be, the most exact one first."""
    if page.path.endswith("/"):
        names = [f"{page.path}{name}" for name in _INDEX_FILES] + [page.path.rstrip("/")]
    else:
        names = [page.path, page.path.removesuffix(".html")]
    return tuple(replace(page, path=f"{name}{_ENDING}") for name in dict.fromkeys(names) if name)


def pages_of(copy: Url) -> tuple[Url, ...]:
    """The addresses of which `copy` may be the copy; none if it does not end in `.md`."""
    if not copy.path.endswith(_ENDING):
        return ()
    name = copy.path.removesuffix(_ENDING)
    names = [name, f"{name}.html", f"{name}/"]
    names += [name.removesuffix(index) for index in _INDEX_FILES if name.endswith(f"/{index}")]
    return tuple(replace(copy, path=path) for path in names)
