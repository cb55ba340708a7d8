"""Of an article, drops what stands around it: teasers, comments, calls to subscribe.

Which parts those are is trafilatura's to say, which was made for news and blogs; how the others become Markdown is
ours.  On documentation it loses code, tables and headings, so only a page that looks like an article is shown to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile
from typing import Final, NamedTuple

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.content.article_text import ArticleText, NotJudged, find_article, words_of
from llmstxt_sched.extraction.content.main_element.main_content import may_be_main, selectors_of
from llmstxt_sched.extraction.content.main_element.posts import holds_posts
from llmstxt_sched.extraction.dom.as_html import as_html
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree, elements_among, elements_in, shown
from llmstxt_sched.extraction.place.navigation import is_in_contents
from llmstxt_sched.extraction.volatile import UPDATED, UPDATED_ABROAD

BESIDE: Final = "beside the article"
# In characters of the source and of the text, and in elements.  Articles are smaller, and trafilatura takes seconds for
# what is much larger.
_MAX_PAGE, _MAX_TEXT, _MAX_ELEMENTS = 2_000_000, 150_000, 15_000
# A page with a larger share of its text in code and tables is documentation, whatever it says of itself.
_MAX_CODE: Final = 0.15
# Read as one part.
_WHOLE: Final = frozenset([*selectors.CODE_BLOCKS, "table"])
# A part belongs to the article if this share of its runs of words does; a table's cells are in another order.
_MIN_FOUND, _MIN_FOUND_IN_TABLE = 0.5, 0.3
# The main content is another element if it has less than half of the article: the innermost with nearly all of it.
_MIN_HELD, _NEARLY_ALL = 0.5, 0.9
# A page is mostly a list if so much of its text is links in lists.
_MOST_IN_LISTS: Final = 0.6
# What schema.org calls the date of an update, and how long a line with one is, in characters.
_MODIFIED, _MAX_LINE = "dateModified", 140
# A paragraph is the article's if it has so many characters beside its links, which are so many times those in them, and
# so many paragraphs beside it are the article's.
_MIN_PROSE, _TIMES_LINKED, _MIN_KEPT = 200, 2, 3
# What is in one of these between two parts of an article belongs to it, of which trafilatura makes nothing.
_WITHIN: Final = frozenset(["blockquote", "dl", "figcaption", "li", "math"])
_LISTS: Final = frozenset(["ul", "ol"])
# What names the section that it is in or before, its words, and the elements that may be around its texts.
_NAMING: Final = selectors.HEADINGS - {"h1"} | {"summary"}
_WORDS, _MAX_AROUND = re.compile(r"[^\W_]+"), 8
# What a text that announces a list ends with, and how long the label of a note or of code is, in characters.
_COLONS: Final = (":", "\uff1a")
_MAX_LABEL: Final = 40
# What may be around code and nothing else.
_BOXES: Final = frozenset(["div", "figure", "code-block"])
_SOURCES: Final = re.compile(
    r"(?:references?|further reading|bibliography|sources|downloads?|literatur(?:verzeichnis)?|quellen(?:angaben)?|"
    r"références|bibliographie|参考(?:文献|资料|資料|リンク)?|出典)\W?",
    re.IGNORECASE,
)
_LISTED: Final = frozenset(["dl", "ol", "p", "ul"])
# A paragraph that is one link is a teaser, as a headline is, if it has more characters.
_MAX_POINTER: Final = 50
# Between the links of a paragraph, what stands in a text and in no bar: a comma, or a word.
_IN_TEXT: Final = re.compile(r"[,;\u3001\uff0c]|[^\W_]")
_OF_DOCUMENTATION, _OF_ARTICLES = frozenset(selectors.OF_DOCUMENTATION), frozenset(selectors.OF_ARTICLES)


class Judged(NamedTuple):
    """The element that holds the article, and how many texts of no element of their own were dropped beside it.

    `error` is the name of what kept trafilatura from judging, so that all was kept; else ''.
    """

    main: Element
    texts: int = 0
    error: str = ""


class _Part:
    """A block without others in it, or what stands between blocks: the children of `holder` from `start` to `end`."""

    __slots__ = ("end", "holder", "is_kept", "start", "words")

    def __init__(self, holder: Element, start: int, end: int) -> None:
        self.holder = holder
        self.start = start
        self.end = end
        self.words = 0
        self.is_kept = False

    @property
    def tag(self) -> str:
        """The tag of a block; '' for what stands between blocks."""
        return "" if self.end else self.holder.tag

    @property
    def around(self) -> Element | None:
        """The element that the part is directly in."""
        return self.holder if self.end else self.holder.parent

    @property
    def nodes(self) -> list[Element | str]:
        if not self.end:
            return [self.holder]
        between = self.holder.children[self.start : self.end]
        return [node for node in between if isinstance(node, str) or not node.dropped]

    @property
    def text(self) -> str:
        return " ".join(node if isinstance(node, str) else node.text() for node in self.nodes)

    def is_in(self, node: Element) -> bool:
        return node is self.holder or node.holds(self.holder)

    def drop(self) -> int:
        """Drop it; the number of texts among what is dropped that are in no element of their own."""
        texts = [node for node in self.nodes if isinstance(node, str) and not node.isspace()]
        for node in self.nodes:
            if isinstance(node, Element):
                node.drop(BESIDE)
        between = self.holder.children[self.start : self.end]
        self.holder.children[self.start : self.end] = [" " if isinstance(node, str) else node for node in between]
        return len(texts)


def looks_like_article(
    tree: Tree, main: Element, text: str, *, says_so: bool, self_links: Sequence[Element] = ()
) -> bool:
    """Whether the page is shown to trafilatura; `text` is its source, `says_so` what its <head> says.

    `self_links` are its links to itself.
    """
    if len(text) > _MAX_PAGE or main.chars > _MAX_TEXT or len(tree.order) > _MAX_ELEMENTS:
        return False
    code = sum(node.chars for node in shown(tree.tagged(*_WHOLE), main))
    if code > _MAX_CODE * main.chars:
        return False
    marked = shown(tree.where(may_be_main, selectors.MAIN_ATTRIBUTES), tree.body)
    names = {name for node in marked if node.chars for name in selectors_of(node.start)}
    if not _OF_DOCUMENTATION.isdisjoint(names) or any(
        selectors.READ_THE_DOCS in node.classes for node in main.ancestors()
    ):
        return False
    is_said = says_so or not _OF_ARTICLES.isdisjoint(names) or _is_dated(tree) or _is_of_news(tree, main)
    # Themes of documentation say of each page that it is an article.
    return is_said and not is_in_contents(self_links) and not (_is_list(tree, main) or holds_posts(tree, main))


def _is_list(tree: Tree, main: Element) -> bool:
    """Whether the page is an index: hardly more than lists of links."""
    linked = end = 0
    for node in shown(tree.tagged(*_LISTS), main):
        if node.at >= end:
            end = node.end
            linked += node.link_chars
    return linked > _MOST_IN_LISTS * main.chars


def _is_dated(tree: Tree) -> bool:
    """Whether there is an <article> with a date, where generators of documentation have at most that of an update."""
    if not tree.tagged("time"):
        return False
    articles = [node for node in tree.within(tree.body) if node.tag == "article"]
    times = [inner for node in articles for inner in tree.order[node.at + 1 : node.end] if inner.tag == "time"]
    return not all(map(_is_of_update, times))


def _is_of_update(time: Element) -> bool:
    """Whether the line that the date stands in says no more than when the page was changed last."""
    line = next(filter(lambda outer: outer.is_block, time.ancestors()), time)
    if time.get("itemprop") == _MODIFIED or line.chars > _MAX_LINE:
        return time.get("itemprop") == _MODIFIED
    return any(pattern.fullmatch(line.words()) for pattern in (UPDATED, UPDATED_ABROAD))


def _is_of_news(tree: Tree, main: Element) -> bool:
    """Whether the names of the page's parts are those of news, and no code is in its main content."""
    if any(node.tag in selectors.CODE_BLOCKS for node in tree.within(main)):
        return False
    return any(_has_class_of_news(start) for start in tree.having("class")) or any(
        _is_of_no_heading(tree, node) for node in tree.where(_has_id_of_news, ["id"])
    )


@Question
def _has_class_of_news(start: StartTag) -> bool:
    return any(map(_is_name_of_news, start.classes)) if selectors.NEWS_NAMES.search(start.get("class")) else False


@Question
def _has_id_of_news(start: StartTag) -> bool:
    return _is_name_of_news(start.get("id"))


def _is_name_of_news(name: str) -> bool:
    return selectors.NEWS_NAMES.search(name) is not None and selectors.CONTROL_NAMES.search(name) is None


def _is_of_no_heading(tree: Tree, node: Element) -> bool:
    """Whether the element's id is none that a generator of documentation made of a heading."""
    return all(part.tag not in selectors.HEADINGS for part in (node, *tree.within(node)))


def drop_beside_article(tree: Tree, main: Element) -> Judged:
    """Drop what is not part of the article, which is in `main` as a rule.

    Nothing is dropped where no article was found.
    """
    try:
        # What is dropped already would not come back, and takes trafilatura half of its time.
        article = find_article(as_html(tree.body), main.chars)
    except NotJudged as error:
        return Judged(main, error=str(error))
    if article is None:
        return Judged(main)
    parts = [_part(article, part) for part in _split(tree.body)]
    kept = [part for part in parts if part.is_kept]
    if sum(part.words for part in kept) < _MIN_HELD * article.words:
        return Judged(main)
    main = _holder(main, kept)
    parts = [part for part in parts if part.is_in(main)]
    _keep_title(parts)
    _keep_paragraphs(parts)
    _keep_lists(parts)
    _keep_quotations(parts, main)
    _keep_sources(parts)
    _keep_between(parts)
    _keep_labels(parts)
    _keep_within(parts, main)
    _keep_pointers(parts)
    _keep_sections(parts)
    return Judged(main, sum(part.drop() for part in parts if not part.is_kept))


def _keep_sections(parts: list[_Part]) -> None:
    """Keep what is in an element that is called like the heading that it has, between two parts that are kept.

    A generator made its id of the heading's words, such as "comments" or "share"; those of a blog stand at the end.
    """
    kept = [at for at, part in enumerate(parts) if part.is_kept]
    heading: _Part | None = None
    taken: list[int] = []
    for at in range(kept[0], kept[-1]) if kept else ():
        part = parts[at]
        if part.tag in _NAMING:
            heading = part
        if not part.is_kept and heading is not None and part.holder.link_chars * 2 <= part.holder.chars:
            part.is_kept = _is_called_like(part.holder, heading)
            taken += [at] if part is heading and part.is_kept else []
    for at in reversed(taken):
        # Of the comments below it, which are dropped, it would be all that is left.
        parts[at].is_kept = parts[at + 1].is_kept


def _is_called_like(node: Element, heading: _Part) -> bool:
    """Whether an element around the node that has the heading, or stands behind it, has an id of its words."""
    words = f"{_slug(heading.text)}-"
    for outer in islice((node, *node.ancestors()), _MAX_AROUND):
        is_its = heading.around is outer or (heading.around is outer.parent and not heading.is_in(outer))
        name = _slug(outer.get("id"))
        if is_its and name and words != "-" and (f"{name}-".startswith(words) or words.startswith(f"{name}-")):
            return True
    return False


def _slug(text: str) -> str:
    return "-".join(_WORDS.findall(text.lower()))


def _split(root: Element) -> Iterator[_Part]:
    """The parts of `root`, in the page's order; a table and a block of code are one."""
    ahead = [(root, 0)]
    start = 0
    while ahead:
        holder, at = ahead.pop()
        node = holder.children[at] if at < len(holder.children) else None
        ahead += [(holder, at + 1)] if node is not None else []
        if isinstance(node, str) or (node is not None and (node.dropped or not node.is_block)):
            continue
        between = _Part(holder, start, at)
        if at > start and any(part.strip() if isinstance(part, str) else part.chars for part in between.nodes):
            yield between
        start = at + 1
        if node is None:
            start = ahead[-1][1] if ahead else 0
        elif node.tag in _WHOLE or not any(inner.is_block for inner in node.elements()):
            if node.chars:
                yield _Part(node, 0, 0)
        else:
            ahead.append((node, 0))
            start = 0


def _part(article: ArticleText, part: _Part) -> _Part:
    text = part.text
    words = words_of(text)
    part.words = len(words)
    part.is_kept = article.has(text, words, _MIN_FOUND_IN_TABLE if part.tag == "table" else _MIN_FOUND)
    return part


def _holder(main: Element, kept: list[_Part]) -> Element:
    """`main`, or the innermost element with nearly all that is kept where `main` has less than half of it."""
    total = sum(part.words for part in kept)
    if sum(part.words for part in kept if part.is_in(main)) >= _MIN_HELD * total:
        return main
    largest = max(kept, key=lambda part: part.words).holder
    for node in (largest, *largest.ancestors()):
        held = sum(part.words for part in kept if part.is_in(node))
        if node.tag not in selectors.PARTS and held >= _NEARLY_ALL * total:
            return node
    return main


def _keep_title(parts: list[_Part]) -> None:
    """Keep the last level-1 heading before the first part that is kept."""
    before = [*takewhile(lambda part: not part.is_kept, parts)]
    title = next(filter(lambda part: part.tag == "h1", reversed(before)), None)
    if title is not None:
        title.is_kept = True


def _keep_paragraphs(parts: list[_Part]) -> None:
    """Keep long paragraphs that are in what several kept ones are in, or its like: some articles are cut by half."""
    kept = Counter([_place_of(part) for part in parts if part.is_kept and part.tag == "p"])
    for part in parts:
        if part.tag == "p" and kept[_place_of(part)] >= _MIN_KEPT:
            prose = part.holder.chars - part.holder.link_chars
            part.is_kept = part.is_kept or prose >= max(_MIN_PROSE, part.holder.link_chars * _TIMES_LINKED)


def _place_of(part: _Part) -> tuple[Element | str | None, frozenset[str], frozenset[str]]:
    """What tells where a paragraph stands: between advertisements an article goes on in a box of the same class."""
    around = part.around
    classes = around.classes if around is not None else frozenset[str]()
    return around.tag if around is not None and classes else around, classes, part.holder.classes


def _keep_lists(parts: list[_Part]) -> None:
    """Keep a list as a whole where the text before it is kept and announces it."""
    announced: Element | None = None
    for before, part in pairwise(parts):
        if announced is None or not part.is_in(announced):
            announced = _announced(before, part)
        part.is_kept = part.is_kept or announced is not None


def _keep_quotations(parts: list[_Part], main: Element) -> None:
    """Keep what stands behind a part of a quotation that is kept: who said it is often a link alone, as teasers are."""
    said: Element | None = None
    for part in parts:
        if said is None or not part.is_in(said):
            said = _quotation(part, main) if part.is_kept else None
        part.is_kept = part.is_kept or said is not None


def _quotation(part: _Part, main: Element) -> Element | None:
    """The quotation that the part stands in, unless it is most of the page, as of one that is indented by it."""
    around = filter(lambda outer: outer.tag == "blockquote", (part.holder, *part.holder.ancestors()))
    quotation = next(around, None)
    return quotation if quotation is not None and quotation.chars * 2 <= main.chars else None


def _keep_sources(parts: list[_Part]) -> None:
    """Keep the lists below a heading that names them as what the text was made of: by their links they are teasers."""
    around = {part.around for part in parts if part.is_kept and part.tag not in selectors.HEADINGS}
    named: Element | None = None
    first: Element | None = None
    listed: Element | None = None
    for part in parts:
        if part.tag in selectors.HEADINGS:
            named = part.around if part.around in around and _SOURCES.fullmatch(part.text.strip()) else None
            first = listed = None
            part.is_kept = part.is_kept or named is not None
        elif named is not None:
            if listed is None or not part.is_in(listed):
                listed = _listed_in(part, named)
                first = first or listed
                # What follows, in a box of its own, is what the site puts below its articles.
                if listed is None or first is None or not _is_like(listed, first):
                    named = listed = None
            part.is_kept = part.is_kept or listed is not None


def _listed_in(part: _Part, named: Element) -> Element | None:
    """What has the part and stands in `named` by itself, if it is a list, a paragraph or a box that holds only such."""
    beside = filter(lambda node: node.parent is named, islice((part.holder, *part.holder.ancestors()), _MAX_AROUND))
    box = next(beside, None)
    return box if box is not None and _holds_lists(box) else None


def _holds_lists(box: Element) -> bool:
    """Whether the box is a list or a paragraph, or has no text but in these."""
    chars = 0
    ahead = [box]
    while ahead:
        node = ahead.pop()
        if node.tag in _LISTED:
            chars += node.chars
        else:
            ahead += node.elements()
    return chars == box.chars


def _is_like(listed: Element, first: Element) -> bool:
    """Whether what stands behind the first of some sources is one more: in no box, or in one of the same kind."""
    return listed.tag in _LISTED or (listed.tag, listed.classes) == (first.tag, first.classes)


def _announced(before: _Part, part: _Part) -> Element | None:
    """The list beside `before` that begins with `part`, if `before` is kept and ends with a colon.

    What a heading with one announces leads away, as that of "More:" does.
    """
    if not before.is_kept or before.tag in selectors.HEADINGS or not before.text.rstrip().endswith(_COLONS):
        return None
    beside = filter(lambda outer: outer.parent is before.around, (part.holder, *part.holder.ancestors()))
    listed = next(beside, None)
    return listed if listed is not None and listed.tag in _LISTS and not before.is_in(listed) else None


def _keep_between(parts: list[_Part]) -> None:
    """Keep headings before a part that is kept, beside it or after another, and code and tables between two."""
    for before, part in pairwise(parts):
        # What a post ends with.
        is_ending = part.tag in selectors.CODE_BLOCKS and before.is_kept and _stands_beside(part.holder, before)
        part.is_kept = part.is_kept or is_ending
    after = _kept_before(parts)
    first = min((at for at, part in enumerate(parts) if part.is_kept), default=len(parts))
    # From the last, since a heading may stand before another.
    for at in range(len(parts) - 1, first, -1):
        part, around = parts[at], after[at]
        following = parts[at + 1] if at + 1 < len(parts) else None
        is_heading = part.tag in selectors.HEADINGS
        if following is not None and following.is_kept:
            # Links that are headings, one below the other, are teasers.
            is_teaser = following.tag in selectors.HEADINGS and part.holder.link_chars * 2 > part.holder.chars
            is_beside = is_heading and not is_teaser and (around is not None or part.around is following.around)
            part.is_kept = part.is_kept or is_beside or (part.tag in _WHOLE and parts[at - 1].is_kept)
        elif is_heading and around is not None and around is part.around and _is_last(part.holder, around):
            # A section that is still to be written.
            part.is_kept = True


def _stands_beside(node: Element, before: _Part) -> bool:
    """Whether a node stands where the part before it does, by itself or in boxes of its own, which may have a label."""
    for outer in islice(node.ancestors(), _MAX_AROUND):
        if outer is before.around:
            return True
        if outer.tag not in _BOXES or outer.chars > node.chars + _MAX_LABEL:
            break
    return False


def _kept_before(parts: list[_Part]) -> list[Element | None]:
    """For each part, what is around the part before it, and before other headings, if that is kept; else None."""
    after: list[Element | None] = [None]
    for part in parts:
        is_heading = part.tag in selectors.HEADINGS and after[-1] is not None
        after.append(after[-1] if is_heading else part.around if part.is_kept else None)
    return after


def _is_last(node: Element, around: Element) -> bool:
    return next(elements_among(reversed(around.children)), None) is node


def _keep_labels(parts: list[_Part]) -> None:
    """Keep the label that a box of a note begins with, before a part of it that is kept."""
    for part, following in pairwise(parts):
        if following.is_kept and part.tag and part.holder.chars <= _MAX_LABEL and not part.holder.link_chars:
            box = part.around
            is_of_note = box is not None and selectors.NOTE_BOXES.search(box.get("class")) is not None
            if box is not None and is_of_note and following.is_in(box) and next(box.elements(), None) is part.holder:
                part.is_kept = True


def _keep_within(parts: list[_Part], main: Element) -> None:
    """Keep code and tables between two parts that are kept, and what is no list of links: a paragraph or formula beside
    both, and what is in a list, a quotation, a caption, a note or a tab.
    """
    kept = [at for at, part in enumerate(parts) if part.is_kept]
    for first, last in pairwise(kept):
        holder = parts[first].around if parts[first].around is parts[last].around else None
        for part in parts[first + 1 : last]:
            is_text = part.holder.link_chars * 2 <= part.holder.chars
            is_beside = holder is not None and part.around is holder and _is_paragraph(part.holder)
            part.is_kept = part.tag in _WHOLE or (is_text and (is_beside or _is_within(part.holder, main)))


def _is_paragraph(node: Element) -> bool:
    return node.tag == "p" or not selectors.FORMULA_NAMES.isdisjoint(node.classes)


def _keep_pointers(parts: list[_Part]) -> None:
    """Keep paragraphs of links between two parts that are kept, beside both, and of the class of one of them.

    What says the same as another leads the reader about, as that to the top of the page does.
    """
    pointers = [part for part in _between_kept(parts) if _is_pointer(part.holder)]
    count = Counter([part.holder.words() for part in pointers])
    for part in pointers:
        part.is_kept = count[part.holder.words()] == 1


def _between_kept(parts: list[_Part]) -> list[_Part]:
    """The paragraphs that are not kept between two parts that are, beside both, and of the class of one of them."""
    after = _nearest_kept(parts)
    before = reversed(_nearest_kept(parts[::-1]))
    return [
        part
        for part, first, last in zip(parts, after, before, strict=True)
        if part.tag == "p" and not part.is_kept and first is not None and last is not None
        if part.around is first.around and part.around is last.around
        if part.holder.classes in (first.holder.classes, last.holder.classes)
    ]


def _nearest_kept(parts: list[_Part]) -> list[_Part | None]:
    """For each part, the last one before it that is kept."""
    nearest: list[_Part | None] = []
    last: _Part | None = None
    for part in parts:
        nearest.append(last)
        last = part if part.is_kept else last
    return nearest


def _is_pointer(node: Element) -> bool:
    """Whether the paragraph is one brief link, or links that stand in a text or on lines of their own."""
    inside = [inner for inner in elements_in(node) if not inner.dropped]
    links = [inner for inner in inside if inner.tag == "a" and inner.chars]
    if len(links) == 1:
        return node.chars <= _MAX_POINTER or links[0].get("href").startswith("#")
    is_on_lines = any(inner.tag == "br" for inner in inside)
    is_brief = max((link.chars for link in links), default=0) <= _MAX_POINTER
    return is_brief and (is_on_lines or _IN_TEXT.search(node.text(without=("a",))) is not None)


def _is_within(node: Element, main: Element) -> bool:
    around = takewhile(main.holds, (node, *node.ancestors()))
    return any(outer.tag in _WITHIN or outer.label or _is_aside(outer) for outer in around)


def _is_aside(node: Element) -> bool:
    """Whether it is a note beside the text, by its class or for want of one."""
    return node.tag == "aside" and (not node.get("class") or selectors.NOTE_NAMES.search(node.get("class")) is not None)
