from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.extraction.reading import PROSE, of_main, read

OPEN, CLOSE = "cs=&lt;|vb=(Of |cpp=&lt;|nu=(|fs=&lt;'", "cs=&gt;|vb=)|cpp=&gt;|nu=)|fs=&gt;"


def by_attribute(name: str, words: str) -> str:
    return f'<span id="{name}" data-languageSpecificText="{words}"></span>'


def by_script(name: str, words: str) -> str:
    return f'<span id="{name}"></span><script>AddLanguageSpecificTextSet("{name}?{words}");</script>'


def by_class(_: str, words: str) -> str:
    parts = [part.partition("=") for part in words.split("|")]
    said = "".join(f"<span class={key}>{text}</span>" for key, _, text in parts)
    return f"<span class=languageSpecificText>{said}</span>"


@pytest.mark.parametrize("words", [by_attribute, by_script, by_class])
def test_names_have_the_signs_of_csharp(words: Callable[[str, str], str]) -> None:
    name = f"Sack{words('LST1_0', OPEN)}T{words('LST1_1', CLOSE)}{words('LST1_2', 'cs=.|vb=.|cpp=::|nu=.')}Fill"
    nothing = words("LST1_3", "cs=null|vb=Nothing|cpp=nullptr")
    page = f"<h1>{name}</h1><p>{PROSE} See <a href=/s>{name}</a>, or {nothing}.</p>"
    expected = f"# Sack\\<T>.Fill\n\n{PROSE} See [Sack\\<T>.Fill](https://docs.example/s), or null."
    assert of_main(page) == expected
    assert read(f"<main>{page}</main>").extract.h1 == "Sack<T>.Fill"


def test_words_for_other_languages_alone_and_other_scripts_change_nothing() -> None:
    assert of_main(f"<p>A{by_attribute('a', 'vb=x')}B</p>") == "AB"
    script = '<script>AddLanguageSpecificTextSet("other?cs=x");</script>'
    assert of_main(f"<p>A<span id=a></span>{script}B</p>") == "AB"
    assert of_main('<p><span id=a>A</span><script>AddLanguageSpecificTextSet("a?cs=x");</script>B</p>') == "AB"
