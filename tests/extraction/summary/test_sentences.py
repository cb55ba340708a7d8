from __future__ import annotations

import pytest
from tests.extraction.reading import lead

SCRIPTS = {
    "Japanese": (
        "このページは日本語で書かれています。空白のない文章も正しく読めなければなりません。詳しくは次の章。",
        "このページは日本語で書かれています。空白のない文章も正しく読めなければなりません。",
    ),
    "Chinese": (
        "本页说明如何在几分钟之内安装并配置这个服务器。之后是其他内容。",
        "本页说明如何在几分钟之内安装并配置这个服务器。",
    ),
    "Korean": (
        "이 문서는 서버를 설치하고 설정하는 방법을 설명합니다. 다음 장을 보십시오.",
        "이 문서는 서버를 설치하고 설정하는 방법을 설명합니다.",
    ),
    "Arabic": (
        "تشرح هذه الصفحة كيفية تثبيت الخادم وإعداده خطوة بخطوة. ثم تأتي التفاصيل.",
        "تشرح هذه الصفحة كيفية تثبيت الخادم وإعداده خطوة بخطوة.",
    ),
    "Hindi": (
        "यह पृष्ठ बताता है कि सर्वर को कैसे स्थापित करें और चलाएं। बाकी आगे है।",
        "यह पृष्ठ बताता है कि सर्वर को कैसे स्थापित करें और चलाएं।",
    ),
    "Thai": ("หน้านี้อธิบายวิธีการติดตั้งและตั้งค่าเซิร์ฟเวอร์ทีละขั้นตอน", "หน้านี้อธิบายวิธีการติดตั้งและตั้งค่าเซิร์ฟเวอร์ทีละขั้นตอน"),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_has_a_lead_that_ends_with_a_sentence(name: str) -> None:
    text, expected = SCRIPTS[name]
    assert lead(f"<p>{text}</p>") == expected


def test_a_wide_character_counts_as_two() -> None:
    long = "これは区切りのない長い文章であり" * 20
    assert lead(f"<p>{long}</p>") == f"{long[:99]}…"
    assert lead(f"<p>{'word ' * 100}end.</p>") == f"{'word ' * 39}word…"


@pytest.mark.parametrize(
    "text",
    [
        "The method that this page shows was found by Lovelace et al. (1843) and is as good as new.",
        "It says how the server is set up, a.k.a. Daemon, and how it is started.",
        "Diese Seite beschreibt, wie der Server bzw. Dienst eingerichtet und ggf. Updates gesucht werden.",
        "Processing of data of the kind that is named in art. 9 is done by nobody here.",
        "Das Programm wird seit dem 3. Quartal von der Firma Müller & Co. KG gepflegt und verkauft.",
        "Можно задать список адресов, портов и т. д. в одном месте программы (см. рис. 3).",
        "Програма працює з файлами, тобто з даними, напр. зі списками користувачів мережі.",
        "Některé položky menu mají také zvýrazněný znak, tzv. „hot key“, který je rychlejší.",
        "La función fue escrita por el Sr. García y la Sra. López en el año 2001.",
        "Το πρόγραμμα διαβάζει δεδομένα από πηγές, π.χ. από αρχεία ή από το δίκτυο.",
        "Le programme qui est décrit ici lit des fichiers de toutes sortes, etc. à la demande.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert lead(f"<p>{text} The rest follows.</p>") == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Θέλετε να εγκαταστήσετε το πρόγραμμα στον υπολογιστή σας τώρα;", "Διαβάστε αυτή τη σελίδα."),
        ("Hexo 3의 릴리즈와 함께, server를 메인 모듈과 분리시켰습니다.", "server를 사용하려면 설치하세요."),
        ("Сервер отделён от основного модуля в третьей версии.", "npm ставит его отдельно."),
        ("Το πρόγραμμα διαβάζει δεδομένα· γράφει επίσης σε αρχεία.", "Δεύτερη πρόταση."),
        ("目前为止，我们将所有的输出都通过使用 Rust 的宏 println! 写到了终端。", "之后会介绍其他方法。"),
        ("這是一個32位的PE文件，我們直接運行它之後會要求輸入正確的password.", "當你輸入錯誤時則會提示你。"),
        ("The default is 512 kb of memory for each of the servers; it may be set.", "The rest follows."),
    ],
)
def test_a_sentence_ends_where_a_reader_of_its_language_sees_it_end(text: str, rest: str) -> None:
    assert lead(f"<p>{text} {rest}</p>") == text


def test_a_word_that_may_be_an_abbreviation_ends_a_sentence() -> None:
    assert lead("<p>This is how the server came to be the state of the art. The rest follows.</p>").endswith("art.")
