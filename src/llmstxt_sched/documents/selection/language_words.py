"""Tells by a few common words, or by its letters, that a text is in a language.  Unsure of most, it is never wrong."""

from __future__ import annotations

import re

# Words that hardly any text is without, but for those that English or a language close by has as well.
_WORDS = {
    tag: frozenset(words.split())
    for tags, words in {
        "de": "der das und ist nicht für eine einen einem einer wird werden auf dem sich auch oder wenn durch diese",
        "fr": "le les est une pour dans avec vous sur qui par ou être cette ces sont aux votre",
        "es": "el los las es una con del y se como más este esta puede cuando",
        "pt": "os uma não você com são ao pelo um é da dos isso pode também",
        "it": "il gli è della delle che di per una sono questo questa nel può anche",
        "nl": "het een en van voor met niet zijn deze wordt naar ook kan je dit",
        "sv": "och att är för inte på ett som med av kan eller detta från",
        "da": "og at er ikke på et til af som kan eller dette med fra der",
        "nb no": "og å er ikke på et til av som kan eller dette med fra",
        "pl": "nie się jest oraz dla przez który jak być można lub tego są ze",
        "cs": "je se pro nebo jako které který není aby jsou lze při být",
        "tr": "ve bir bu için ile olarak veya olan daha gibi değil",
        "ro": "și este pentru care sunt cu o în din sau nu prin această",
        "hu": "és az egy nem hogy van vagy meg ezt ha lehet azt",
        "fi": "ja on ei että se tai myös voi joka kun ovat",
        "id": "dan yang untuk dengan ini dari adalah pada tidak atau dapat",
        "vi": "và của là các cho được một không trong với này để",
    }.items()
    for tag in tags.split()
}
_LETTERS = {
    tag: re.compile(f"[{letters}]")
    for tags, letters in (
        ("ru uk bg be sr mk kk mn", "\u0400-\u04ff"),
        ("el", "\u0370-\u03ff\u1f00-\u1fff"),
        ("ja", "\u3040-\u30ff"),
        ("zh", "\u4e00-\u9fff"),
        ("ko", "\uac00-\ud7af"),
        ("ar fa ur", "\u0600-\u06ff"),
        ("he", "\u0590-\u05ff"),
        ("hi", "\u0900-\u097f"),
        ("th", "\u0e00-\u0e7f"),
        ("ka", "\u10a0-\u10ff"),
        ("hy", "\u0530-\u058f"),
    )
    for tag in tags.split()
}
_KANA = _LETTERS["ja"]
_WORD = re.compile(r"\w+")
# So many different words are no chance, and such a share of a text's letters is not only a name in it.
_LEAST_WORDS = 3
_LEAST_SHARE = 0.15


def is_in(text: str, language: str) -> bool:
    """Whether `text` is surely in a language, given by its code of two letters."""
    letters = _LETTERS.get(language)
    if letters is None:
        return len(_WORDS.get(language, frozenset()).intersection(_WORD.findall(text.casefold()))) >= _LEAST_WORDS
    if language == "zh" and _KANA.search(text):
        return False
    return len(letters.findall(text)) > _LEAST_SHARE * len(text)
