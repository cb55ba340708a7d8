from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li><input type=checkbox> Is this page useful?</li><li><input type=checkbox> Is it complete?</li></ul>",
        "<table><tr><td><input type=checkbox></td><td>Is this guide helpful?</td></tr></table>",
        "<p>Ask so:</p><fieldset><legend>Is this useful?</legend><input type=radio>Yes <input type=radio>No</fieldset>",
        "<p>Ask so:</p><div><p>Is this useful?</p><button>Yes</button></div>",
    ],
)
def test_an_item_to_tick_off_and_an_example_are_no_question_about_the_page(text: str) -> None:
    assert "Is this" in of_main(f"<p>{PROSE}</p>{text}")


@pytest.mark.slow
def test_very_many_fields_without_a_text_take_linear_time() -> None:
    assert PROSE in of_main(f"<p>{PROSE}</p><form><p>Sizes</p>{'<p><input type=text></p>' * 20_000}</form>")


CONSENT = [
    "<div><p>This site uses cookies for its shop.</p><button>Accept all</button><button>Decline</button></div>",
    "<section><h2>Cookies</h2><p>Wir verwenden sie.</p><div><button>Alle akzeptieren</button></div></section>",
    "<div id=cookie-law-info-bar><span>Cookies are in use.</span></div>",
    "<div><p>Bu site çerez kullanıyor.</p><button>Tümünü kabul et</button></div>",
    "<div><p>यह साइट कुकी का उपयोग करती है।</p><button>स्वीकार करें</button></div>",
    "<div><p>このサイトはクッキーを使用します。</p><button>すべて受け入れる</button></div>",
]


@pytest.mark.parametrize("banner", CONSENT)
def test_what_asks_for_consent_to_cookies_is_left_out(banner: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{banner}") == f"# T\n\n{PROSE}"
    page = f"<body>{banner}<div><h1>T</h1><p>{PROSE}</p></div>"
    assert markdown(page) == f"# T\n\n{PROSE}\n"


@pytest.mark.parametrize(
    "text",
    [
        "<p>A site uses cookies where it sets them.</p>",
        "<div><p>A site uses cookies where it sets them.</p><button>Run</button></div>",
        "<section><h2>Set cookie</h2><p>A site uses cookies where it sets them.</p><button>OK</button></section>",
        "<div class=cookies-and-consent><p>A site uses cookies where it sets them.</p></div>",
        "<div><p>A site uses cookies where it sets them, and the browser sends them.</p><button>Accept</button></div>",
        "<p>A site uses cookies where its reader pressed <button>Accept</button>, and none before.</p>",
        "<div><p>A site uses cookies where it sets them.</p><pre>get()</pre><button>OK</button></div>",
        "<div><p>A site uses cookies where <code>get()</code> is called.</p><button>OK</button></div>",
    ],
)
def test_a_text_about_cookies_stays(text: str) -> None:
    assert "uses cookies where" in of_main(f"<h1>T</h1><p>{PROSE}</p>{text}")


@pytest.mark.parametrize(
    "question",
    [
        "War diese Seite hilfreich?",
        "Cette page a-t-elle \u00e9t\u00e9 utile ?",
        "\u00bfTe result\u00f3 \u00fatil esta p\u00e1gina?",
        "\u3053\u306e\u30da\u30fc\u30b8\u306f\u5f79\u306b\u7acb\u3061\u307e\u3057\u305f\u304b\uff1f",
        "\u6b64\u9875\u9762\u6709\u5e2e\u52a9\u5417\uff1f",
        "Rate this page",
        *("War das hilfreich?", "Avez-vous trouvé cet article utile ?", "¿Ha sido útil esta página?"),
        *("Esta página ajudou você?", "È stato utile?", "Vond je deze pagina nuttig?", "Czy ten artykuł był pomocny?"),
        *(
            "Byla tato stránka užitečná?",
            "Var denne side nyttig?",
            "Oliko tästä sivusta apua?",
            "Hasznos volt ez a cikk?",
        ),
        *("A fost utilă această pagină?", "Ήταν χρήσιμη αυτή η σελίδα;", "Bu makale yararlı oldu mu?"),
        *("Bài viết này có hữu ích không?", "Apakah halaman ini membantu?", "Вам помогла эта статья?"),
        *("Чи була ця сторінка корисною?", "هل كانت هذه الصفحة مفيدة؟", "האם דף זה היה מועיל?"),
        *("آیا این صفحه مفید بود؟", "क्या यह पेज उपयोगी था?", "หน้านี้มีประโยชน์หรือไม่?"),
        *("お役に立ちましたか？", "以上内容对您是否有帮助？", "此頁面是否有幫助？", "도움이 되었습니까?"),
    ],
)
def test_what_asks_for_an_opinion_is_known_in_other_languages(question: str) -> None:
    asked = f"<div><p>{question}</p><button>1</button><label>Ja</label> <label>Nein</label></div>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{asked}") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize("question", ["How is this guide?", "Did you like this page?"])
def test_a_question_how_the_page_is_goes_with_its_answers(question: str) -> None:
    answers = "<button>Good</button><button>Bad</button>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><div><p>{question}</p>{answers}</div>") == f"# T\n\n{PROSE}"
    assert "How is this?" in of_main(f"<h1>T</h1><p>{PROSE}</p><div><p>How is this?</p>{answers}</div>")


@pytest.mark.parametrize(
    ("asked", "is_kept"),
    [
        ("<div class=helpful>Was this helpful? <a href=#yes>Yes</a> <a href=#no>No</a></div>", False),
        ("<p id=voting>Did you find it helpful? <span>Yes</span><span>No</span></p>", False),
        ("<div class=rating><p>Rate this article</p><span>\u2605</span><span>\u2605</span></div>", False),
        ("<p>It asks:</p><div class=vote>Was this helpful? <a href=#yes>Yes</a></div>", True),
        ("<p class=vote>Was this helpful? The form asks no more than that.</p>", True),
        ("<h2 id=was-this-helpful>Was this helpful?</h2><p>x</p>", True),
        ("<p>Was this helpful? Yes</p>", True),
        ("<dl><dt id=was-this-helpful>Was this helpful?</dt><dd>For some.</dd></dl>", True),
        ("<p><strong id=was-this-helpful>Was this helpful?</strong></p><p>For some.</p>", True),
        ("<ul><li class=feedback-question>Was this helpful?</li><li>What is missing?</li></ul>", True),
        ("<details><summary id=was-this-helpful>Was this helpful?</summary>For some.</details>", True),
        ("<section id=was-this-helpful-1><h2>Was this helpful?</h2></section><p>For some.</p>", True),
        ("<p>The form shows <code class=feedback>Was this helpful?</code> below.</p>", True),
        ("<pre><code><span class=vote>Was this helpful?</span></code></pre>", True),
    ],
)
def test_a_question_for_an_opinion_is_told_by_its_name_where_its_answers_are_no_buttons(
    asked: str, *, is_kept: bool
) -> None:
    written = of_main(f"<h1>T</h1><p>{PROSE}</p>{asked}")
    assert ("this helpful" in written) is is_kept
    assert is_kept or written == f"# T\n\n{PROSE}"


def test_a_question_for_an_opinion_goes_also_where_nothing_is_around_it_and_its_answers() -> None:
    for asked in (
        "Was this article helpful?",
        "\u3053\u306e\u8a18\u4e8b\u306f\u5f79\u306b\u7acb\u3061\u307e\u3057\u305f\u304b\uff1f",
    ):
        buttons = "<button>Yes</button> <button>No</button>"
        bar = "<a href=/p>\u0627\u0644\u0633\u0627\u0628\u0642</a> <a href=/n>\u0627\u0644\u062a\u0627\u0644\u064a</a>"
        assert of_main(f"<h1>T</h1><p>{PROSE}</p><p>{asked}</p>{buttons}{bar}") == f"# T\n\n{PROSE}"
        assert asked in of_main(f"<h1>T</h1><p>{PROSE}</p><p>{asked}</p><p>x</p>{buttons}")


def test_a_page_that_is_nothing_but_a_question_is_read() -> None:
    assert markdown("<p>Was this article helpful? <button>Yes</button></p>") == "\n"
