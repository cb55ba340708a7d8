from __future__ import annotations

import pytest

from llmstxt_sched.documents.selection.standard_pages import (
    is_about_accounts,
    is_path_of_standard,
    is_standard,
    opens_account,
)


@pytest.mark.parametrize(
    "title",
    [
        "Privacy Notice",
        "Cookie Preferences",
        "Terms & Conditions of Use",
        "End User License Agreement",
        "Data Processing Addendum",
        "Subprocessors",
        "Accessibility statement",
        "Datenschutzerklärung",
        "AGB",
        "Mentions légales",
        "Conditions générales d\u2019utilisation",
        "Política de privacidade",
        "Términos y condiciones",
        "Algemene voorwaarden",
        "Политика конфиденциальности",
        "プライバシーポリシー",
        "利用規約",
        "隐私政策",
        "개인정보 처리방침",
        "سياسة الخصوصية",
        "更新履歴",
        "Notes de version",
        "Millpedia:General disclaimer",
        "MIT License",
        "Apache License, Version 2.0",
        "The GNU Lesser General Public License v2.1",
        "BSD 3-Clause License",
        "Third-party software notices",
        "Copyright and License",
        "Trademarks",
        "Lizenz",
        "许可证",
        "Chính sách bảo mật",
        "Πολιτική απορρήτου",
        "Zásady ochrany osobních údajů",
        "Änderungen",
        "Nouveautés",
        "Değişiklik günlüğü",
        *("Was ist neu", "¿Qué hay de nuevo?", "Historia wersji", "Historie změn", "Muutosloki", "Változásnapló"),
        *("Ændringslog", "Lịch sử thay đổi", "Catatan rilis", "Журнал змін", "Ιστορικό αλλαγών", "יומן שינויים"),
        *(
            "تاریخچه تغییرات",
            "ملاحظات الإصدار",
            "रिलीज़ नोट्स",
            "บันทึกการเปลี่ยนแปลง",
            "更新说明",
            "版本历史",
            "リリース情報",
        ),
    ],
)
def test_legal_texts_and_lists_of_changes_are_known_in_the_languages_of_the_web(title: str) -> None:
    assert is_standard(title)


@pytest.mark.parametrize(
    "title",
    [
        "Cookies",
        "GDPR",
        "Security",
        "Accessibility",
        "Privacy of sacks",
        "Barrierefreiheit",
        "License keys",
        "Licensing",
        "Apache",
        "The MIT License in courts",
        "Gem::License",
        "",
    ],
)
def test_subjects_are_no_legal_texts(title: str) -> None:
    assert not is_standard(title)


def test_a_path_names_a_legal_text_whose_title_says_more() -> None:
    assert is_path_of_standard("datenschutzerklaerung")
    assert is_path_of_standard("acceptable-use-policy")
    assert not is_path_of_standard("cookies")
    assert not is_path_of_standard("")


def test_what_opens_an_account_stands_at_the_top_of_a_site() -> None:
    assert opens_account(["login"], "Log in")
    assert opens_account(["en", "account", "sign-up"], "Sign up")
    assert opens_account(["forgot"], "Forgot your password?")
    assert opens_account(["login"], "ログイン")
    # A command, and a chapter of a manual.
    assert not opens_account(["login"], "login")
    assert not opens_account(["guide", "login"], "Log in")
    assert not opens_account(["login"], "Log in with a key")


def test_what_is_about_accounts_speaks_to_programmers_and_not_to_whom_it_lets_in() -> None:
    assert is_about_accounts(["How a user logs in.", "Send the name in a POST request."])
    assert is_about_accounts(["This function opens a session."])
    assert not is_about_accounts(["Log in with your name to go on."])
    assert not is_about_accounts(["Sign up for free.", "Our API takes requests from your first minute."])
    assert not is_about_accounts(["Get API tokens in your team's own room.", "Already have an account? Log in."])
    assert not is_about_accounts(["Mill for teams", "Sign in to the console to see requests."])
    assert not is_about_accounts(["Log in with OAuth."])
    assert not is_about_accounts(["Register for the API."])
    assert not is_about_accounts(["Have you lost your key? Request another."])
    assert not is_about_accounts(["Enter your name, and a token is on its way by mail."])
    assert not is_about_accounts(["By signing up you take part in what our API is to be."])
    assert is_about_accounts(["A client logs in with OAuth, and may sign in to several sites."])
    assert not is_about_accounts([])
