from __future__ import annotations

import pytest

from llmstxt_sched.documents.selection.language_words import is_in

TEXTS = {
    "de": "Die Mühle wird durch einen Fluss angetrieben, und das Korn ist nicht nass.",
    "fr": "Le moulin est sur une rivière, et les meules sont dans la tour.",
    "es": "El molino está junto al río y las muelas se mueven con una rueda como esta.",
    "pt": "O moinho não é grande, e os sacos são levados pelo rio com uma roda.",
    "it": "Il mulino è sul fiume, e le macine sono mosse da una ruota della torre che gira per questo.",
    "nl": "De molen is niet groot, en het meel wordt met een kar naar de stad gebracht.",
    "pl": "Młyn nie jest duży, a mąka jest wożona przez rzekę oraz do miasta.",
    "ru": "Мельница стоит на реке.",
    "ja": "水車は川の水で動きます。",
    "zh": "水车由河水驱动。",
    "ko": "물레방아는 강물로 움직인다.",
    "en": "The mill is driven by a river, and the sacks are not in the tower, as for all who care to come.",
}


@pytest.mark.parametrize("language", sorted(TEXTS.keys() - {"en"}))
def test_a_text_is_in_its_own_language_and_in_no_other(language: str) -> None:
    assert [tag for tag, text in TEXTS.items() if is_in(text, language)] == [language]


def test_what_is_not_known_is_not_sure() -> None:
    assert not is_in(TEXTS["en"], "en")
    assert not is_in("", "de")
    assert not is_in("", "ja")
    assert not is_in("The name of the mill, 水車, is written in many ways by those who come to see it.", "zh")
