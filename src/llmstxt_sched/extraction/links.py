"""Finds a page's links, and those among them that lead to the page itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

from llmstxt_sched.domain.urls import MAX_URL, try_parse
from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.remembered import remembered

MAX_LINKS: Final = 2000
# One more tells that there are more.
MOST_LINKS: Final = MAX_LINKS + 1
_PLAIN_PATH: Final = re.compile(r"/?[A-Za-z0-9_~-][A-Za-z0-9_~./-]*")
# Whose name no rule of names changes or refuses.
_PLAIN_URL: Final = re.compile(r"https?://(?=[^/]{1,60}/)(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}/[A-Za-z0-9_~./-]*")
_INDEXES: Final = ("index.html", "index.htm", "index.php")
# In characters; with its base a longer one could be too long for a URL.
_MAX_PLAIN: Final = 500


def base_url(tree: Tree, url: str) -> str:
    """The URL that the page's links are relative to: that of its <base>, else its own."""
    first = next(filter(lambda node: "href" in node.attrs, tree.tagged("base")), None)
    href = first.get("href").strip() if first is not None else ""
    return absolute(url, href) or url if href else url


def opens_in_frame(tree: Tree) -> bool:
    """Whether the links of the page open in another frame, beside which this one is the list (HTML 4.01, 16.3.2)."""
    base = next(filter(lambda node: "target" in node.attrs, tree.tagged("base")), None)
    target = "" if base is None else base.get("target")
    return bool(target) and not target.startswith("_")


def absolute(base: str, href: str) -> str:
    """The http(s) URL that `href` leads to, in canonical form and without its fragment; '' if it is not one."""
    target = href.partition("#")[0].strip()
    if not target or target.startswith("?"):
        return _resolved(target, base)
    if _is_data(target):
        return ""
    folder, site = _folder(base)
    if "/." not in target and len(target) < _MAX_PLAIN:
        # Most links are such, whose canonical form is known without parsing them.
        if _PLAIN_PATH.fullmatch(target) and "//" not in target:
            return f"{folder}{target}" if target[0] != "/" else f"{site}{target}"
        if _PLAIN_URL.fullmatch(target) and target.count("//") == 1:
            return target
    return _resolved(target, folder)


class Addresses(dict[str, str]):
    """What a page links to, by how it is written: the URLs that are `absolute`, each found once."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def __missing__(self, href: str) -> str:
        address = self[href] = absolute(self.base, href)
        return address


def find_links(tree: Tree, url: str, addresses: Addresses) -> tuple[tuple[str, ...], list[Element]]:
    """Find the page's links, and the elements that link to the page itself.

    The links are the first 2,000 different ones in the page's order and one more, without those with rel=nofollow.
    What a frame shows is linked to, and in the end what comes next by the page's head, for where only scripts draw the
    links to it.  One that is too long for a URL stands there cut, but too long all the same.
    """
    here = absolute(url, "")
    spellings = _spellings(here)
    found: dict[str, None] = {}
    self_links: list[Element] = []
    # To another spelling of the page's address: where none leads to the address itself, they stand for it.
    alike: list[Element] = []
    for node in tree.tagged(*selectors.LINKS):
        href = _address(node)
        target = addresses[href] if href or "href" in node.attrs else ""
        if not target and len(href) > MAX_URL and not _is_data(href):
            target = _cut(addresses.base, href)
        if target in spellings and (href == "#" or not href.startswith("#")):
            (self_links if target == here else alike).append(node)
        if target not in ("", here) and len(found) < MOST_LINKS and "nofollow" not in node.get("rel").lower().split():
            found.setdefault(target)
    sources = [script.get("src").partition("?")[0] for script in tree.tagged("script")]
    if selectors.OF_WRITERSIDE in tree.body.attrs:
        sources.append(selectors.MENU_OF_WRITERSIDE)
    for source in sources:
        if is_script_menu(source) and len(found) < MOST_LINKS and (target := addresses[source]):
            found.setdefault(target)
    for node in tree.tagged("link"):
        relations = node.get("rel").lower().split()
        is_series = not selectors.SERIES.isdisjoint(relations) and "nofollow" not in relations
        if is_series and len(found) < MOST_LINKS and (target := addresses[node.get("href").strip()]) not in ("", here):
            found.setdefault(target)
    return tuple(found), self_links or alike


def _cut(base: str, href: str) -> str:
    try:
        return urljoin(base, href)[: MAX_URL + 1]
    except ValueError:
        return ""


def _is_data(href: str) -> bool:
    """Whether an address is all that it leads to, such as a picture, which Python's parser would remember."""
    return href[:5].lower() == "data:"


def is_script_menu(path: str) -> bool:
    """Whether the address of a script, without its query, is that of a menu of the site."""
    return path.rpartition("/")[2] in selectors.SCRIPT_MENUS


def _spellings(url: str) -> frozenset[str]:
    """The address itself, and that of its folder for an index and the other way round."""
    folder, _, name = url.rpartition("/")
    if not name:
        return frozenset([url, *(f"{url}{index}" for index in _INDEXES)])
    return frozenset([url, f"{folder}/"] if name in _INDEXES else [url])


def _address(node: Element) -> str:
    """Where a link leads to, or what a frame shows, at once or late."""
    # An object that shows a picture is named as one.
    if node.tag in ("object", "embed", "img") and not node.get("type").lower().startswith("text/html"):
        return ""
    # In a picture of SVG the older name is as good.
    address = (node.get("href") or node.get("xlink:href") or node.get("src") or node.get("data")).strip()
    return node.get("data-src").strip() if node.tag == "iframe" and address in ("", "about:blank") else address


@lru_cache(maxsize=64)
def _folder(base: str) -> tuple[str, str]:
    """The folder of a page, which lets all pages of a folder share the cache, and the site, without a slash."""
    folder = base[: base.rfind("/") + 1] if base.count("/") > 2 else f"{base}/"
    return folder, folder[: folder.index("/", 8)]


@remembered(8192)
def _resolved(href: str, base: str) -> str:
    path, mark, query = href.partition("?")
    try:
        # Browsers take a backslash for a slash (URL standard, section 4.4).
        address = try_parse(urljoin(base, path.replace("\\", "/") + mark + query).partition("#")[0])
    except ValueError:
        return ""
    return str(address) if address else ""
