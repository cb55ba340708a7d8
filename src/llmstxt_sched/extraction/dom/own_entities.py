"""The entities that a page in XML declares for itself, such as the name of a product (XML 1.0, section 4.2)."""

from __future__ import annotations

import re
from typing import Final

# One that is kept elsewhere is not asked for, and is nothing.
_DECLARED: Final = re.compile(
    r"""<!ENTITY\s{1,9}([A-Za-z_][\w.-]{0,60})\s{1,9}(?:"([^"]{0,1000})"|'([^']{0,1000})'|(?:SYSTEM|PUBLIC)\s[^<>]{0,500})\s{0,9}>"""
)
_USED: Final = re.compile(r"&([A-Za-z_][\w.-]{0,60});")
# Which nobody declares anew (section 4.6).
_PREDEFINED: Final = frozenset(["amp", "apos", "gt", "lt", "quot"])
# In characters.  Entities of entities can make a small page large; what goes beyond stays as it is written.
_MAX_VALUE, _MAX_WRITTEN = 5000, 1_000_000


def own_entities(document_type: str) -> dict[str, str]:
    """The texts of the entities that a document type declares in itself, in which those before are written out."""
    found: dict[str, str] = {}
    for name, double, single in _DECLARED.findall(document_type):
        if name not in _PREDEFINED and name not in found:
            found[name] = write_out(double or single, found, _MAX_VALUE)
    return found


def write_out(text: str, entities: dict[str, str], most: int = _MAX_WRITTEN) -> str:
    """`text` with these entities written out, as far as that adds no more than `most` characters."""
    if not entities:
        return text
    parts, end, written = list[str](), 0, 0
    for used in _USED.finditer(text):
        value = entities.get(used[1])
        if value is not None and written + len(value) <= most:
            parts += [text[end : used.start()], value]
            end, written = used.end(), written + len(value)
    return "".join([*parts, text[end:]])
