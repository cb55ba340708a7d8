"""Reads what a site's software says of a page in the classes of its body, the same in every language.  Pure."""

from __future__ import annotations

from typing import Final

# WordPress' lists of posts; one of a kind of its own may be a site's documentation.
_ARCHIVE: Final = "archive"
_OF_POSTS: Final = frozenset(["category", "tag", "author", "date"])
_OF_GHOST: Final = frozenset(["tag-template", "author-template"])
# MediaWiki's: discussions, what it makes itself, users, files, messages, templates, categories and modules.
_WIKI: Final = "mediawiki"
_OF_WIKI: Final = frozenset(["ns-talk", "ns-special", "ns-2", "ns-6", "ns-8", "ns-10", "ns-14", "ns-828"])


def is_secondary(classes: str) -> bool:
    """Whether a page lists the posts of a category, a tag, an author or a date, or is no article of a wiki."""
    names = frozenset(classes.split())
    if _WIKI in names:
        return not names.isdisjoint(_OF_WIKI)
    return not names.isdisjoint(_OF_GHOST) or (_ARCHIVE in names and not names.isdisjoint(_OF_POSTS))
