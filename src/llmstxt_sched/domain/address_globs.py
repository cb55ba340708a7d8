"""A project's include and exclude lists: globs over the path and query of addresses.

`*` stands for any run of characters, slashes included; every other character is itself, and the glob must match from
the first slash of the path to the end of the query.  It is percent-encoded as addresses are, so that `/über*` matches.
One that is written as a full URL stands for what follows the host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from llmstxt_sched.domain import urls
from llmstxt_sched.domain.globs import Glob, glob
from llmstxt_sched.domain.urls import Url

_ORIGIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?P<host>[^/?#]*)")


class AddressChoice:
    """Which addresses of a site are wanted; remembers which globs matched none of those that it was asked about."""

    def __init__(self, include: Sequence[str], exclude: Sequence[str]) -> None:
        self._include = [address_glob(pattern) for pattern in include]
        self._exclude = [address_glob(pattern) for pattern in exclude]
        self._unmatched = {pattern: address_glob(pattern) for pattern in (*include, *exclude)}

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The globs that matched no address so far, in the order of the lists."""
        return tuple(self._unmatched)

    def wants(self, url: Url) -> bool:
        """Whether `url` matches a glob to include, if there is any, and none to exclude."""
        return not self.refusal(url)

    def refusal(self, url: Url) -> str:
        """The list that keeps `url` out, "include" or "exclude"; '' if neither does."""
        target = url.target
        for pattern in [pattern for pattern, each in self._unmatched.items() if each.matches(target)]:
            del self._unmatched[pattern]
        if self._include and not any(each.matches(target) for each in self._include):
            return "include"
        return "exclude" if any(each.matches(target) for each in self._exclude) else ""


def address_glob(pattern: str) -> Glob:
    """The glob of `pattern`, to be matched against `Url.target`."""
    origin = _ORIGIN.match(pattern)
    return glob(urls.escape(pattern[origin.end() :] or "/" if origin else pattern))


def check_address_glob(pattern: str, hosts: Iterable[str]) -> None:
    """Raise ValueError with a sentence if `pattern` can match no address of a site on `hosts`."""
    origin = _ORIGIN.match(pattern)
    if origin:
        _check_origin(pattern, origin, hosts)
    elif not pattern.startswith(("/", "*")):
        raise ValueError(f"{pattern[:100]} matches no address: begin it with / or with *, as in /docs/* or *.pdf")
    if "#" in pattern:
        raise ValueError(f"{pattern[:100]} matches no address: they are compared without what follows a #")


def _check_origin(pattern: str, origin: re.Match[str], hosts: Iterable[str]) -> None:
    host = re.sub(r":\d*$", "", origin["host"].lower()).strip("[]").removeprefix("www.")
    own = [name.removeprefix("www.") for name in hosts]
    if not origin[0].lower().startswith(("http://", "https://")) or not any(map(glob(host).matches, own)):
        raise ValueError(f"{pattern[:100]} matches no address of {own[0]}: name a path, as in /docs/*")
