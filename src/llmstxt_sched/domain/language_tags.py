"""Names of languages in paths: tags as in BCP 47, with `-` or `_`, and the languages that sites are translated to."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,2}", re.IGNORECASE)
_CODE_NAMES = """
    ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk km ko lo lt lv mk mn
    ms my nb ne nl nn no pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh
"""
_CODES = frozenset(_CODE_NAMES.split())


def has_form_of_tag(text: str) -> bool:
    """Whether `text` could be a tag, as many words of two or three letters could."""
    return _TAG.fullmatch(text) is not None


def normalised(tag: str) -> str:
    """`tag` in small letters, with `-` between its parts."""
    return tag.strip().lower().replace("_", "-")


def is_common(tag: str) -> bool:
    """Whether `tag` begins with the code of a language that sites are translated to."""
    return normalised(tag).partition("-")[0] in _CODES
