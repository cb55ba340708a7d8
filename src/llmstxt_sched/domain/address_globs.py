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
from llmstxt_sched.domain.urls import DOT_SEGMENTS, Url

_ORIGIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?P<host>[^/?#]*)")


class AddressChoice:
    """Which addresses of a site are wanted; remembers which globs matched none of those that it was asked about."""

    def __init__(self, include: Sequence[str], exclude: Sequence[str]) -> None:
        self._include = [(pattern, address_glob(pattern)) for pattern in include]
        self._exclude = [(pattern, address_glob(pattern)) for pattern in exclude]
        self._unmatched = dict.fromkeys((*include, *exclude))

    @property
    def parts(self) -> int:
        """How many texts are searched for in an address, at most."""
        return sum(len(each.parts) for _, each in (*self._include, *self._exclude))

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The globs that matched no address so far, in the order of the lists."""
        return tuple(self._unmatched)

    def wants(self, url: Url) -> bool:
        """Whether `url` matches a glob to include, if there is any, and none to exclude."""
        return not self.refusal(url)

    def refusal(self, url: Url) -> str:
        """The list that keeps `url` out, "include" or "exclude"; '' if neither does."""
        is_left_out = bool(self._include) and not self._holds(self._include, url.target)
        is_excluded = self._holds(self._exclude, url.target, is_held=is_left_out)
        if is_left_out:
            return "include"
        return "exclude" if is_excluded else ""

    def _holds(self, globs: Sequence[tuple[str, Glob]], target: str, *, is_held: bool = False) -> bool:
        """Whether one of `globs` matches; once it `is_held`, only those are tried that matched nothing so far."""
        for pattern, each in globs:
            if (not is_held or pattern in self._unmatched) and each.matches(target):
                is_held = True
                self._unmatched.pop(pattern, None)
        return is_held


def address_glob(pattern: str) -> Glob:
    """The glob of `pattern`, to be matched against `Url.target`."""
    origin = _ORIGIN.match(pattern)
    target = pattern[origin.end() :] if origin else pattern
    # Also of the start page, whose address may be written without its path.
    return glob(urls.escape(f"/{target}" if origin and not target.startswith("/") else target))


def check_address_glob(pattern: str, hosts: Iterable[str]) -> None:
    """Raise ValueError with a sentence if `pattern` can match no address of a site on `hosts`."""
    origin = _ORIGIN.match(pattern)
    if origin:
        _check_origin(pattern, origin, hosts)
    elif not pattern.startswith(("/", "*")):
        raise ValueError(f"{pattern[:100]} matches no address: begin it with / or with *, as in /docs/* or *.pdf")
    if "#" in pattern:
        raise ValueError(f"{pattern[:100]} matches no address: they are compared without what follows a #")
    if DOT_SEGMENTS.search(urls.escape(pattern.partition("?")[0])):
        raise ValueError(
            f"{pattern[:100]} matches no address: a . or .. between slashes is resolved before they are compared"
        )


def _check_origin(pattern: str, origin: re.Match[str], hosts: Iterable[str]) -> None:
    host = _as_in_addresses(origin["host"]).removeprefix("www.")
    own = [name.removeprefix("www.") for name in hosts]
    if not origin[0].lower().startswith(("http://", "https://")) or not any(map(glob(host).matches, own)):
        raise ValueError(f"{pattern[:100]} matches no address of {own[0]}: name a path, as in /docs/*")


def _as_in_addresses(authority: str) -> str:
    """The host of `authority` as addresses have it, such as that of a name with umlauts; it may hold a `*`."""
    if address := urls.try_parse(f"http://{authority}/"):
        return address.host
    host = re.sub(r":\d*$", "", authority.lower())
    try:
        return urls.ascii_name(host)
    except UnicodeError:
        return host
