from __future__ import annotations

import pytest

from llmstxt_sched.documents.selection.editions.language_words import is_in

TEXTS = {
    "de": "Die Mühle wird durch einen Fluss angetrieben, und das Korn ist nicht nass.",
    "fr": "Le moulin est sur une rivière, et les meules sont dans la tour.",
    "es": "El molino está junto al río y las muelas se mueven con una rueda como esta.",
    "pt": "O moinho não é grande, e os sacos são levados pelo rio com uma roda.",
    "it": "Il mulino è sul fiume, e le macine sono mosse da una ruota della torre che gira per questo.",
    "nl": "De molen is niet groot, en het meel wordt met een kar naar de stad gebracht.",
    "pl": "Młyn nie jest duży, a mąka jest wożona przez rzekę oraz do miasta.",
    "sv": "Kvarnen är inte stor, och mjölet är för staden att baka bröd av, med en vagn som går på vägen.",
    "da": "Møllen er ikke stor, og melet er til byen, som det køres til med en vogn fra floden.",
    "nn": "Mølla er ikkje stor, og mjølet blir køyrt frå elva til byen med ein vogn; dei seier ikkje korleis.",
    "is": "Myllan er ekki stór, en þetta er mjölið sem er flutt með vagni frá ánni þegar það er hægt.",
    "fi": "Mylly ei ole suuri, ja jauhot ovat valmiita kun joki virtaa, mutta niitä voi myös ostaa.",
    "et": "Veski töötab, kui jões on vett, ning jahu viiakse vankriga linna ja seda saab ka osta.",
    "lt": "Malūnas nėra didelis, kad miltai būtų vežami iš upės, bet jie yra geri ir gali būti perkami.",
    "lv": "Dzirnavas nav lielas, lai gan milti tiek vesti uz pilsētu, un tos var arī pirkt, kas ir labi.",
    "cs": "Mlýn není velký, ale mouka se vozí do města, aby bylo možné ji koupit, nebo jako dar pro hosty.",
    "sk": "Mlyn nie je veľký, ale múka sa vozí do mesta, alebo ju možno kúpiť pri rieke ako dar pre hostí.",
    "sl": "Mlin ni velik, moka pa se vozi v mesto, kjer jo lahko kupite, če je še kaj ostane, tudi za goste.",
    "hr": "Mlin nije velik, a brašno se vozi u grad, gdje se može kupiti ako ga ima, ili kao dar za goste koji dođu.",
    "sq": "Mulliri nuk është i madh, por mielli çohet në qytet me karrocë dhe mund të blihet nga të gjithë.",
    "hu": "A malom nem nagy, és a liszt a városba megy, hogy ott vegyék meg, vagy egy vendégé lehet.",
    "ro": "Moara nu este mare, și făina este dusă în oraș cu o căruță pentru oaspeți, care o pot cumpăra.",
    "ca": "El molí no és gran, però la farina va a la ciutat amb un carro, i també és per als que són aquí.",
    "gl": "O muíño non é grande, e a fariña vai á cidade cunha carreta, e tamén pola noite cando hai unha festa.",
    "eu": "Errota ez da handia, eta irina hirira eramaten da; gurdi bat da hau, edo erosi egin daiteke.",
    "cy": "Nid yw yn fawr, ac mae blawd yn mynd mewn cert i'r dref, neu gallwch ei brynu gyda ffrind.",
    "ga": "Tá an muileann beag agus téann an plúr go dtí an baile leis seo, nó is féidir é a cheannach.",
    "tr": "Değirmen büyük değil, un bir araba ile şehre gider ve misafirler için daha güzel olan un verilir.",
    "az": "Dəyirman böyük deyil, un araba ilə şəhərə gedir və qonaqlar üçün hər gün verilir.",
    "uz": "Tegirmon katta emas, un arava bilan shaharga boradi va mehmonlar uchun sotib olish mumkin.",
    "id": "Kincir ini tidak besar, dan tepung dibawa ke kota dengan gerobak yang dapat dibeli untuk tamu.",
    "sw": "Kinu hii si kubwa, lakini unga hupelekwa mjini kwa gari, na pia unaweza kununua kila siku.",
    "vi": "Cối xay này không lớn, và bột được chở vào thành phố với một chiếc xe cho các vị khách.",
    "bn": "নদীর জলে কল চলে।",
    "ta": "ஆற்று நீரால் ஆலை இயங்குகிறது.",
    "km": "ម៉ាស៊ីនកិនដើរដោយទឹកទន្លេ។",
    "ru": "Мельница стоит на реке.",
    "ja": "水車は川の水で動きます。",
    "zh": "水车由河水驱动。",
    "ko": "물레방아는 강물로 움직인다.",
    "en": "The mill is driven by a river, and the sacks are not in the tower, as for all who care to come.",
}

# One may be taken for the other.
CLOSE = {"da", "nn"}


@pytest.mark.parametrize("language", sorted(TEXTS.keys() - {"en"}))
def test_a_text_is_in_its_own_language_and_in_no_other(language: str) -> None:
    assert [tag for tag, text in TEXTS.items() if is_in(text, language) and {tag, language} != CLOSE] == [language]


def test_serbian_has_two_scripts() -> None:
    assert is_in(TEXTS["hr"], "sr")
    assert is_in("Млин није велик.", "sr")
    assert not is_in(TEXTS["en"], "sr")


def test_what_is_not_known_is_not_sure() -> None:
    assert not is_in(TEXTS["en"], "en")
    assert not is_in("", "de")
    assert not is_in("", "ja")
    assert not is_in("The name of the mill, 水車, is written in many ways by those who come to see it.", "zh")
