"""Tells what generators and servers make by themselves: listings of sources, indexes of names, lists of files."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from llmstxt_sched.documents.model import Page
from llmstxt_sched.documents.selection.titles import parts_of_title
from llmstxt_sched.domain.urls import path_and_query

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
# What a web server shows for a folder without a page of its own: Apache, nginx and lighttpd "Index of /docs/", Python
# and Twisted "Directory listing for /docs/", Tomcat "Directory Listing For [/docs/]", Jetty "Directory: /docs/", serve
# "Files within docs/".
_LIST_OF_FILES = re.compile(
    r"(?:index of|(?:directory )?listing (?:for|of)|directory(?: contents)?|files within):? \[?"
    r"(?P<path>[^\]]*/[^\]]*)\]?",
    re.IGNORECASE,
)
# IIS has "docs.example - /docs/", darkhttpd "/docs/".
_PATH_ALONE = re.compile(r"(?:\S+ - )?(?P<path>/(?:.*/)?)")


def lists_code(path: str) -> bool:
    """Whether a path is that of a listing that a generator makes of sources, and to which no reader goes first."""
    return _LISTS_CODE.search(path) is not None


def lists_names(path: str) -> bool:
    """Whether a path is that of an index which a generator makes, or of a listing."""
    return _GENERATED.search(path) is not None or _REPORTED.search(path) is not None


def lists_files(page: Page) -> bool:
    """Whether a page is called as the list of the files in its folder is, and says nothing in a sentence."""
    title = page.extract.title or page.extract.h1
    folder = unquote(path_and_query(page.url)[0]).rstrip("/")
    if page.extract.lead:
        return False
    if found := _LIST_OF_FILES.fullmatch(title):
        # A server behind another one may know the end of the path alone.
        return f"{folder}/".endswith(f"/{found['path'].strip('/')}/".replace("//", "/"))
    found = _PATH_ALONE.fullmatch(title)
    return found is not None and found["path"] == f"{folder}/"


def is_generated(page: Page, title: str, inner: str) -> bool:
    """Whether a page is a listing or an index; `inner` is its address below the site's folder."""
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
    if _REPORTED.search(inner) and not is_on_subject(page):
        return True
    return _GENERATED.search(inner) is not None


def is_on_subject(page: Page) -> bool:
    """Whether a page stands in the site's navigation and begins with a sentence, as those of a manual."""
    return page.extract.rank > 0 and bool(page.extract.lead)


def _is_navigation(page: Page) -> bool:
    """Whether a page is a list of the site's pages without a word of its own, which a frame shows beside each."""
    extract = page.extract
    # In Hotdoc's each link is a heading.
    return bool(extract.contents) and not (extract.title or extract.h1 or extract.lead)
