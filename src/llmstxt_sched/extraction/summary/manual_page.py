"""Reads what a manual page says that it is called and does, below "NAME" (man-pages(7), "Sections within a page")."""

from __future__ import annotations

import re
from itertools import dropwhile, islice
from typing import Final

from llmstxt_sched.extraction import generator_selectors as selectors
from llmstxt_sched.extraction.dom.start_tag import Question, StartTag
from llmstxt_sched.extraction.dom.tree import Element, Tree
from llmstxt_sched.extraction.markdown.inline.inline_writer import InlineWriter
from llmstxt_sched.extraction.normalise import normalise_line
from llmstxt_sched.extraction.summary.excerpt import run_behind

# In the languages that man-pages(7) is translated to.
_NAME_ABROAD: Final = """
    BEZEICHNUNG NOM NOMBRE NOME NAAM NAVN NAMN NIMI NAZWA NÁZEV JMÉNO NÉV NUME İSİM NAMA TÊN ИМЯ НАЗВА НАЗИВ ΟΝΟΜΑ
    名前 名称 名稱 이름
"""
_HEADINGS: Final = frozenset(["NAME", *_NAME_ABROAD.split()])
# Beside a translation the word itself may stand.
_ALSO_NAME: Final = re.compile(r"[\s(\uff08]*NAME[\s)\uff09]*|[\s(\uff08)\uff09]+")
# What it is called, and what that does: "ls, dir - list what is in a folder".
_NAMES: Final = re.compile(r"[^\s,]{1,80}(?:, [^\s,]{1,80}){0,100} (?:--?|[\u2013\u2014]) \S.*")
# Sections that nearly all of them have, among the first ones after it.
_OTHERS_ABROAD: Final = """
    ÜBERSICHT BESCHREIBUNG OPTIONEN SINOPSIS DESCRIPCIÓN OPCIONES SINTASSI DESCRIZIONE OPZIONI SAMENVATTING BESCHRIJVING
    OPTIES BESKRIVELSE OVERSIKT BESKRIVNING FLAGGOR YLEISKATSAUS KUVAUS SKŁADNIA OPIS OPCJE POUŽITÍ POPIS VOLBY
    ÖSSZEGZÉS LEÍRÁS KAPCSOLÓK REZUMAT DESCRIERE OPȚIUNI KULLANIM AÇIKLAMA SEÇENEKLER RINGKASAN DESKRIPSI SINOPSE
    DESCRIÇÃO OPÇÕES СИНТАКСИС ОПИСАНИЕ ПАРАМЕТРЫ ОПЦИИ ОБЗОР ОПИС ПАРАМЕТРИ УВОД ΣΥΝΟΨΗ ΠΕΡΙΓΡΑΦΗ
    書式 説明 解説 概述 总览 總覽 描述 选项 選項 사용법 설명
"""
_OTHERS: Final = frozenset(
    ["SYNOPSIS", "DESCRIPTION", "SYNTAX", "USAGE", "OPTIONS", "VERSION", "TÓM TẮT", "MÔ TẢ", *_OTHERS_ABROAD.split()]
)
_MAX_OTHERS: Final = 10
_END_OF_NAME: Final = re.compile(r",? ")
_END_OF_NAMES: Final = re.compile(r" (?:--?|[\u2013\u2014]) ")
# "NAME" is the first heading, or the second after the page's title.
_MAX_HEADINGS: Final = 2
# In characters: a longer text is more than a line; the names of a library's functions may be many.
_MAX_LINE, _MAX_NAMES = 200, 2000
_MAX_LABEL: Final = 30
_PRINTED: Final = re.compile(
    r"^NAME[ \t]*\n((?:[ \t]+\S.*\n)+)\s*\n(?:SYNOPSIS|DESCRIPTION|SYNTAX|USAGE)\b", re.MULTILINE
)
_OF_LINES: Final = frozenset(["p", "pre"])
_PARTS: Final = selectors.PARTS_OF_TEXT - {"blockquote", "figure"}


def name_of_manual(tree: Tree, heading: Element, said: str) -> str:
    """The line below the heading "NAME" that says in a few words what a page is about; '' for any other heading.

    The page's <title>, which is `said`, is taken where it begins with that name, as "open(2)" does.
    """
    words = heading.words()
    if heading.parent is None or not _is_name(words) or words != words.upper():
        return ""
    behind = dropwhile(lambda part: part is not heading, heading.parent.elements())
    line = next(islice(behind, 1, None), None)
    if line is None or line.tag != "p" or line.chars > _MAX_LINE:
        return ""
    words = line.words()
    is_manual = _NAMES.fullmatch(words) is not None and _has_others(tree, heading)
    return words if is_manual and not _is_named(said, words) else ""


def does_of_manual(tree: Tree, main: Element, inline: InlineWriter) -> str:
    """What the line below "NAME" says that the thing does, without its names; '' where there is no such line."""
    said = _said_by_docbook(tree, main)
    if said:
        return said
    title = ""
    headings = filter(lambda node: node.tag in selectors.HEADINGS, tree.within(main))
    for heading in islice(headings, _MAX_HEADINGS):
        words = heading.words()
        if _is_name(words):
            line = _loose(tree, main, heading, inline) or _below(tree, main, heading, inline)
            # A record has a field of that name as well.
            return _does(line) if words.isupper() or _is_named(title, line.strip("`*")) else ""
        title = words
    whole = tree.first(main, selectors.CODE_BLOCKS)
    # A whole page in one block, as man(1) prints it.
    found = _PRINTED.search(whole.text()[:_MAX_NAMES]) if whole is not None and whole.chars > _MAX_NAMES else None
    return _does(" ".join(found[1].split())) if found else ""


def _said_by_docbook(tree: Tree, main: Element) -> str:
    """What DocBook's line below the name says, also where that is the heading, as gtk-doc and PostgreSQL have it."""
    boxes = [box for box in tree.where(_holds_name, ["class"])[:_MAX_HEADINGS] if main.holds(box) and not box.dropped]
    for box in boxes[:1]:
        heading, line = tree.first(box, selectors.HEADINGS), tree.first(box, ["p"])
        if heading is None or line is None or line.chars > _MAX_LINE:
            return ""
        if _is_name(heading.words()):
            return _does(line.words())
        name, _, does = line.words().partition(" \u2014 ")
        return does if name == heading.words() else ""
    return ""


@Question
def _holds_name(start: StartTag) -> bool:
    return start.name == "div" and selectors.NAME_OF_DOCBOOK in start.classes


def _below(tree: Tree, main: Element, heading: Element, inline: InlineWriter) -> str:
    behind = filter(lambda node: node.at >= heading.end and node.tag in _PARTS, tree.within(main))
    line = next(islice(behind, 1), None)
    if line is None or line.tag not in _OF_LINES or line.chars > _MAX_NAMES:
        return ""
    words = line.words()
    if not _NAMES.fullmatch(words) or not _has_others(tree, heading):
        return ""
    return normalise_line(inline.text(line.children))[0] if line.tag == "p" else words


def _loose(tree: Tree, main: Element, heading: Element, inline: InlineWriter) -> str:
    """The line below the heading where no element is around it, as man2html writes it."""
    line = normalise_line(inline.text(run_behind(heading, main, {})[1]))[0]
    is_line = len(line) <= _MAX_NAMES and _NAMES.fullmatch(line) is not None
    return line if is_line and _has_others(tree, heading) else ""


def _does(line: str) -> str:
    does = _END_OF_NAMES.split(line, maxsplit=1)[-1] if _NAMES.fullmatch(line) else ""
    return does if len(does) <= _MAX_LINE else ""


def _has_others(tree: Tree, heading: Element) -> bool:
    """Whether a section follows that manual pages have; a field of a form may be called NAME as well."""
    behind = [node for node in tree.tagged(*selectors.HEADINGS) if node.at > heading.at and not node.dropped]
    said = [node.words().upper() for node in islice(behind, _MAX_OTHERS)]
    # The same in English may stand before or after it.
    return any(words in _OTHERS or not _OTHERS.isdisjoint(words.split()) for words in said)


def _is_name(words: str) -> bool:
    return len(words) <= _MAX_LABEL and (words.upper() in _HEADINGS or _ALSO_NAME.sub("", words.upper()) in _HEADINGS)


def _is_named(said: str, words: str) -> bool:
    name = _END_OF_NAME.split(words, maxsplit=1)[0].rstrip("`*").casefold()
    return said.casefold().startswith(name) and not said[len(name) : len(name) + 1].isalnum()
