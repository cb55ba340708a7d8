"""The scripts, styles and pictures of the pages, as they are sent: without comments, compressed, below a digest.

They are read once, when the process starts, so that there is no build.
"""

from __future__ import annotations

import gzip
import hashlib
import posixpath
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rcssmin import cssmin
from rjsmin import jsmin

WEB = Path(__file__).parents[2] / "web"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

_IMPORT = re.compile(r"""^(?:import|export)\b[^"'(]*["'](\.[^"']+)["']""", re.MULTILINE)


class Asset(NamedTuple):
    """A file as it is sent; `gzipped` is the same, for browsers that accept it."""

    media_type: str
    body: bytes
    gzipped: bytes


def read_assets(folder: Path) -> dict[str, Asset]:
    """Every file of `folder` that may be served, by its path; nothing else in it can be requested."""
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in MEDIA_TYPES)
    return {path.relative_to(folder).as_posix(): _asset(path.suffix, path.read_text("utf-8")) for path in files}


def digest_of(assets: dict[str, Asset]) -> str:
    """A digest that is another for other assets."""
    digest = hashlib.sha256()
    for path, asset in assets.items():
        digest.update(f"{path}\0{len(asset.body)}\0".encode() + asset.body)
    return digest.hexdigest()[:16]


def modules_of(*names: str) -> list[str]:
    """The modules of these names and all that they import before they run, by their paths."""
    found: list[str] = []
    ahead = list(names)
    while ahead:
        name = ahead.pop(0)
        if name not in found:
            found.append(name)
            ahead += _imported(name)
    return found


# Most modules are part of most views.
@cache
def _imported(name: str) -> list[str]:
    return [_resolved(name, specifier) for specifier in _IMPORT.findall((WEB / name).read_text("utf-8"))]


def _resolved(name: str, specifier: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), specifier))


def _asset(suffix: str, text: str) -> Asset:
    minify = {".css": cssmin, ".js": jsmin}.get(suffix)
    body = (minify(text) if minify else text).encode()
    return Asset(MEDIA_TYPES[suffix], body, gzip.compress(body, mtime=0))


ASSETS = read_assets(WEB)
DIGEST = digest_of(ASSETS)
