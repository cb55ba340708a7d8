"""Decides which pages an agent can do without: what is said of the project and not of its subject, lists and listings.

Their names tell, but for words that name subjects of a manual as well: a command "history", a filter for "terms".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from urllib.parse import urlsplit

from llmstxt_sched.documents.model import SECTION_SEPARATOR, Page
from llmstxt_sched.documents.selection.editions.versions import is_dotted, older_versions
from llmstxt_sched.documents.selection.file_lists import lists_files
from llmstxt_sched.documents.selection.paginated_lists import further_pages
from llmstxt_sched.documents.selection.standard_pages import (
    is_about_accounts,
    is_path_of_standard,
    is_standard,
    opens_account,
)
from llmstxt_sched.documents.selection.titles import parts_of_title
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
# Maven's reports of sources, and of what tests reach of them.  A manual may have folders of these names.
_REPORTED = re.compile(
    r"/jacoco(?:-(?:it|ut|aggregate))?/|/xref(?:-test)?/(?:(?:[\w-]+/)+[\w$-]+|index|overview-\w+|allclasses-\w+)\.html$",
    re.IGNORECASE,
)
# What Sphinx, Javadoc, Scaladoc, Doxygen, rustdoc, Haddock, YARD, ApiGen and phpDocumentor make of sources: listings of
# code and indexes of names.  Files for download and of the theme may be pages as well.
_GENERATED = re.compile(
    r"/(?:_modules|_sources|_viewcode|_downloads|_static|src-html|class-use)/|"
    r"/source-(?:class|interface|trait|exception|function|constant)-[^/]+\.html$|"
    r"/src/(?:[^/]+/)+[^/]+\.rs\.html$|"
    r"/help-doc\.html$|/src/(?-i:[A-Z]\w*(?:[-.][A-Z]\w*)*)\.html$|"
    r"/(?:genindex(?:-\w+)?|(?:py-|np-)?modindex|search|index-all|index-files/index-\d+|all(?:classes|packages)(?:-\w+)?|"
    r"(?:package|overview)-(?:tree|use)|constant-values|serialized-form|(?:functions|globals|namespacemembers)_\w+|"
    r"doc-index(?:-[\w%.]+)?|dir_[\da-f]{32}|index/index-(?:[a-z_]|%\w\w)|deprecated-list|_index|indices/files|annotated|hierarchy|inherits|"
    r"\w+_8[a-z]{1,4}_source)(?:\.html?|/)$",
    re.IGNORECASE,
)
# Those of them that lead to no other page: listings of code, what uses a class, and the members of one, once more.
_LISTS_CODE = re.compile(
    r"/(?:_modules|_sources|_viewcode|src-html|class-use)/.|/xref(?:-test)?/(?:[\w-]+/)+[\w$-]+\.html$|/src/(?:[^/]+/)+[^/]+\.rs\.html$|"
    r"/source-(?:class|interface|trait|exception|function|constant)-[^/]+\.html$|/(?:\w+_8[a-z]{1,4}_source|(?:class|struct|union|interface|protocol|category|exception)\w+-members)\.html$"
)
# The number of a manual's section, which no page has on which a reader searches the site.
_SECTION = re.compile(r"(?:\d+|[A-Z])\.(?:\d+\.?)*\s")
# One below a folder may be a command of that name.
_SEARCH = re.compile(r"/[^/]+/search(?:\.html?|/)?$", re.IGNORECASE)
# The addresses of YARD's and Doxygen's, whose names a manual may have as well, and their titles; and what phpDocumentor
# says of a report without an entry.
_OF_MEMBERS = (
    "(?:class|file|namespace) members|data fields|(?:类|文件|命名空间|類別|檔案|命名空間)成[员員]|数据字段|"
    "(?:構成|ファイル|名前空間)メンバ|(?:클래스|파일|네임스페이스) 멤버|(?:klassen|datei)-?elemente|"
    "datenstruktur-elemente|membres (?:de classe|de fichier)|miembros (?:de las clases|del fichero)|"
    "(?:elementi|membri) dei (?:file|tipi)|члены классов|поля структур|список членов всех файлов"
)
_OF_CLASSES = (
    "(?:class|data structure) index|(?:类|結構|数据结构|類別)索引|(?:クラス|データ構造)索引|클래스 색인|"
    "(?:klassen|datenstruktur)-verzeichnis|index des (?:classes|structures de données)|"
    "índice de (?:clases|estructura de datos|componentes)|indice dei tipi composti|"
    "алфавитный указатель (?:классов|структур данных)"
)
_OF_FILES = (
    "(?:file|namespace) list|(?:文件|命名空间|檔案|命名空間)列表|(?:ファイル|名前空間)一覧|"
    "(?:파일|네임스페이스) 목록|auflistung der (?:dateien|namensbereiche)|"
    "liste des (?:fichiers|espaces de nommage)|lista de (?:archivos|ficheros|arquivos|namespaces)|"
    "elenco dei (?:file|namespace)|список файлов|пространства имен"
)
_OF_ONE_CLASS = (
    r"\S.{0,199} (?:member list|成[员員]列表|メンバ一覧|멤버 목록|elementverzeichnis)|"
    r"(?:liste des membres|lista de (?:los )?miembros|lista de membros|elenco dei membri|список членов) .{1,199}"
)
_GENERATED_LISTS = [
    (re.compile(rf"/{names}\.html$"), re.compile(titles, re.IGNORECASE))
    for names, titles in (
        ("(?:class|method|file|tag)_list", "(?:class|method|file|tag) list"),
        ("(?:functions|globals|namespacemembers)", _OF_MEMBERS),
        ("classes", _OF_CLASSES),
        ("(?:files|namespaces)", _OF_FILES),
        # texi2html's.
        (r"[\w-]+_(?:abt|ovr|toc)", r"about this document|overview|(?:short )?table of contents"),
        (r"(?:class|struct|union|interface|protocol|category|exception)\w+-members", _OF_ONE_CLASS),
    )
]
_NOTHING_FOUND = re.compile(r"No \w+(?: elements)? have been found in this project\.?")
# phpDocumentor's pages of files, which repeat what those of the classes in them say.
_FILE, _OF_FILE = re.compile(r"(?:^|/)files/[^/]+\.html$"), re.compile(r"\S+\.(?:php|inc)")
# DokuWiki's own pages, which each new wiki has, and its lists of pages.
_OF_DOKUWIKI = re.compile(
    r"(?:[?&]id=|/)(?:wiki:(?:syntax|welcome|dokuwiki)|playground:(?:playground|start))(?:&|$)|"
    r"/doku\.php/(?:wiki/(?:syntax|welcome|dokuwiki)|playground/(?:playground|start))$|"
    r"/doku\.php[/?](?:.*[?&])?do=(?!show(?:&|$))"
)
_SAID_BY_DOKUWIKI = re.compile(r"DokuWiki supports some simple markup|Congratulations, your wiki is now up and running")
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


def lists_code(path: str) -> bool:
    """Whether a path is that of a listing that a generator makes of sources, and to which no reader goes first."""
    return _LISTS_CODE.search(path) is not None


def lists_names(path: str) -> bool:
    """Whether a path is that of an index which a generator makes, or of a listing."""
    return _GENERATED.search(path) is not None or _REPORTED.search(path) is not None


def _secondary(pages: Sequence[Page], start_url: str) -> set[int]:
    """The pages that are so by what they say, but none where most are, and the start: then these are what is wanted."""
    found = {at for at, page in enumerate(pages) if page.extract.is_secondary}
    is_wanted = len(found) * 2 > len(pages) and any(pages[at].url == start_url for at in found)
    return set() if is_wanted else found


def _is_navigation(page: Page) -> bool:
    """Whether a page is a list of the site's pages without a word of its own, which a frame shows beside each."""
    extract = page.extract
    # In Hotdoc's each link is a heading.
    return bool(extract.contents) and not (extract.title or extract.h1 or extract.lead)


def _is_generated(page: Page, title: str, start_url: str) -> bool:
    folder = start_url.rpartition("/")[0]
    inner = path_and_query(page.url)[0] if not page.url.startswith(folder) else page.url.removeprefix(folder)
    # A list of members is called by the first letter of these where its <title> is that of others as well.
    said = [title, *parts_of_title(page.extract.title)[1:2]]
    if any(names.search(inner) and any(map(titles.fullmatch, said)) for names, titles in _GENERATED_LISTS):
        return True
    if _NOTHING_FOUND.fullmatch(page.extract.lead) or (_FILE.search(inner) and _OF_FILE.fullmatch(title)):
        return True
    if _is_navigation(page) or lists_files(page):
        return True
    is_dokuwikis = _OF_DOKUWIKI.search(page.url) or _SAID_BY_DOKUWIKI.match(page.extract.lead)
    if is_dokuwikis and "dokuwiki" not in urlsplit(page.url).netloc:
        return True
    if _REPORTED.search(inner) and not _is_on_subject(page):
        return True
    return _GENERATED.search(inner) is not None and not (_SEARCH.search(inner) and _is_explained(page, title, title))


def _is_optional(page: Page, title: str, inner: Sequence[str], places: Set[str]) -> bool:
    """Whether the names in a page's path below the start's, or its title or a group that it is in, say so.

    A page that is called as one of the `places` in the site's navigation is that group's.
    """
    names = [_ENDING.sub("", name) for name in inner]
    is_file = not path_and_query(page.url)[0].endswith("/")
    if any(map(_SECONDARY.fullmatch, names)) or (any(map(_OF_ANY_SITE.fullmatch, names)) and not _is_on_subject(page)):
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


def _is_on_subject(page: Page) -> bool:
    """Whether a page stands in the site's navigation and begins with a sentence, as those of a manual."""
    return page.extract.rank > 0 and bool(page.extract.lead)


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
