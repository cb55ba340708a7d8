"""Decides which translations of a site's pages its documents hold.

A page is a translation only where siblings prove it: links with `hreflang` between the languages of one page, or
folders that are named by a language, hold the same pages and say so by `lang`, else by their words.  A two-letter
folder alone is nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from llmstxt_sched.documents.model import Page, Translations
from llmstxt_sched.documents.selection.editions.language_choice import ANY, UNDETERMINED, behind_choice, worded
from llmstxt_sched.documents.selection.editions.language_words import is_in, text_of
from llmstxt_sched.documents.selection.editions.template_languages import with_own_languages
from llmstxt_sched.documents.selection.editions.unsaid_languages import BY_COUNTRY, unsaid_translations
from llmstxt_sched.documents.selection.paths import (
    INDEX_FILES,
    Inner,
    common_share,
    folders_below,
    segments_below_language,
    segments_of,
)
from llmstxt_sched.domain.language_tags import has_form_of_tag, is_common, normalised
from llmstxt_sched.domain.project import Languages

_MIN_SHARE = 0.5
_NOTHING_SAID: tuple[object, ...] = ()
_Folder = tuple[str, ...]


def other_languages(pages: Sequence[Page], start_url: str, wanted: Languages) -> set[str]:
    """The URLs of the pages that are translations into languages which are not `wanted`."""
    if wanted == "all":
        return set()
    pages = with_own_languages(pages)
    declared = _declared(pages)
    folders = _folders_by_links(pages) or _folders_by_siblings(pages)
    is_unsaid = not declared and not any(page.language for page in pages)
    unsaid = unsaid_translations(pages, start_url) if wanted == "start" and (is_unsaid or not folders) else set[str]()
    if unsaid or not (declared or folders):
        return unsaid
    by_url = {page.url: page for page in pages}
    tags = {page.url: declared.get(page.url) or _tag_in(folders, page.url) for page in pages}
    home = by_url.get(start_url)
    known = {*tags.values(), *folders.values()} - {""}
    is_choice = not _is_translated(tags, folders)
    start = ""
    if home:
        start = _behind(home, tags, known) if is_choice else ""
        start = start or tags[home.url] or normalised(home.language)
        start = start or _unsaid_of(home, pages, tags, is_choice=is_choice)
    asked = (start,) if wanted == "start" else tuple(map(normalised, wanted))
    if not any(asked):
        return unsaid_translations(pages, start_url) if wanted == "start" else set()
    # Where the start page is in no language's folder, other pages in none are in its language, unless the start page is
    # no more than a choice between languages.
    rest = start if folders and not _tag_in(folders, start_url) else ""
    kept = chosen(known if is_choice else known | {rest}, asked) | chosen({rest}, asked)
    tags = {url: tag or rest for url, tag in tags.items()}
    out = {url for url, tag in tags.items() if tag and tag not in kept}
    if rest:
        out |= _repeated(by_url, folders)
    return out if len(out) < len(pages) else set()


def _behind(home: Page, tags: Mapping[str, str], known: Container[str]) -> str:
    """The language to which a start page leads that is only a choice of languages, unless it says to which.

    What it says may be that of its template, which no page below it is in, or that of several countries.
    """
    said = normalised(home.language)
    near = chosen(filter(None, tags.values()), [said])
    is_alone = sum(not tag for tag in tags.values()) == 1
    is_clear = tags[home.url] or not said or len(near) == 1 or not (near or is_alone)
    return "" if is_clear else behind_choice(home, {url: tag for url, tag in tags.items() if tag in (near or known)})


def _unsaid_of(home: Page, pages: Sequence[Page], tags: Mapping[str, str], *, is_choice: bool) -> str:
    """The language of a start page that says none, beside pages that say theirs or show it by their words."""
    if not any(_is_said(page, tags[page.url]) for page in pages):
        return ""
    if is_choice:
        return behind_choice(home, tags)
    return worded(home, tags) or UNDETERMINED


def _repeated(pages: Mapping[str, Page], folders: Container[_Folder]) -> set[str]:
    """The pages in a language's folder that repeat the page at the same address without it: both have that language."""
    split = {url: segments_below_language(url) for url in pages}
    beside = {tuple(parts): pages[url] for url, parts in split.items()}
    found = set[str]()
    for url, parts in split.items():
        for at in range(len(parts) - 1):
            other = beside.get(tuple(parts[:at] + parts[at + 1 :])) if tuple(parts[: at + 1]) in folders else None
            if other is not None and _said(other) == _said(pages[url]) != _NOTHING_SAID:
                found.add(url)
    return found


def _said(page: Page) -> tuple[object, ...]:
    """What tells two pages of one language apart; nothing where they do not say their language."""
    extract = page.extract
    return (
        (page.language, extract.lead, extract.title, extract.h1, extract.more_leads) if page.language else _NOTHING_SAID
    )


def _is_said(page: Page, tag: str) -> bool:
    """Whether a page declares the language of its folder, or its words are: `/it/` and `/hr/` may be departments."""
    primary = tag.partition("-")[0]
    return bool(tag) and (normalised(page.language).partition("-")[0] == primary or is_in(text_of(page), primary))


def _is_translated(tags: Mapping[str, str], folders: Iterable[_Folder]) -> bool:
    """Whether most pages of one of the folders are beside it as well, so that these are no more than a choice."""
    split = {url: segments_below_language(url) for url in tags}
    plain = {tuple(parts) for url, parts in split.items() if not tags[url] and parts[-1] not in INDEX_FILES}
    inner: dict[_Folder, set[_Folder]] = {folder: set() for folder in folders}
    for url, parts in split.items():
        for at in range(len(parts) - 1) if tags[url] and parts[-1] not in INDEX_FILES else ():
            if (folder := tuple(parts[: at + 1])) in inner:
                inner[folder].add(tuple(parts[:at] + parts[at + 1 :]))
    # A single page ("imprint") may stand anywhere.
    return any(
        2 * len(paths & plain) >= (len(paths) if len(paths) > 1 else max(1, len(plain))) for paths in inner.values()
    )


def chosen(tags: Iterable[str], asked: Iterable[str]) -> set[str]:
    """Those of `tags` that are `asked` for: each by its own name, else by one that is wider or narrower (RFC 4647)."""
    known = set(tags)
    found: set[str] = set()
    for one in filter(None, asked):
        near = {tag for tag in known if f"{tag}-".startswith(f"{one}-") or f"{one}-".startswith(f"{tag}-")}
        found |= {one} if one in known else near
    return found


def start_language(url: str, language: str, translations: Translations) -> str:
    """The tag of the page at `url`, by its own links, else by its `lang`; '' if unknown."""
    own = (tag for tag, target in translations if target == url and tag != ANY)
    return normalised(next(own, language))


def unwanted_links(
    url: str, language: str, translations: Translations, asked: Iterable[str]
) -> tuple[set[str], set[str]]:
    """The translations of the page at `url` that are not `asked` for, and the paths of the folders they are in."""
    links = _links(url, language, translations)
    kept = chosen((tag for tag, _ in links), asked)
    if not kept:
        return set(), set()
    folders = _folders_of(url, links)
    return (
        _others(translations, kept) - {url},
        {_path_of(folder) for folder, tag in folders if tag and tag not in kept},
    )


def unwanted_listed(listed: Mapping[str, Translations], asked: Sequence[str]) -> tuple[set[str], set[str]]:
    """The addresses that are not `asked` for, of pages that are `listed` with their translations, and their folders.

    A page stays that is asked for by its own entry, whatever others say, or that is not among its translations: these
    are left out then, unless one of them is asked for.  The folders are the paths of those in which no such page is.
    """
    found, stay = set[str](), set[str]()
    kept_of: dict[Translations, set[str]] = {}
    for url, translations in listed.items():
        # Most pages have the links of another one.
        kept = kept_of.get(translations)
        if kept is None:
            kept = kept_of[translations] = chosen((normalised(tag) for tag, _ in translations if tag != ANY), asked)
            found |= _others(translations, kept) if kept else set()
        own = {normalised(tag) for tag, target in translations if target == url}
        if not kept and not own:
            found |= _others(translations, kept)
        if not own or not own.isdisjoint(kept):
            stay.add(url)
    unwanted: dict[_Folder, bool] = {}
    for url in stay:
        kept = kept_of[listed[url]]
        for folder, tag in _folders_of(url, _links(url, "", listed[url])) if kept else ():
            unwanted[folder] = unwanted.get(folder, True) and tag not in kept
    folders = {_path_of(folder) for folder, is_unwanted in unwanted.items() if is_unwanted}
    if folders:
        origins = {_origin(url) for url in listed}
        for translations in kept_of:
            stay |= {target for tag, target in translations if tag == ANY and _origin(target) in origins}
    above = {path for url in stay for path in _paths_above(url)} if folders else set()
    return found - stay, folders - above


def _folders_of(url: str, links: Iterable[tuple[str, str]]) -> Iterator[tuple[_Folder, str]]:
    """The folders on the page's own host, named as languages are, in which its translations are."""
    own = [(tag, target) for tag, target in links if _origin(target) == _origin(url)]
    return ((folder, tag) for folder, tag in _pairs(url, own) if has_form_of_tag(folder[-1]))


def _origin(url: str) -> str:
    """The scheme and the host, without "www."."""
    scheme, _, rest = url.partition("//")
    return f"{scheme}//{rest.partition('/')[0].removeprefix('www.')}"


def _paths_above(url: str) -> Iterator[str]:
    """The paths of the folders that `url` is in."""
    parts = segments_of(url)
    return (_path_of(tuple(parts[:at])) for at in range(1, len(parts)))


def _path_of(folder: _Folder) -> str:
    return f"/{'/'.join(folder)}/"


def _others(translations: Translations, kept: Container[str]) -> set[str]:
    """The translations into other languages than those that are kept; an address may be that of several."""
    stay = {target for tag, target in translations if tag == ANY or normalised(tag) in kept}
    return {target for _, target in translations if target} - stay


def _links(url: str, language: str, translations: Translations) -> list[tuple[str, str]]:
    """The links of the page at `url` to its translations, with itself, which many leave out.

    None unless there are two languages at two addresses.
    """
    links = [(normalised(tag), target) for tag, target in translations if tag != ANY and target]
    if language and all(target != url for _, target in links):
        links.append((normalised(language), url))
    return links if len({tag for tag, _ in links}) > 1 and len({target for _, target in links}) > 1 else []


def _links_of(page: Page) -> list[tuple[str, str]]:
    return _links(page.url, page.language, page.translations)


def _declared(pages: Sequence[Page]) -> dict[str, str]:
    found: dict[str, str] = {}
    for page in pages:
        for tag, url in _links_of(page):
            found.setdefault(url, tag)
    return found


def _pairs(url: str, links: Iterable[tuple[str, str]]) -> Iterator[tuple[_Folder, str]]:
    """The folders by which the translations of a page differ from it, each with its language."""
    here = segments_of(url)
    for tag, target in links:
        there = segments_of(target)
        at = next((i for i, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), None)
        if at is None or at == len(there) - 1:
            continue
        if here[at + 1 :] == there[at + 1 :] or here[at:] == there[at + 1 :]:
            yield tuple(there[: at + 1]), tag


def _folders_by_links(pages: Sequence[Page]) -> dict[_Folder, str]:
    found: dict[_Folder, set[str]] = {}
    for page in pages:
        for folder, tag in _pairs(page.url, _links_of(page)):
            found.setdefault(folder, set()).add(tag)
    return {folder: next(iter(tags)) for folder, tags in found.items() if len(tags) == 1}


def _folders_by_siblings(pages: Sequence[Page]) -> dict[_Folder, str]:
    """Folders named by a language that hold the same pages as another one of these, or as the folder around them."""
    languages = {page.url: normalised(page.language) for page in pages}
    found: dict[_Folder, str] = {}
    for above, (named, rest) in folders_below(languages, has_form_of_tag, segments_below_language).items():
        tags = {name: _language_of(name, [languages[url] for url in inner.values()]) for name, inner in named.items()}
        outside = _most([languages[url] for url in rest.values()])
        for name, inner in named.items():
            others = [other for each, other in named.items() if tags[each] != tags[name]]
            others += [rest] if tags[name] != outside else []
            is_said = bool(_most([languages[url] for url in inner.values()]))
            if tags[name] and any(_are_siblings(inner, other, is_said=is_said) for other in others):
                found[*above, name] = tags[name]
    return found


def _are_siblings(one: Inner, other: Inner, *, is_said: bool) -> bool:
    """Whether two folders hold the same pages; where they declare their language, the index page is enough."""
    has_index = any(path in one and path in other for path in INDEX_FILES)
    return common_share(one, other) >= _MIN_SHARE or (is_said and has_index)


def _language_of(name: str, declared: list[str]) -> str:
    """The language of a folder: the one it is named by, unless its pages say that they are in another; '' if unsure."""
    code = normalised(name)
    primary = code.partition("-")[0]
    said = _most(declared)
    if not said:
        return code if is_common(code) else ""
    return said if said.partition("-")[0] in (primary, BY_COUNTRY.get(primary, "")) else ""


def _most(languages: list[str]) -> str:
    return Counter(languages).most_common(1)[0][0] if languages else ""


def _tag_in(folders: Mapping[_Folder, str], url: str) -> str:
    parts = segments_below_language(url)
    return next((folders[key] for at in range(len(parts), 0, -1) if (key := tuple(parts[:at])) in folders), "")
