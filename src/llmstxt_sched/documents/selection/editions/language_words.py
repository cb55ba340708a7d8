"""Tells by a few common words, or by its letters, that a text is in a language.  Unsure of most, it is never wrong."""

from __future__ import annotations

import re

from llmstxt_sched.documents.model import Page

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
        "sv": "och att är för inte ett av detta från när måste",
        "da": "og at er ikke til af dette fra der når hvis",
        "nb no": "og å er ikke til dette fra når hvis må",
        "pl": "nie się jest oraz dla przez który jak być można lub tego są ze",
        "cs": "je se pro nebo jako které který není aby jsou lze při být",
        "tr": "ve bir bu için ile olarak veya olan daha gibi değil",
        "ro": "și este pentru care sunt cu o în din sau nu prin această",
        "hu": "és az egy nem hogy van vagy meg ezt ha lehet azt",
        "fi": "ja on ei että se tai myös voi joka kun ovat",
        "id ms": "dan yang untuk dengan ini dari adalah pada tidak atau dapat",
        "nn": "ikkje eit frå ein dei kva korleis berre vere noko òg",
        "is": "að ekki með sem við eða þetta fyrir þú hægt frá verður þegar því einnig",
        "ca": "els amb és dels aquest aquesta també quan són més però podeu seva fins així què",
        "gl": "unha non máis cando tamén dende pola coa pódese dun unhas ata",
        "eu": "eta bat dira ez edo izan dute hau egin ere dela behar duen baina",
        "cy": "yn mae gan wedi hyn neu sydd bod eich gallwch nid yw gyda mewn",
        "ga": "agus tá leis seo ní bhfuil chun nó atá nach gach féidir",
        "sq": "dhe të një është për në nuk që nga kjo ose mund duke janë",
        "sk": "sa pre alebo ako ktoré ktorý ktorá nie sú pri byť môže keď tiež len",
        "sl": "ki ni kot če lahko tudi še kar pri bo vendar kadar",
        "hr bs sr": "koji koja koje nije kao ili ako može što ovaj sve kako budu ovo",
        "et": "ja ei kui ning selle mis või kas ka oma seda tuleb saab võib pärast siis neid",
        "lt": "ir yra kad iš nuo kaip gali jei arba būti šis kuris taip pat bus jūsų tik",
        "lv": "ir uz lai vai tiek šo kā arī var jūs pēc nav būs tā kas jums",
        "az": "və üçün ilə kimi deyil hər olaraq edir bilər əgər",
        "uz": "uchun bilan yoki emas kerak mumkin qanday lekin ham qilish",
        "sw": "kwa katika hii kama lakini kuwa hiyo wakati ambayo yako pia kila",
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
        ("hi ne", "\u0900-\u097f"),
        ("bn", "\u0980-\u09ff"),
        ("ta", "\u0b80-\u0bff"),
        ("te", "\u0c00-\u0c7f"),
        ("si", "\u0d80-\u0dff"),
        ("th", "\u0e00-\u0e7f"),
        ("lo", "\u0e80-\u0eff"),
        ("my", "\u1000-\u109f"),
        ("km", "\u1780-\u17ff"),
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
    if letters is not None and _is_written_in(text, letters):
        return language != "zh" or _KANA.search(text) is None
    return len(_WORDS.get(language, frozenset()).intersection(_WORD.findall(text.casefold()))) >= _LEAST_WORDS


def _is_written_in(text: str, letters: re.Pattern[str]) -> bool:
    return len(letters.findall(text)) > _LEAST_SHARE * len(text)


def text_of(page: Page) -> str:
    """What is known of the words of a page."""
    extract = page.extract
    leads = (extract.lead, *extract.more_leads, *extract.part_leads)
    return " ".join((extract.title, extract.h1, extract.description, *leads))
