"""Chooses the titles of pages and finds the name of the site in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import unquote, urlsplit

from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.documents.text import title_line

# A text that this share of the titles has is one that they share.
_MIN_SHARE = 0.6
# For a text that the <title> of the home page begins with, so many titles and this share of them are enough.
_MIN_NAMED, _MIN_SHARE_NAMED = 3, 0.05
# For a text that it ends with, this share is enough.
_MIN_SHARE_OF_HOME = 0.2
_SEPARATOR = re.compile(
    r"\s+[|\-\u2013\u2014\u00b7\u2022\u00bb\u00ab:>~\u2039\u203a]+\s+|\s*[|»«\uff5c\u4e28]\s*|:\s+|\s+::\s+|"
    r"\s+\[(?=[^\[\]]+\]$)"
)
# Between a title and the text that many share may be any sign with spaces around it.  Where no spaces are written, as
# between Han, kana and Hangul, a sign has none, but there it is also part of words.
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff9f"
_BARE_SIGN = r"\s?[-_/~|\u00b7\u2010-\u2015\u2022\u30fb\uff0d\uff3f\uff5e]{1,2}\s?"
_BESIDE_SHARED = re.compile(
    rf"\u00bb?\s+(?:[^\w\s()]{{1,3}}|_)\s+|{_SEPARATOR.pattern}|\s*\uff1a\s*|"
    rf"(?<=[{_WIDE}]){_BARE_SIGN}|{_BARE_SIGN}(?=[{_WIDE}])"
)
_OPENING, _CLOSING = (
    "\uff08\u3008\u300a\u300c\u300e\u3010\u3014\u3016",
    "\uff09\u3009\u300b\u300d\u300f\u3011\u3015\u3017",
)
# Where few titles have it, such a sign is part of them: "Ways to say: Mill", "Wind & Mill".
_JOINS_WORDS = re.compile(r":(?!:)|\uff1a|\s*[&+/=\u00d7\u2192\u30fb]")
# A title's end in brackets, in which a version may stand in brackets once more.
_IN_BRACKETS = re.compile(
    rf"\s+\([^()]+(?:\([^()]*\)[^()]*)?\)$|\s*[{_OPENING}][^{_OPENING}{_CLOSING}]+[{_CLOSING}]$|"
    r"\s\u00ab[^\u00ab\u00bb]+\u00bb$"
)
_BRACKETS_FIRST = re.compile(rf"[{_OPENING}][^{_OPENING}{_CLOSING}]+[{_CLOSING}]\s*")
# The end of Javadoc's titles.
_OF_API = re.compile(r" \([^()]{1,100} API\)$")
_BRACKETED = re.compile(r"^[\[(]?([^\[\]()]*(?:\([^()]*\))?)[\])]$")
_QUOTED = re.compile(rf"[\u00ab\u201c\u201e{_OPENING}]\s?(.+?)\s?[\u00bb\u201c\u201d{_CLOSING}]")
_FILE_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|md)$", re.IGNORECASE)
# Between the words of a segment; a version keeps its dots.
_BETWEEN_WORDS = re.compile(r"(?:[-_+\s]|(?<!\d)\.|\.(?!\d|x\b))+")
_VERSION = re.compile(r"v\d")
# Words that are written in another way than with a first capital.
_CAPITALS = (
    "API APIs FAQ FAQs CLI SDK SDKs HTTP HTTPS HTML CSS SQL XML JSON YAML TOML CSV PDF URL URLs URI UI UX AI LLM LLMs "
    "ML SSO SAML LDAP SSH SSL TLS DNS TCP UDP IP RFC RFCs JS PHP AWS GCP CI CD IDE RPC gRPC GraphQL OAuth OpenAPI "
    "iOS macOS JavaScript TypeScript GitHub GitLab WebSocket WebSockets PostgreSQL MySQL SQLite"
)
_SPELLINGS = {word.lower(): word for word in _CAPITALS.split()}
# A title that says which version all pages belong to, but not what they are about.
_NUMBER = re.compile(
    r"(?:version\s*\d+(?:\.[\dx]+){0,2}|v?\d+(?:\.[\dx]+){1,2})(?:[-. ]?(?:alpha|beta|rc|dev|stable|lts)[-.\d]*)?",
    re.IGNORECASE,
)
# A version in the name of a site, or a word that stands for one; a bare number is part of the name, as in "Python 3".
_OF_VERSION = re.compile(
    r"\b(?:version\s+|release\s+)?(?:v\d[\w.]*|\d+(?:\.(?:\d\w*|x))+(?:[-+][\w.]+)?)|\b(?:latest|stable|nightly)\b",
    re.IGNORECASE,
)
_OF_DOCS = re.compile(r"\bdocs?\b")
# The number of a section, or of a chapter.
_NUMBERED = re.compile(r"(\d{1,3})\.\s+(?=\S)")
_WORD_OF_NAME = re.compile(r"\w+")
_MAX_PARTS = 6
# What Sphinx and editors of pages write where there is no title.
_NO_TITLE = re.compile(r"<(?:no title|untitled)>|no title|untitled(?: document| page)?", re.IGNORECASE)
# Odoc calls a page without a title as its file and, in brackets, with its package; dune's list of packages is "index".
_FILE_OF_ODOC, _INDEX = re.compile(r"([\w-]+) \((?:[\w.-]+\.)?\1\)"), "index"
# A title that says no more than where in a manual a page stands.
_PLACE = re.compile(
    r"(?i:section|chapter|part|appendix|kapitel|abschnitt|teil|anhang|chapitre|partie|annexe|capítulo|sección|parte|"
    r"apéndice|capitolo|sezione|appendice|seção|apêndice|hoofdstuk|deel|bijlage|rozdział|część|dodatek|kapitola|část|"
    r"příloha|глава|раздел|часть|приложение|розділ|частина|додаток|bölüm|k.s.m|chương|phần|bab|bagian|luku|osa|liite|"
    r"fejezet|rész|függelék|capitolul|κεφάλαιο|μέρος|الفصل|الجزء|פרק|חלק|فصل|بخش|अध्याय|บทที่) "
    r"(?:\d+|[IVX]+|[A-Z])(?:\.\d+)*\.?|"
    r"第 ?[\d一二三四五六七八九十]{1,4} ?[章节節部編篇回课課]|(?:付録|附录|附錄) ?[A-Z\d]|"
    r"제 ?\d{1,3} ?[장부절편]|부록 ?[A-Z\d]"
)
# The part of a manual that a place may be in: "Unix Section 3".
_PART = re.compile(r"[^\W\d]+ ")
# A title that ends with a number.
_COUNTED, _NUMBERS = re.compile(r"(\S.*) (\d{1,3})"), re.compile(r"\d+")
# They count the pages of a manual, and are no version of it.
_OF_PLACES = frozenset(["section", "chapter", "part", "appendix", "page", "figure", "table"])


class Affix:
    """The text, with its separator, that most of a site's titles share at their end or else at their beginning.

    At the end it may be the same but for a version: then it is that of the most titles.  Fewer may share the whole
    <title> of the home page: gi-docgen's pages of a library's classes do not.  Or they share what that one ends with.
    """

    _beside = ("", "")

    def __init__(self, titles: Sequence[str], home: str = "") -> None:
        min_count = max(2, len(titles) * _MIN_SHARE)
        suffixes = [_suffixes(title) for title in titles]
        self.suffix = _most_shared(suffixes, min_count) or _most_shared_of_versions(suffixes, min_count)
        prefixes = [_prefixes(title) for title in titles] if not self.suffix else []
        self.prefix = _most_shared(prefixes, min_count)
        if home and not self.suffix and not self.prefix:
            least = max(_MIN_NAMED, len(titles) * _MIN_SHARE_NAMED)
            self.prefix = _most_shared([[text for text in texts if _is_named(text, home)] for texts in prefixes], least)
            # The manual of a site that consists of an API besides, whose titles have no name.
            least, ends = max(_MIN_NAMED, len(titles) * _MIN_SHARE_OF_HOME), set(_suffixes(home))
            if not self.prefix:
                self.suffix = _most_shared([[text for text in texts if text in ends] for texts in suffixes], least)
        self._name = _without_separator(self.suffix)
        self._likes = _words_of_suffix(self.suffix) if _OF_VERSION.search(self.suffix) else []
        # Where it begins with the name of a part of the site, pages beside that part have the rest.
        parted = _separators(self.suffix, _BESIDE_SHARED)
        self.tails = [self.suffix[part.start() :] for part in parted if part.start()]
        # Each of several Javadocs on a site has a name of its own.
        apis = Counter(found[0] for found in map(_OF_API.search, titles) if found)
        self._apis = [text for text, count in apis.items() if count >= _MIN_NAMED]
        # Where it is the name of a part of the site alone, the home page and others beside that part have the site's.
        beginnings = [text for text in self._of_site(_prefixes(home)) if _is_shared(text, titles, str.startswith)]
        endings = [text for text in self._of_site(_suffixes(home)) if _is_shared(text, titles, str.endswith)]
        self._beside = (max(beginnings, key=len, default=""), max(endings, key=len, default=""))
        # The site's own name, where the shared text is that of a part of the site; else ''.
        self.site = ""
        if self.suffix and not home.endswith(self.suffix):
            parts = [part for part in parts_of_title(home) if self._begins_with(part)]
            self.site = self.name[: len(max(parts, key=len))] if parts else ""

    @property
    def name(self) -> str:
        """The shared text without its separator, which is usually the site's name; '' if there is none."""
        if self.suffix:
            # DokuWiki and Texinfo write it in brackets.
            name = _without_repeated(_BRACKETED.sub(r"\1", self._name))
            return "" if _NUMBER.fullmatch(name) else name
        found = _BRACKETS_FIRST.fullmatch(self.prefix)
        parts = [_QUOTED.sub(r"\1", self.prefix.strip())] if found else _parts(self.prefix, _BESIDE_SHARED)
        return next(filter(None, parts), "")

    def cut(self, title: str) -> str:
        """`title` without the shared text."""
        if title and title in (self.suffix.strip(), self.prefix.strip()):
            # The template of the titles of all pages, on a page that has none.
            return ""
        if self.suffix and title.endswith(self.suffix):
            return title.removesuffix(self.suffix).strip()
        if self._likes:
            # On some pages it may be that of another version, or spelt in another way.
            like = [text for text in _suffixes(title) if _words_of_suffix(text) == self._likes]
            if like:
                return title.removesuffix(like[0]).strip()
        for tail in self.tails if not self._likes else []:
            if title.endswith(tail) and not any(text.endswith(title) for text in self.tails):
                return title.removesuffix(tail).strip()
        if self.prefix and title.startswith(self.prefix):
            return title.removeprefix(self.prefix).strip()
        return self._cut_otherwise(title)

    def _cut_otherwise(self, title: str) -> str:
        """`title` without what the pages of a part of the site have in place of the shared text."""
        # A site of several generators joins its name in several ways ("Use - Mill", "Use :: Mill").
        named = [text for text in _suffixes(title) if self.suffix and _without_separator(text) == self._name]
        if named and not _JOINS_WORDS.match(named[0]):
            return title.removesuffix(named[0]).strip()
        for text in self._apis:
            if title.endswith(text):
                return title.removesuffix(text).strip()
        beginning, ending = self._beside
        cut = title.removeprefix(beginning).removesuffix(ending).strip()
        return cut or title

    def _of_site(self, texts: list[str]) -> Iterator[str]:
        """Those that are the name, with its separator, with which that of a part of the site begins."""
        return filter(lambda text: self._begins_with(_SEPARATOR.sub("", text).strip()), texts if self.suffix else [])

    def _begins_with(self, name: str) -> bool:
        return bool(name) and self.name.casefold().startswith(f"{name.casefold()} ")


def _without_separator(suffix: str) -> str:
    begin = _BESIDE_SHARED.match(suffix)
    name = suffix[begin.end() if begin and begin[0] != "\u00ab" else 0 :].strip()
    name = _QUOTED.sub(r"\1", name) if _QUOTED.fullmatch(name) else name
    # The mark before it is a separator as well.
    return name if "\u00ab" in name else name.removesuffix("\u00bb").rstrip()


def _is_shared(text: str, titles: Sequence[str], has: Callable[[str, str], bool]) -> bool:
    return sum(has(title, text) for title in titles) >= _MIN_NAMED


def _is_named(prefix: str, name: str) -> bool:
    """Whether a beginning of a title is the name and a separator."""
    return prefix.startswith(name) and _BESIDE_SHARED.fullmatch(prefix, len(name)) is not None


def parts_of_title(title: str) -> list[str]:
    """What a <title> is put together from."""
    return _parts(title, _SEPARATOR)


def _parts(title: str, pattern: re.Pattern[str]) -> list[str]:
    ends = [match.span() for match in islice(_separators(title, pattern), _MAX_PARTS)]
    starts = [0, *(end for _, end in ends)]
    return [title[start:end].strip() for start, end in zip(starts, [*(start for start, _ in ends), None], strict=True)]


def page_titles(pages: Sequence[Page], affix: Affix, home: int | None) -> list[str]:
    """A title for each page: its h1, else its <title> without the affix, else its first heading, else the last
    segment of its path, else the host.

    A <title> that many pages share comes after a first heading that few do, but for the page at `home`.
    """
    h1s = Counter(page.extract.h1 for page in pages)
    cuts = Counter(affix.cut(page.extract.title) for page in pages)
    most = max(2, len(pages) / 10)
    # An h1 that many pages share is the site's name in its banner, not a title.
    shared = {h1 for h1, count in h1s.items() if count > most}
    headings = Counter(page.extract.first_heading for page in pages)
    # It may stand in a heading of another level as well.
    shared_firsts = {heading for heading, count in headings.items() if count > most}
    firsts = [_first_heading(page.extract, shared_firsts) for page in pages]
    headings = Counter(firsts)
    # Where no second chapter follows, the numbers are those of a page's own sections.
    has_chapters = not {_number(h1) for h1 in h1s} <= {"", "1"}
    counted = Counter(found[1] for found in map(_COUNTED.fullmatch, cuts) if found)
    titles: list[str] = []
    for at, page in enumerate(pages):
        h1, cut = page.extract.h1, affix.cut(page.extract.title)
        if _number(h1) and not has_chapters and cuts[cut] == 1 and not _is_said(h1, cut):
            h1 = ""
        # Unless even more share the <title>.
        is_shared = h1 in shared and not (cut and cuts[cut] > h1s[h1])
        h1 = "" if is_shared else h1
        is_of_site = at != home and cuts[cut] > most >= headings[firsts[at]]
        is_of_site = is_of_site or _is_counted(cut, firsts[at], counted, most)
        # A heading that other pages have as well says less than such a place.
        is_of_site = is_of_site or (_is_in_part(cut) and headings[firsts[at]] == 1)
        # What Texinfo calls a manual's first page.
        top = title_line(h1 or page.extract.first_heading) if at == home and cut == "Top" else ""
        titles.append(top or _title(page, affix, h1 or (firsts[at] if is_of_site else "")))
    return titles


def _first_heading(extract: Extract, shared: Collection[str]) -> str:
    """The first heading of a page, or the second one where many pages have the first."""
    return (extract.second_heading if extract.first_heading in shared else "") or extract.first_heading


def _is_in_part(title: str) -> bool:
    """Whether a title says no more than where in a part of a manual a page stands."""
    part = _PART.match(title)
    return part is not None and _PLACE.fullmatch(title, part.end()) is not None


def _is_counted(title: str, heading: str, counted: Mapping[str, int], most: float) -> bool:
    """Whether a title is the same as many others but for its number, and the heading says more of what has that."""
    found = _COUNTED.fullmatch(title)
    is_one = found is not None and counted[found[1]] > most
    return found is not None and is_one and len(heading) > len(title) and found[2] in _NUMBERS.findall(heading)


def _number(heading: str) -> str:
    numbered = _NUMBERED.match(heading)
    return numbered[1] if numbered else ""


def _is_said(heading: str, title: str) -> bool:
    """Whether a <title> says what a numbered heading does, or the other way round."""
    name, title = _NUMBERED.sub("", heading, count=1).casefold(), title.casefold()
    return name in title or title in name


def title_from_segment(segment: str) -> str:
    """A segment of a URL's path as a title: `getting-started.html` becomes `Getting Started`."""
    name = _FILE_ENDING.sub("", unquote(segment, errors="ignore"))
    words = _BETWEEN_WORDS.sub(" ", name).split()
    return title_line(" ".join(_spelt(word) for word in words))


def _spelt(word: str) -> str:
    if _VERSION.match(word):
        return word
    return _SPELLINGS.get(word.lower()) or word[:1].upper() + word[1:]


def _title(page: Page, affix: Affix, h1: str) -> str:
    extract = page.extract
    # A banner that says the site's name, on a page whose <title> says more.
    is_name = h1 == affix.name or h1.casefold() == affix.site.casefold()
    is_banner = is_name and affix.cut(extract.title) not in ("", extract.title)
    # ExDoc's names the site, with its version.
    h1 = "" if is_banner else h1.removesuffix(f" ({affix.name or h1})")
    cut = _FILE_OF_ODOC.sub(r"\1", affix.cut(extract.title))
    cut = "" if extract.first_heading and (cut == _INDEX or _PLACE.fullmatch(cut)) else cut
    # A file of navigation has headings of other pages alone.
    is_navigation = extract.contents and not (extract.title or extract.h1)
    for text in (h1, cut, "" if is_navigation else extract.first_heading):
        title = title_line(text)
        if title and (text == h1 or not _NO_TITLE.fullmatch(text)):
            return title
    parts = urlsplit(page.url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return title_line(unquote(last, errors="ignore")) or parts.netloc


def _without_repeated(name: str) -> str:
    """The first part of a name that says all of the others: "Mill documentation | Mill"."""
    first, *others = parts_of_title(name)
    is_said = others and all(part and part.casefold() in first.casefold() for part in others)
    return first if is_said else name


def _most_shared(candidates: list[list[str]], min_count: float) -> str:
    counts = Counter(text for texts in candidates for text in texts)
    fit = [text for text, count in counts.items() if count >= min_count]
    return max(fit, key=len, default="")


def _most_shared_of_versions(candidates: list[list[str]], min_count: float) -> str:
    """The suffix that as many titles have with some version, where none has it with the same one: the most frequent."""
    alike: dict[tuple[str, ...], Counter[str]] = {}
    for text in (text for texts in candidates for text in texts if _OF_VERSION.search(text)):
        if words := tuple(_words_of_suffix(text)):
            alike.setdefault(words, Counter())[text] += 1
    fit = [words for words, counts in alike.items() if counts.total() >= min_count]
    return alike[max(fit, key=len)].most_common(1)[0][0] if fit else ""


def _separators(title: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where the parts of a title meet: not in brackets, as in Haddock's "mill-1.0 (Index - A)"."""
    for separator in pattern.finditer(title):
        opened = title.rfind("(", 0, separator.start())
        closed = title.find(")", opened) if opened >= 0 else -1
        if closed < separator.end():
            yield separator


def _suffixes(title: str) -> list[str]:
    ends = [*_separators(title, _BESIDE_SHARED), *_IN_BRACKETS.finditer(title)]
    positions = [match.start() for match in ends]
    return [title[position:] for position in positions[-_MAX_PARTS:] if position > 0]


def _words_of_suffix(suffix: str) -> list[str]:
    """What a suffix says besides a version, in any order, and how it is joined to a title; none if that is nothing."""
    name = _OF_DOCS.sub("documentation", _OF_VERSION.sub("", suffix).casefold())
    words = sorted(_WORD_OF_NAME.findall(name))
    return [suffix.strip()[:1], *words] if words and not _OF_PLACES.issuperset(words) else []


def _prefixes(title: str) -> list[str]:
    first = _BRACKETS_FIRST.match(title)
    positions = [first.end()] if first is not None else []
    positions += [match.end() for match in _separators(title, _BESIDE_SHARED)]
    return [title[:position] for position in positions[:_MAX_PARTS] if position < len(title)]
