"""Finds the pages that are none: a server's "not found" that comes with status 200.

A made-up address is asked for once a crawl.  Where it gets a page, the answers that are like it are no pages either;
but where all pages are like it and it does not say that it is none, the server makes a page of any address.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from typing import TypeAlias
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from llmstxt_sched.crawler.fetch_result import FetchResult
from llmstxt_sched.crawler.frontier.crawl_request import CrawlRequest
from llmstxt_sched.crawler.identity.likeness import Words, likeness, words_of
from llmstxt_sched.crawler.model import PAGES, Outcome
from llmstxt_sched.crawler.visit import Visitor
from llmstxt_sched.documents.model import Extract
from llmstxt_sched.domain.urls import Scope, Url
from llmstxt_sched.extraction.model import ContentFacts

# A share of all words; the rest may be the suggestions of a search, or a number of the request.
_MIN_LIKENESS = 0.9
_WORD = re.compile(r"[^\W_]+")
# In a title or heading.
_NOT_FOUND = re.compile(
    r"\b404\b|not found|no such|no longer|(?:does|do)(?:n.t| not) exist|cannot be found|nicht gefunden|introuvable|"
    r"no encontrad|não encontrad|non trovat|niet gevonden|не (?:найден|знайден|съществува)|"
    r"nie (?:znaleziono|istnieje)|nenalezen|neexistuje|nenájden|ikke (?:fundet|funnet)|hittades inte|ei löyd?y|"
    r"nem található|nu a fost găsit|bulunamad.|không (?:tìm thấy|tồn tại)|tidak ditemukan|δεν (?:βρέθηκε|υπάρχει)|"
    r"غير موجود|لم يتم العثور|לא נמצא|(?:یافت|پیدا) نشد|नहीं मिला|ไม่พบ|"
    r"見つかりません|存在しません|找不到|未找到|不存在|찾을 수 없|존재하지 않",
    re.IGNORECASE,
)
# With which a server puts off whoever asks.  Others, such as 500, may be all that it ever has for unknown addresses: to
# wait for a better answer would keep its pages about errors out for ever.
_PUT_OFF = frozenset({408, 425, 429, 502, 503, 504})
# So many pages that are all like the answer to a made-up address, and none that is not, are made of their addresses.
_MAX_DOUBTFUL = 10


Fetched: TypeAlias = tuple[CrawlRequest, FetchResult]


class _Answer(Struct, frozen=True):
    """What is compared of an answer; `names` are title and heading, and the words of its address do not count."""

    names: str
    address: frozenset[str]
    title: tuple[str, ...]
    h1: tuple[str, ...]
    words: Words


class Soft404s:
    """Tells which pages of a crawl are like the answer to an address that cannot exist.

    `home` is the start page, which is never one of them, and `start` its content; `deadline` is the crawl's, in the
    event loop's time; `stands` tells whether a page of this address is in the documents.
    """

    def __init__(
        self,
        visitor: Visitor,
        scope: Scope,
        home: Url,
        start: ContentFacts | None,
        deadline: float,
        stands: Callable[[str], bool],
    ) -> None:
        self._visitor = visitor
        self._stands = stands
        self._scope = scope
        self._home = home
        self._deadline = deadline
        self._start_content = start
        self._start: _Answer | None = None
        # The same in every run, so that the server answers alike.
        name = sha256(f"{home.origin}{scope.folder}".encode()).hexdigest()[:16]
        self._unknown = replace(home, path=f"{scope.folder}no-such-page-{name}", query="")
        self._is_asked = False
        # For now: there may be an answer in the next run.
        self._is_unanswered = False
        self._expected: _Answer | None = None
        self._has_other_pages = False
        self._doubtful: list[Fetched] = []

    async def check(self, request: CrawlRequest, result: FetchResult) -> list[Fetched]:
        """What is known now of the results until here, in their order; must be called in crawl order.

        Each is as it was, or says that there is no page.  Those that are like the answer to the made-up address wait
        for a page that is not; `rest` gives those for which none came.
        """
        fetched = (request, result)
        if request.url == self._home or result.outcome not in PAGES:
            return [fetched]
        if result.content is None:
            return self._other_page(fetched)
        if not self._is_asked:
            self._is_asked = True
            self._expected = await self._ask()
            if self._expected and self._start_content:
                self._start = await self._answer(self._home, self._start_content)
        if self._expected is None:
            return [self._by_its_words(fetched, result.content.extract)]
        page = await self._answer(request.url, result.content)
        if not self._is_like(page, self._expected):
            return self._other_page(fetched)
        # A server that makes a page of any address may make its start page so as well: then each has a name of its own.
        if self._start and _is_same(self._start, self._expected) and _names(self._start) == _names(page):
            note = "the start page, as for any made-up address"
            return [(request, replace(result, outcome=Outcome.DUPLICATE, note=note))]
        if self._has_other_pages or _NOT_FOUND.search(self._expected.names):
            return [_gone(fetched)]
        self._doubtful.append(fetched)
        return self.rest() if len(self._doubtful) >= _MAX_DOUBTFUL else []

    def _by_its_words(self, fetched: Fetched, said: Extract) -> Fetched:
        """A new page that says that there is none waits for a run in which the made-up address is answered."""
        is_doubtful = self._is_unanswered and _NOT_FOUND.search(f"{said.title}\n{said.h1}")
        if not is_doubtful or self._stands(str(fetched[0].url)):
            return fetched
        return _gone(fetched, "it says so, and a made-up address could not be asked for to compare")

    def rest(self) -> list[Fetched]:
        """The pages that waited in vain for one that is unlike them: they stay, and nothing is made of the answer."""
        doubtful, self._doubtful = self._doubtful, []
        if doubtful:
            self._expected = None
        return doubtful

    def _other_page(self, fetched: Fetched) -> list[Fetched]:
        self._has_other_pages = True
        doubtful, self._doubtful = self._doubtful, []
        return [*map(_gone, doubtful), fetched]

    async def _ask(self) -> _Answer | None:
        try:
            async with asyncio.timeout_at(self._deadline):
                result = await self._visitor.visit_unknown(self._unknown)
                # A page that leads to another site as well is none of this one in any case.
                if result.target and result.target != self._home and self._scope.holds_host(result.target):
                    result = await self._visitor.visit_unknown(result.target)
        except TimeoutError:
            self._is_unanswered = True
            return None
        self._is_unanswered = result.is_transient and (result.status is None or result.status in _PUT_OFF)
        if result.outcome is not Outcome.OK or result.content is None:
            return None
        return await self._answer(self._unknown, result.content)

    async def _answer(self, url: Url, content: ContentFacts) -> _Answer:
        extract, text = content.extract, (await self._visitor.whole(content)).markdown
        address = frozenset(_words(unquote(f"{url.host} {url.target}")))
        names = f"{extract.title}\n{extract.h1}"
        return _Answer(names, address, _words(extract.title), _words(extract.h1), words_of(text))

    def _is_like(self, page: _Answer, expected: _Answer) -> bool:
        titles = _titles(page, expected)
        # A title that the start page has as well is the site's, and says nothing.
        is_named = any(titles) and not (
            self._start and _titles(self._start, expected) == _titles(expected, self._start)
        )
        if is_named and titles == _titles(expected, page):
            return True
        if not self._start:
            return _is_same(page, expected)
        # Short pages below a long menu are all nearly the same: what the start page has as well does not count.
        return _is_same(page, expected) and _is_same(_beyond(page, self._start), _beyond(expected, self._start))


def _gone(fetched: Fetched, note: str = "the same answer as for a made-up address") -> Fetched:
    request, result = fetched
    return request, replace(result, outcome=Outcome.GONE, note=note)


def _names(answer: _Answer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return answer.title, answer.h1


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _is_same(one: _Answer, other: _Answer) -> bool:
    address = one.address | other.address
    pair = (Counter({word: n for word, n in each.words.items() if word not in address}) for each in (one, other))
    return likeness(*pair) >= _MIN_LIKENESS


def _beyond(answer: _Answer, start: _Answer) -> _Answer:
    """`answer` without the words that the start page has as well, such as those of a menu."""
    return replace(answer, words=answer.words - start.words)


def _titles(one: _Answer, other: _Answer) -> tuple[list[str], list[str]]:
    """Title and heading of `one` without the words of the two addresses."""
    address = one.address | other.address
    return [word for word in one.title if word not in address], [word for word in one.h1 if word not in address]
