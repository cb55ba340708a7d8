"""Finds the address of the picture that an <img> shows, which pages that load pictures late keep elsewhere."""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction.dom.tree import Element

_SOURCES: Final = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-orig-src",
    "data-url",
    "data-hi-res-src",
    "data-ll-src",
    "data-echo",
    "data-lazyload",
    "data-img-src",
    "data-image",
    "data-full-src",
    "data-flickity-lazyload",
    "data-original-src",
    "data-actualsrc",
    "data-lazysrc",
    "data-cfsrc",
)
# For fine screens alone, where `src` has another.
_LAST: Final = "data-src-retina"
_SOURCE_SETS: Final = ("data-srcset", "data-lazy-srcset", "srcset")
_CANDIDATE: Final = re.compile(r"([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)[wxh])?\s*(?:,|$)")
_PLACEHOLDER: Final = re.compile(
    r"data:|about:|#|(?:.*/)?(?:blank|spacer|placeholder|transparent|lazy|1x1|pixel|loading)\.(?:gif|png|svg)(?:\?|$)",
    re.IGNORECASE,
)


def source_of(image: Element) -> str:
    """The address of the picture, as written; '' if the element has only a placeholder's, or none."""
    for name in (*_SOURCES, "src", _LAST):
        source = image.get(name).strip()
        # A lazy name may as well hold a number or a flag.
        if source and not _PLACEHOLDER.match(source) and (name == "src" or "/" in source or "." in source):
            return source
    for holder in (image, *_alternatives(image)):
        for name in _SOURCE_SETS:
            source = _largest(holder.get(name))
            if source:
                return source
    return ""


def _alternatives(image: Element) -> list[Element]:
    around = image.parent
    return [node for node in around.elements() if node.tag == "source"] if around and around.tag == "picture" else []


def _largest(source_set: str) -> str:
    """The address of the largest picture of a `srcset` (HTML standard, section 4.8.4.2.1)."""
    candidates = [
        (float(match[2] or 1), match[1])
        for match in _CANDIDATE.finditer(source_set[:10_000])
        if not _PLACEHOLDER.match(match[1]) and (match[2] or "1").count(".") < 2
    ]
    return max(candidates, key=lambda candidate: candidate[0])[1] if candidates else ""
