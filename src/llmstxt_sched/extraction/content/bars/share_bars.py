"""Drops the links that share a page on other sites: by where they lead, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.own_contents import part_before
from llmstxt_sched.extraction.dom.tree import Element, Tree, says_something, shown
from llmstxt_sched.extraction.lazy_pattern import LazyPattern

_KIND: Final = "page tool"
# Where a page is shared, with its address in the query.
_SHARES: Final = LazyPattern(
    r"mailto:\?|(?:https?:)?//b\.hatena\.ne\.jp/entry/.|(?:https?:)?//(?:[\w-]{1,40}\.){0,3}(?:(?:twitter|x)\.com/(?:intent/(?:tweet|post)|share)|"
    r"facebook\.com/(?:sharer|share|dialog/share)|linkedin\.com/(?:sharearticle|sharing/|cws/share)|"
    r"reddit\.com/submit|pinterest\.[a-z.]{2,6}/pin/create|tumblr\.com/(?:share|widgets/share)|"
    r"(?:t|telegram)\.me/share|whatsapp\.com/send|wa\.me/|xing\.com/(?:spi/shares|social/share|app/user)|"
    r"vk\.com/share|ok\.ru/(?:offer|dk)|connect\.mail\.ru/share|weibo\.com/share|qq\.com/(?:cgi-bin/qzshare|widget/share)|"
    r"douban\.com/(?:share|recommend)|hatena\.ne\.jp/add|line\.me/(?:r/msg|r/share|lineit/share)|"
    r"getpocket\.com/(?:save|edit)|ycombinator\.com/submitlink|kakao\.com/share|share\.naver\.com/|band\.us/plugin/share|"
    r"bsky\.app/intent|threads\.net/intent|plus\.google\.com/share|digg\.com/submit)[^?#]{0,60}\?.",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"\S+\.\w{2,8}(?:/\S*)?|\S+@\S+")
# Found sooner, and most links have none.
_QUERY, _WITHOUT_QUERY = "?", "hatena"
# Fewer links may be what a text is about; one that sends the page by mail is among them.
_MIN_LINKS: Final = 2
# In characters, of all in a bar, and of all beside its links, such as "Share on"; and elements in and around it.
_MAX_BAR, _MAX_LABEL, _MAX_INSIDE, _MAX_AROUND = 400, 40, 200, 4
_MAX_LOOKED_AT: Final = 60
# What is no bar by itself, and what none holds.
_NO_BARS: Final = selectors.ROOTS | {"dd", "dt", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
_PARTS: Final = selectors.CODE_BLOCKS | selectors.CODE_SPANS | {"table", "dl", "form"}


def drop_share_bars(tree: Tree, kept: Set[Element]) -> None:
    """Drop what holds nothing but such links, with the label before them."""
    links = [link for link in tree.tagged("a") if _may_share(link.get("href")) and _shares(link)]
    for link in shown(links[:_MAX_LOOKED_AT], tree.body):
        around = islice(link.ancestors(), _MAX_AROUND)
        bars = [node for node in around if node.tag not in _NO_BARS and _is_bar(tree, node)]
        if bars and not any(node in kept for node in (*bars, link)) and not _is_announced(bars[-1]):
            label = _label_of(bars[-1])
            bars[-1].drop(_KIND)
            if label is not None and label not in kept:
                label.drop(_KIND)


def _may_share(href: str) -> bool:
    return _QUERY in href or _WITHOUT_QUERY in href


def _shares(link: Element) -> bool:
    return _SHARES.match(link.get("href").strip()) is not None


def _is_bar(tree: Tree, node: Element) -> bool:
    if node.chars > _MAX_BAR or node.chars - node.link_chars > _MAX_LABEL or node.end - node.at > _MAX_INSIDE:
        return False
    inside = [*tree.within(node)]
    links = [inner for inner in inside if inner.tag == "a" and "href" in inner.attrs]
    shares = [
        link for link in links if _SHARES.match(link.get("href").strip()) and not _ADDRESS.fullmatch(link.words())
    ]
    others = [link for link in links if link not in shares and link.get("href").strip()[:1] not in ("", "#")]
    return len(shares) >= _MIN_LINKS and not others and all(inner.tag not in _PARTS for inner in inside)


def _is_announced(bar: Element) -> bool:
    """Whether a sentence before the links goes on with them."""
    before = part_before(bar)
    text = before if isinstance(before, str) else before.words() if before is not None and before.chars < 2000 else ""
    return len(text) > _MAX_LABEL and text.rstrip().endswith((":", "\uff1a"))


def _label_of(bar: Element) -> Element | None:
    """The line or heading before the links that has nothing else below it."""
    before = part_before(bar)
    if not isinstance(before, Element) or before.dropped or not 0 < before.chars <= _MAX_LABEL or before.link_chars:
        return None
    if before.tag not in selectors.HEADINGS - {"h1"}:
        return before if before.words().endswith((":", "\uff1a")) else None
    siblings = bar.parent.children if bar.parent is not None else []
    behind = filter(says_something, islice(siblings[siblings.index(bar) + 1 :], _MAX_INSIDE))
    following = next(behind, None)
    is_last = following is None or (isinstance(following, Element) and following.tag in selectors.HEADINGS)
    return before if is_last else None
