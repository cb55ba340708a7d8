"""Decides which pages an agent can do without: what is said of the project and not of its subject, and lists.

Their names tell, but for words that name subjects of a manual as well: a command "history", a filter for "terms".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import SECTION_SEPARATOR, Page
from llmstxt_sched.documents.selection.editions.versions import is_dotted, older_versions
from llmstxt_sched.documents.selection.generated_pages import is_generated, is_on_subject
from llmstxt_sched.documents.selection.paginated_lists import further_pages
from llmstxt_sched.documents.selection.standard_pages import (
    is_about_accounts,
    is_path_of_standard,
    is_standard,
    opens_account,
)
from llmstxt_sched.domain.urls import path_and_query

# Names in a path.
_SECONDARY = re.compile(
    r"changelogs?|change-?logs?|release[-_ ]?(?:notes?|logs?)|what'?s-?new|whatsnew|"
    r"legal|privacy(?:[-_ ]policy)?|terms[-_ ](?:of[-_ ](?:service|use)|and[-_ ]conditions)|imprint|impressum|"
    r"cookies?[-_ ]policy|colophon|contributors|acknowledge?ments|code[-_ ]of[-_ ]conduct|genindex(?:[-_].*)?|"
    r"(?:py-)?modindex|bookindex|legacy|deprecated|old|older|previous-versions",
    re.IGNORECASE,
)
# Names that a reference may have as well, for commands, tables or fields.
_OF_PROJECT = re.compile(
    r"changes|history|releases?|news|licen[cs]es?|copyright|credits|authors?|archives?", re.IGNORECASE
)
# Names that the site's own navigation has only where they are a subject.
_OF_SITE = re.compile(r"terms|tags?|categor(?:y|ies)|search", re.IGNORECASE)
# Folders of lists by what somebody calls their entries; a reference of such has a sentence of each.  Topics are those
# of a manual ("advanced-topics").
_OF_KEYWORDS = re.compile(r"[a-z]+-(?:tags|categories)", re.IGNORECASE)
# Names that the manual of a generator of sites has as well, in its navigation and with a sentence.
_OF_ANY_SITE = re.compile(r"sitemap|404", re.IGNORECASE)
# Names that guides are about as well.
_OF_BOTH = re.compile(r"changes|history|releases?|news|archives?", re.IGNORECASE)
# Folders of a reference, below which a page is about a subject, whatever it is called.
_OF_REFERENCE = re.compile(
    r"(?:rest|http|graphql|web|js|python)?[-_]?(?:apis?|rest|reference|refs?|cli|commands?|cmds?|graphql)",
    re.IGNORECASE,
)
# Folders in which one is.
_OF_SUBJECTS = re.compile(
    r"(?:rest|http|graphql|web|js|python)?[-_]?(?:apis?|rest|http|graphql|reference|refs?|commands?|cmds?|cli|sql|functions?|methods?|class(?:es)?|"
    r"endpoints?|aggregations?|bucket|metrics?|types?|components?|modules?|plugins?|elements?|attributes?|"
    r"objects?|operators?|properties|quer(?:y|ies)|filters?|statements?|settings?|options?|config(?:uration)?|glossary|"
    r"schemas?|fields?|hooks?|events?|syntax|std(?:lib)?|features?|concepts?|templates?)",
    re.IGNORECASE,
)
# Folders in which one is, if its title says more than the name does ("Undo and history").
_OF_GUIDES = re.compile(
    r"tutorials?|how-?tos?|guides?|topics?|examples?|lib(?:rary)?|packages?|tools?|services?|resources?", re.IGNORECASE
)
# A title that is a name in code: "sys.history", "history()", "history(1)", "git-archive".
_IN_CODE = re.compile(r"\S*\w(?:\(\d?[a-z]?\)|(?:[./:#]{1,2}|->)[^\W\d]\S*)|[a-z\d_]+[-_][a-z][-_a-z\d]*")
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_WORDS = (
    "a all and blog by changelog company for from general in latest list log new note notes npm of old older on our "
    "page past press project recent release service site team the to update updates version versions what x"
)
_SAYS_NO_MORE = frozenset(_OTHER_WORDS.split())
# Groups of pages that are no documentation.
_OF_LISTS = re.compile(
    r"blog|posts?|news|articles?|archives?|tags?|categor(?:y|ies)|search|legal|indices", re.IGNORECASE
)
# The number of a manual's section, which no page has on which a reader searches the site.
_SECTION = re.compile(r"(?:\d+|[A-Z])\.(?:\d+\.?)*\s")
# One below a folder may be a command of that name.
_SEARCH = re.compile(r"/[^/]+/search(?:\.html?|/)?$", re.IGNORECASE)
# The posts of a year, month or day, and the further pages of a list of posts.
_POSTS = re.compile(r"/(?:19|20)\d\d/(?:(?:0[1-9]|1[0-2])/(?:[0-3]\d/)?)?$|/page/\d+/?$")
_SECONDARY_TITLE = re.compile(
    r"(?:the |old(?:er)? |previous )?(?:change ?log|changes|"
    r"release notes?(?:\s*[^\w\s].{0,40}| (?:for|of|v?\d|version).{0,40})?|"
    r"(?:.{1,30} )?v?\d[\w.]{0,15} release notes|release history|history of changes|"
    r"(?:(?:blog|tag|category|author|monthly|yearly) )?archives?|"
    r"(?:(?:(?:blog|tag|category|author|monthly|yearly) )?archives|tag|category): .{1,60}|"
    r"posts (?:tagged|in category) .{1,60}|(?:old|older|previous|earlier) (?:versions|releases)|"
    r"about this document(?: ?(?:\.\.\.|\u2026))?|what[\u2019']s new(?: in .{0,40})?|"
    r"what(?: is new in|(?:[\u2019']s| has) changed (?:in|since)) "
    r"(?!(?:the|this|our|your) (?!\d|new|latest|release|version)).{1,40}|"
    r"page not found|"
    r"404(?:\s*[^\w\s].{0,20}|(?: page)? not found| error)?)",
    re.IGNORECASE,
)
# Titles of lists and of legal texts; a manual has them as well, and then it says in a sentence what they are.
_DOUBTFUL_TITLE = re.compile(
    r"(?:the )?(?:terms|tags?|(?:general )?index|indices|(?:[\w()&,/-]+ ){1,5}(?:index|indices)|index of .{1,60}|"
    r"(?:short )?table of contents|stichwortverzeichnis|sachregister|(?:алфавитный|предметный) указатель|"
    r"índice (?:alfabético|analítico|remissivo|general)|indice (?:analitico|generale)|index général|skorowidz|rejstřík|"
    r"tárgymutató|dizin|总索引|總索引|総?索引|찾아보기|색인)",
    re.IGNORECASE,
)
# What is said on a page on which a reader searches the site, and the words for it in other languages: such a page and
# one about searching are not told apart there.
_OF_SEARCHING = re.compile(
    r"java ?(?:script|doc)|keywords?\b|\bquer(?:y|ies)\b|"
    r"\b(?:enter|type|found|results?|matche?s?|please|here|you|your)\b|"
    r"search (?:page|form|box|words?|terms?|this|our|the (?:site|docs|documentation|manual|help))\b|[^\x00-\x7f]|"
    r"\b(?:durch)?suche?\w|\b(?:recherch|busc|busqu|cerca|ricerc|zoek|søg|sök|szuka|hled|keres|haku)\w*",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:agree|agreement|conditions?|services?|legal|law|liab\w+|binding|effective|govern\w*)\b", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"^(?:(?:chapter|part|appendix|section)\s+)?(?:[\dIVXA-Z]+(?:\.\d+)*[.:)]|[\dA-Z]+(?:\.\d+)+)\s+", re.IGNORECASE
)
_ENDING = re.compile(r"\.(?:html?|php)$")


def optional_pages(
    pages: Sequence[Page], titles: Sequence[str], start_url: str, listed: Mapping[str, Sequence[str]] | None = None
) -> set[int]:
    """The indexes of the pages that an agent can do without; only of those that are generated, if all were most.

    `listed` are the labels that the site's contents have for a page, by its URL.
    """
    generated = {at for at, page in enumerate(pages) if _is_generated(page, titles[at], start_url)}
    if len(generated) == len(pages):
        generated = set()
    old = older_versions([page.url for page in pages], start_url)
    # What is said on them is said on others as well, so they are no part of the site that most is counted of.
    lists = further_pages(pages, titles) | _secondary(pages, start_url)
    lists = {at for at in lists if pages[at].url != start_url}
    found = generated | lists
    base = _segments(start_url)
    places = {label for page in pages for label in page.extract.section.split(SECTION_SEPARATOR)}
    for at, page in enumerate(pages):
        inner = [segment for segment in _segments(page.url) if segment not in base]
        if inner and (
            page.url in old
            or _POSTS.search(path_and_query(page.url)[0])
            or _is_optional(page, titles[at], inner, places)
            or any(map(_is_of_formal, (listed or {}).get(page.url, ())))
        ):
            found.add(at)
    others = set(range(len(pages))) - generated - lists
    return found if len(found & others) * 2 <= len(others) else generated | lists


def _secondary(pages: Sequence[Page], start_url: str) -> set[int]:
    """The pages that are so by what they say, but none where most are, and the start: then these are what is wanted."""
    found = {at for at, page in enumerate(pages) if page.extract.is_secondary}
    is_wanted = len(found) * 2 > len(pages) and any(pages[at].url == start_url for at in found)
    return set() if is_wanted else found


def _is_generated(page: Page, title: str, start_url: str) -> bool:
    folder = start_url.rpartition("/")[0]
    inner = path_and_query(page.url)[0] if not page.url.startswith(folder) else page.url.removeprefix(folder)
    # A command may be called as the page on which a reader searches the site.
    is_subject = _SEARCH.search(inner) is not None and _is_explained(page, title, title)
    return is_generated(page, title, inner) and not is_subject


def _is_optional(page: Page, title: str, inner: Sequence[str], places: Set[str]) -> bool:
    """Whether the names in a page's path below the start's, or its title or a group that it is in, say so.

    A page that is called as one of the `places` in the site's navigation is that group's.
    """
    names = [_ENDING.sub("", name) for name in inner]
    is_file = not path_and_query(page.url)[0].endswith("/")
    if any(map(_SECONDARY.fullmatch, names)) or (any(map(_OF_ANY_SITE.fullmatch, names)) and not is_on_subject(page)):
        return True
    # A description may be that of every page.
    says_nothing = not (page.extract.lead or page.extract.section)
    if (is_file and is_dotted(names[-1])) or (says_nothing and any(map(_OF_KEYWORDS.fullmatch, names[:-1]))):
        return True
    if any(map(is_path_of_standard, names)) or _opens_account(page, title, names):
        return True
    groups = [label for label in page.extract.section.split(SECTION_SEPARATOR) if label]
    if any(map(_is_of_formal, groups)):
        return True
    groups = [_NUMBERED.sub("", label) for label in groups]
    own = [title] if title in places else []
    has_place = any(not _OF_LISTS.fullmatch(label) for label in (*groups, *own))
    # A folder's index file is called as the folder is.
    names = names[:-1] if len(names) > 1 and names[-1] == "index" else names
    doubtful = [name for at, name in enumerate(names) if not _is_subject(names, at)]
    if doubtful[-1:] == names[-1:] and (_is_in_code(title, names[-1]) or _is_guide(page, names, title)):
        doubtful.pop()
    if any(map(_OF_PROJECT.fullmatch, doubtful)) or (not has_place and any(map(_OF_SITE.fullmatch, doubtful))):
        return not _is_explained(page, names[-1], title)
    is_of_list = _SECONDARY_TITLE.fullmatch(title) is not None
    title = _NUMBERED.sub("", title)
    is_of_subject = _is_subject(names, len(names) - 1)
    if is_of_list or _SECONDARY_TITLE.fullmatch(title) or is_standard(title):
        return not is_of_subject
    is_doubtful = not (is_of_subject or has_place or _is_explained(page, title, title))
    return is_doubtful and _DOUBTFUL_TITLE.fullmatch(title) is not None


def _is_of_formal(label: str) -> bool:
    """Whether a group in the site's navigation is of lists of changes or legal texts."""
    name = _NUMBERED.sub("", label)
    return _SECONDARY_TITLE.fullmatch(name) is not None or is_standard(name)


def _opens_account(page: Page, title: str, names: Sequence[str]) -> bool:
    """Whether a page lets its reader in, and no documentation of a program has it among what it says of logging in."""
    extract = page.extract
    texts = (extract.lead, *extract.more_leads, *extract.part_leads)
    return not extract.section and opens_account(names, title) and not is_about_accounts(texts)


def _is_subject(names: Sequence[str], at: int) -> bool:
    """Whether a name in a path is that of a subject, by the folder of a reference that it is in."""
    is_below = any(map(_OF_REFERENCE.fullmatch, names[:at]))
    return is_below or (at > 0 and _OF_SUBJECTS.fullmatch(names[at - 1]) is not None)


def _is_in_code(title: str, name: str) -> bool:
    """Whether a title is the name of something in code that is called so."""
    return _IN_CODE.fullmatch(title) is not None and name.casefold() in title.casefold()


def _is_guide(page: Page, names: Sequence[str], title: str) -> bool:
    """Whether a page in a folder of subjects has a title that says more than that it is about the project."""
    is_below = any(_OF_GUIDES.fullmatch(name) or _OF_SUBJECTS.fullmatch(name) for name in names[:-1])
    # The site's name, and what the page is one of.
    address = f"{urlsplit(page.url).netloc}/{'/'.join(names[:-1])}".casefold()
    words = [word for word in _WORD.findall(title.casefold()) if word not in _SAYS_NO_MORE and word not in address]
    # Of other languages the words are not known.
    return (
        is_below
        and _OF_BOTH.fullmatch(names[-1]) is not None
        and title.isascii()
        and not all(map(_OF_PROJECT.fullmatch, words))
    )


def _is_explained(page: Page, name: str, title: str) -> bool:
    """Whether a page of a doubtful name says in a sentence what it is about, and that is no legal text."""
    lead = page.extract.lead
    if _SEARCH.search(path_and_query(page.url)[0]):
        is_subject = page.extract.rank > 0 or not _OF_SEARCHING.search(lead)
        return _SECTION.match(title) is not None or (bool(lead) and is_subject)
    return _DOUBTFUL_TITLE.fullmatch(name) is not None and bool(lead) and not _LEGAL.search(lead)


def _segments(url: str) -> list[str]:
    return [segment for segment in path_and_query(url)[0].split("/") if segment]
