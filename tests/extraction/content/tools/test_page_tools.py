from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown, of_main
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.content.tools.page_tools import is_page_tool
from llmstxt_sched.extraction.dom.parse import parse
from llmstxt_sched.extraction.dom.tree import Element

MIDDLE_DOT = "\u00b7 "
COPIERS = [
    "<clipboard-copy value=x>Copy</clipboard-copy>",
    "<span role=button tabindex=0>Copy code</span>",
    "<div class='code-copy-button'>Copied!</div>",
    "<div class=copy>Copy</div>",
    "<a href=#>Kopieren</a>",
    "<a href='javascript:void(0)'>\u590d\u5236\u4ee3\u7801</a>",
    "<span role=button>Copier le code</span>",
]
STEPS = [
    "<a href=/a><span>Previous</span><span>Ovens</span></a><a href=/b><span>Next</span><span>Mills</span></a>",
    "<a href=/b><div><div>Next page »</div><div>Mills</div></div></a>",
    "<a href=/a><span>&larr; Prev</span> Ovens</a>",
    "<a href=/a><div><p>Ovens</p></div><p>Previous Page</p></a><a href=/b><div><p>Mills</p></div><p>Next Page</p></a>",
    "<div><a href=/a>Previous: Ovens</a><a href=/b>Next: Mills</a></div>",
    "<div><a href=/b>N\u00e4chstes Kapitel: M\u00fchlen</a></div>",
]
BARS = [
    "<a href=/a>&lt;-previous</a><a href=/>Table of Contents</a><a href=/b>next-&gt;</a>",
    "<p><a href=/a>Prev</a> | <a href=/b>Next</a></p>",
    "<div><span><a href=/a>Up</a> [<a href=/>Top</a>] [<a href=/i>Index</a>]</span></div>",
    "<span><a href=/>Up</a></span><hr>",
    "<p>\u2014 <a href=/a>\u524d</a> \u2014 <a href=/t>\u76ee\u6b21</a> \u2014 <a href=/b>\u6b21</a> \u2014</p>",
]
NO_BARS = [
    ("<p><a href=/n>Next</a> to the mill</p>", "[Next]"),
    ("<p><a href=/a>Up</a>, <a href=/b>Down</a></p>", "[Up]"),
    ("<p><a href=/a>Contents</a> <a href=/b>Index</a></p>", "[Contents]"),
    ("<ul><li><a href=/n>Next</a></li></ul>", "[Next]"),
    ("<p><a href=#n>Next</a></p>", "[Next]"),
    ("<p>\u8a73\u3057\u304f\u306f<a href=/n>\u6b21</a>\u3092\u53c2\u7167</p>", "[\u6b21]"),
    ("<p><a href=/m#pdf-load>load</a><br><a href=/m#pdf-next>next</a><br><a href=/m#pdf-print>print</a></p>", "[next]"),
    ("<h2><a href=/n>Next</a></h2>", "## [Next]"),
    ("<table><tr><th>Key<th>Does<tr><td><a href=/n>Next</a><td>turns</table>", "[Next]"),
]
NO_STEPS = [
    ("<a href=/n><p>Mill</p><p>Next</p></a>", "[Mill]"),
    ("<a href=/n>Next steps</a>", "[Next steps]"),
    ("<ul><li><a href=/n>Next: the mill</a></ul>", "[Next: the mill]"),
    ("<p>See <a href=/n>Next: the mill</a></p>", "[Next: the mill]"),
    ("<a href=/n><b>Next</b>.js</a> is known", "is known"),
    ("<a href=/n><h3>Next</h3><p>A mill.</p></a>", "### [Next]"),
    ("Go to the <a href=/n><b>next</b> chapter</a>.", "Go to the [**next** chapter]"),
    ("<a href=/n><b>Next.js</b> in short</a>", "[**Next.js** in short]"),
    ("<ul><li><a href=/n><code>next</code> builtin function</a></ul>", "[`next` builtin function]"),
    ("<a href=/n><code>next</code>, <code>prev</code> properties</a>", "[`next`, `prev` properties]"),
    ("<a href=/n><span>Next</span> <span>steps</span></a>", "[Next steps]"),
    ("<a href=/n><b>Previous</b> versions of the mill</a>", "[**Previous** versions of the mill]"),
]


@pytest.mark.parametrize("steps", STEPS)
def test_links_that_say_that_they_lead_to_the_next_page_are_left_out(steps: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p><div>{steps}</div>") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize(("html", "text"), NO_STEPS)
def test_links_that_only_begin_with_such_a_word_stay(html: str, text: str) -> None:
    assert text in of_main(f"<h1>T</h1><p>{PROSE}</p><div>{html}</div><p>{PROSE}</p>")


@pytest.mark.parametrize("bar", BARS)
def test_a_line_of_nothing_but_links_to_the_pages_around_this_one_is_left_out(bar: str) -> None:
    expected = f"# T\n\n{PROSE}"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{bar}") == expected
    assert of_main(f"{bar}<h1>T</h1><p>{PROSE}</p>") == expected


@pytest.mark.parametrize(("html", "text"), NO_BARS)
def test_such_words_in_a_text_a_list_or_a_heading_stay(html: str, text: str) -> None:
    assert text in of_main(f"<h1>T</h1><p>{PROSE}</p>{html}<p>{PROSE}</p>")


@pytest.mark.slow
@pytest.mark.parametrize(("bars", "links"), [(10, 300), (1, 6000)])
def test_very_many_links_to_the_next_page_take_linear_time(bars: int, links: int) -> None:
    def read(size: int) -> None:
        of_main(f"<h1>T</h1><p>{PROSE}</p>" + ("<div>" + "<a href=/n>next</a> " * size + "</div>") * bars)

    assert_linear(read, links)


@pytest.mark.parametrize(
    "html",
    [
        "<div><code>==</code><a class=headerlink href=#eq>\u00b6</a></div>",
        "<p id=eq>==<a class=headerlink href=#eq>\u00b6</a></p>",
        "<div>== <a href=_modules/mill.html#eq>[source]</a></div>",
    ],
)
def test_an_operator_beside_a_link_that_is_left_out_stays(html: str) -> None:
    written = of_main(f"<h1>T</h1><p>{PROSE}</p>{html}<p>{PROSE}</p>")
    assert "==" in written
    assert "](" not in written


@pytest.mark.slow
def test_very_many_empty_links_beside_signs_take_linear_time() -> None:
    def read(links: int) -> None:
        of_main(f"<h1>T</h1><p>{PROSE}</p><div>a b " + "<a rel=next href=/n></a>" * links + "</div>")

    assert_linear(read, 5000)


COMMIT = "<a href=https://git.example/mill/commit/abc1234>Mend the wheel (abc1234)</a>"


@pytest.mark.parametrize(
    "line", [f"<div>Last modified May 1, 2024: {COMMIT}</div>", f"<p>Last updated 2024-05-01:{COMMIT}"]
)
def test_the_last_commit_of_a_page_is_left_out(line: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{line}") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize(
    "line",
    [
        f"<p>Changed May 1, 2024: {COMMIT}</p>",
        f"<p>Last modified May 1, 2024: {COMMIT} and others</p>",
        f"<p>Last modified May 1, 2024: {COMMIT} <b>Stone</b></p>",
        f"<p>It was mended by {COMMIT}</p>",
    ],
)
def test_other_lines_with_a_commit_stay(line: str) -> None:
    assert "[Mend the wheel (abc1234)]" in of_main(f"<h1>T</h1><p>{PROSE}</p>{line}")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>As of Python 3 <a href=/s>view source</a>.</p>", "As of Python 3 [view source]"),
        ("<h2><a href=/l/5>§</a> 5</h2>", "## [§]"),
        ("<h2>Law <a href=/l/5>§</a> 5 of it</h2>", "## Law [§]"),
    ],
)
def test_what_is_part_of_a_sentence_or_of_a_heading_is_no_tool(html: str, text: str) -> None:
    assert text in of_main(f"<h1>T</h1><p>{PROSE}</p>{html}<p>{PROSE}</p>")


@pytest.mark.parametrize(
    "html", ["<p>Changed 5 May 2024 <a href=/e>edit page</a>.</p>", "<h2>Law <a href=/l>§</a></h2>"]
)
def test_a_tool_behind_a_date_or_a_heading_is_left_out(html: str) -> None:
    assert "](" not in of_main(f"<h1>T</h1><p>{PROSE}</p>{html}<p>{PROSE}</p>")


@pytest.mark.slow
def test_a_heading_of_many_signs_takes_linear_time() -> None:
    assert_linear(lambda signs: of_main(f"<p>{PROSE}</p><h2>{'<a href=/l>§</a> w ' * signs}</h2>"), 6_000)


@pytest.mark.parametrize("copier", COPIERS)
def test_what_copies_code_is_left_out_whatever_element_it_is(copier: str) -> None:
    assert of_main(f"<p>{PROSE}</p><div><pre>x = 1</pre>{copier}</div>") == f"{PROSE}\n\n```\nx = 1\n```"


@pytest.mark.parametrize("name", ["copy", "photocopy"])
def test_a_text_that_is_only_called_a_copy_stays(name: str) -> None:
    assert of_main(f"<p>{PROSE}</p><div class={name}>Two copies are kept.</div>").endswith("Two copies are kept.")


@pytest.mark.parametrize(
    "text",
    [
        "<h2 class=body-copy>Copy</h2>",
        "<h3 role=button aria-expanded=false>Copy</h3>",
        "<dl><dt class=copy>Copy</dt><dd>It is kept.</dd></dl>",
        "<table><tr><td class=copy>Copy</td><td>It is kept.</td></tr></table>",
        "<ul><li class=copy>Copy</li><li>Move</li></ul>",
        "<div><code class=copy>Copy</code></div>",
        "<div class=click-to-copy><code>Copy</code></div>",
        "<div class=copy-block><pre>Copy</pre></div>",
        "<details><summary>Copy</summary><p>It is kept.</p></details>",
    ],
)
def test_a_heading_a_term_and_an_item_are_no_button_whatever_they_are_called(text: str) -> None:
    assert "Copy" in of_main(f"<p>{PROSE}</p>{text}<p>{PROSE}</p>")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<small>", "</small>"),
        ("<div class=x-copy>", "</div>"),
        ("<div role=button>", "</div>"),
        ("<div class=likes>", "</div>"),
    ],
)
def test_very_many_elements_in_what_may_be_a_button_take_linear_time(start: str, end: str) -> None:
    def read(depth: int) -> None:
        assert "Grind" in of_main(f"<p>{PROSE}</p>{start * depth}{'<b></b>' * (30 * depth)}Grind{end * depth}")

    assert_linear(read, 400)


@pytest.mark.parametrize(
    "more", ["More...", "更多...", "Подробнее...", "Mehr ...", "[詳解]", "Plus de détails...", "더 자세히 ..."]
)
@pytest.mark.parametrize("href", ["#details", "class_mill.html#details"])
def test_doxygens_link_to_the_rest_of_a_text_is_left_out_in_every_language(more: str, href: str) -> None:
    text = f"<h1>T</h1><p>{PROSE} <a href={href}>{more}</a></p>"
    assert of_main(f"{text}<h2 id=details>D</h2><p>x</p>") == f"# T\n\n{PROSE}\n\n## D\n\nx"


@pytest.mark.parametrize(
    "link",
    [
        "<a href=/prices#details>See the prices...</a>",
        "<a href=#details>the details</a>",
        "<a href=#details>details</a> of it",
    ],
)
def test_another_link_to_details_stays(link: str) -> None:
    assert "[" in of_main(f"<h1>T</h1><p>{PROSE} See {link}.</p><h2 id=details>D</h2><p>x</p>")


@pytest.mark.parametrize("alt", ["top", "Back to top", "Nach oben", "ページトップへ"])
def test_a_picture_that_leads_to_the_top_of_the_page_is_left_out(alt: str) -> None:
    picture = f"<div class=up><a href=#page-header><img alt='{alt}' src=up.gif></a></div>"
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{picture}<h2>A</h2><p>x</p>") == f"# T\n\n{PROSE}\n\n## A\n\nx"


@pytest.mark.parametrize(
    "picture",
    [
        "<p><a href=#wheel><img alt='The wheel' src=w.png></a></p>",
        "<p>It lies at the <a href=#t><img alt=top src=t.png></a> of the mill.</p>",
        "<p><a href=/top.html><img alt=top src=t.png></a></p>",
    ],
)
def test_another_picture_that_leads_somewhere_stays(picture: str) -> None:
    assert "![" in of_main(f"<h1>T</h1><p>{PROSE}</p>{picture}")


EDIT = "https://git.example/mill/docs/edit/main/wheel.md"
ABROAD = [
    "<p><a href=/x>Diese Seite bearbeiten</a></p>",
    "<p><a href=/x>Modifier cette page sur GitHub</a></p>",
    "<p><a href=/x>\u7f16\u8f91\u6b64\u9875</a></p>",
    "<p><a href=/x>\u3053\u306e\u30da\u30fc\u30b8\u3092\u7de8\u96c6</a></p>",
    "<p><a href=#top>Nach oben</a></p><p><a href=#m>Aller au contenu principal</a></p>",
    "<div><a href=/a>Zur\u00fcck</a> | <a href=/i>Inhalt</a> | <a href=/b>Weiter</a></div>",
    "<p><a href=/a>\u4e0a\u4e00\u9875</a> <a href=/b>\u4e0b\u4e00\u9875</a></p>",
    "<p><a href=/a>Older posts</a> <a href=/b>Newer posts</a></p>",
    "<div><a href=/b><span>Suivant</span><span>Moulins</span></a></div>",
    f"<p><a href={EDIT}>\u270f\ufe0f Mend this text</a></p>",
    "<p><a href=https://git.example/mill/docs/-/edit/main/wheel.md>Anything</a></p>",
    "<p><a href='https://git.example/mill/docs/src/main/wheel.md?mode=edit'>Anything</a></p>",
]


# By language: to the page before and after, to edit it, to its top, and to copy code.
TOOLS_ABROAD = {
    "de": ("Vorheriges Kapitel", "Nächstes Kapitel", "Auf GitHub bearbeiten", "Zurück zum Seitenanfang", "Kopiert!"),
    "fr": ("Page précédente", "Page suivante", "Modifier la page", "Haut de page", "Copier dans le presse-papiers"),
    "es": ("Anterior", "Siguiente", "Editar en GitHub", "Ir arriba", "Copiar al portapapeles"),
    "pt": ("Página anterior", "Próxima página", "Editar essa página", "Voltar para o topo", "Copiar código"),
    "it": ("Pagina precedente", "Pagina successiva", "Modifica la pagina", "Torna in alto", "Copia negli appunti"),
    "nl": ("Vorig hoofdstuk", "Volgend hoofdstuk", "Bewerk op GitHub", "Terug naar boven", "Code kopiëren"),
    "pl": ("Poprzednia strona", "Następna strona", "Edytuj na GitHub", "Wróć do góry", "Kopiuj do schowka"),
    "cs": ("Předchozí kapitola", "Další kapitola", "Upravit na GitHubu", "Zpět nahoru", "Zkopírováno!"),
    "sv": ("Föregående sida", "Nästa sida", "Redigera på GitHub", "Till toppen", "Kopierat!"),
    "no": ("Forrige", "Neste", "Rediger denne siden", "Til toppen", "Kopier kode"),
    "fi": ("Edellinen sivu", "Seuraava sivu", "Muokkaa tätä sivua", "Takaisin ylös", "Kopioi"),
    "hu": ("Előző oldal", "Következő oldal", "Oldal szerkesztése", "Vissza az oldal tetejére", "Másolás"),
    "ro": ("Pagina anterioară", "Pagina următoare", "Editează această pagină", "Înapoi sus", "Copiază"),
    "tr": ("Önceki sayfa", "Sonraki sayfa", "Sayfayı düzenle", "Başa dön", "Panoya kopyala"),
    "vi": ("Bài trước", "Bài tiếp theo", "Chỉnh sửa trang này trên GitHub", "Lên đầu trang", "Đã sao chép!"),
    "id": ("Halaman sebelumnya", "Halaman berikutnya", "Ubah halaman ini", "Kembali ke atas", "Salin kode"),
    "ru": ("Предыдущая глава", "Следующая глава", "Править на GitHub", "Вернуться к началу", "Скопировать код"),
    "uk": ("Попередня сторінка", "Наступна сторінка", "Редагувати на GitHub", "Нагору", "Копіювати код"),
    "el": ("Προηγούμενη σελίδα", "Επόμενη σελίδα", "Επεξεργασία σελίδας", "Στην κορυφή", "Αντιγραφή"),
    "ar": ("الصفحة السابقة", "الصفحة التالية", "تعديل هذه الصفحة", "العودة إلى الأعلى", "تم النسخ!"),
    "he": ("הדף הקודם", "הדף הבא", "ערוך דף זה", "חזרה למעלה", "העתק קוד"),
    "fa": ("صفحه قبلی", "صفحه بعدی", "ویرایش این صفحه", "بازگشت به بالا", "کپی کردن کد"),
    "hi": ("पिछला", "अगला", "इस पेज को संपादित करें", "वापस शीर्ष पर", "कॉपी करें"),
    "th": ("หน้าก่อนหน้า", "หน้าถัดไป", "แก้ไขหน้านี้", "กลับไปด้านบน", "คัดลอกโค้ด"),
    "ja": ("前へ戻る", "次へ進む", "GitHubでこのページを編集", "このページの先頭へ", "クリップボードにコピー"),
    "zh": ("上一节", "下一节", "编辑当前页面", "返回页首", "复制到剪贴板"),
    "zh-tw": ("前一頁", "後一頁", "在 GitHub 上編輯", "回到頁首", "已複製"),
    "ko": ("이전 문서", "다음 문서", "GitHub에서 편집", "맨 위로 이동", "클립보드에 복사"),
}


@pytest.mark.parametrize("words", TOOLS_ABROAD.values(), ids=TOOLS_ABROAD)
@pytest.mark.parametrize(
    "tools",
    [
        "<p><a href=/a>{0}</a> | <a href=/b>{1}</a></p>",
        "<div><a href=/a><span>{0}</span><span>Mill</span></a><a href=/b><span>{1}</span><span>Belt</span></a></div>",
        "<p><a href=/x>{2}</a></p>",
        "<p><a href=#top>\u2191 {3}</a></p>",
        "<div><a href=#>{4}</a></div>",
    ],
)
def test_tools_are_left_out_in_every_language_as_they_are_in_english(words: tuple[str, ...], tools: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{tools.format(*words)}") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize(
    "label",
    [
        *(
            "In diesem Artikel",
            "Dans cet article",
            "Contenu",
            "Contenuti",
            "Inhoud",
            "Zawartość",
            "Innehåll",
            "Indhold",
        ),
        *("Sisällysluettelo", "Tartalomjegyzék", "Cuprins", "Nội dung", "Daftar isi", "Περιεχόμενα", "У цій статті"),
        *("جدول المحتويات", "תוכן עניינים", "فهرست مطالب", "विषय सूची", "สารบัญ"),
        *("この記事の内容", "本页总览", "文章目录", "本頁目錄", "이 문서의 내용"),
    ],
)
@pytest.mark.parametrize("tag", ["p", "h2", "div"])
def test_the_contents_of_a_page_are_left_out_below_their_label_in_every_language(label: str, tag: str) -> None:
    contents = f"<div><{tag}>{label}</{tag}><ul><li><a href=#a>A</a></li><li><a href=#b>B</a></li></ul></div>"
    parts = f"<h2 id=a>A</h2><p>{PROSE}</p><h2 id=b>B</h2><p>{PROSE}</p>"
    assert of_main(f"<h1>T</h1>{contents}{parts}") == f"# T\n\n## A\n\n{PROSE}\n\n## B\n\n{PROSE}"


@pytest.mark.parametrize("tool", ABROAD)
def test_tools_are_known_in_the_languages_of_the_web_and_by_where_they_lead(tool: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{tool}") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<p>The text can be changed <a href={EDIT}>there</a> by all.</p>", "[there]"),
        (f"<ul><li><a href={EDIT}>wheel.md</a></li></ul>", "[wheel.md]"),
        (
            "<p>Open:</p><p><a href=http://localhost:8000/x/edit/1>http://localhost:8000/x/edit/1</a></p>",
            "[http://local",
        ),
        ("<p><a href='/form?mode=edit'>The form when it is changed</a></p>", "[The form"),
        ("<p>Geh <a href=/b>weiter</a> zur M\u00fchle.</p>", "[weiter]"),
        ("<ul><li><a href=/b>Weiter</a></li></ul>", "[Weiter]"),
        ("<p><a href=/b>Nach oben</a></p>", "[Nach oben]"),
        ("<a href=/b>Weiterbildung</a>", "[Weiterbildung]"),
        ("<ul><li><a href=#haut>Haut</a></li><li><a href=#haar>Haar</a></li></ul>", "[Haut]"),
        ("<ul><li><a href=#arriba>Arriba</a></li><li><a href=#abajo>Abajo</a></li></ul>", "[Arriba]"),
        ("<p><a href=/b>Kopieren</a></p>", "[Kopieren]"),
        ("<ul><li><a href=/b>\u7f16\u8f91\u6587\u6863</a></li></ul>", "[\u7f16\u8f91\u6587\u6863]"),
        ("<p><a href=/b>\u4e0b\u4e00\u6b65\u64cd\u4f5c</a></p>", "[\u4e0b\u4e00\u6b65\u64cd\u4f5c]"),
        ("<h2>Содержание</h2><ul><li><a href=/b>Wheels</a></li></ul>", "[Wheels]"),
    ],
)
def test_what_only_has_words_or_the_address_of_a_tool_stays(html: str, text: str) -> None:
    assert text in of_main(f"<h1>T</h1><p>{PROSE}</p>{html}")


@pytest.mark.parametrize("said", ["aria-label=Breadcrumb", "itemtype='https://schema.org/BreadcrumbList'"])
def test_breadcrumbs_are_left_out_where_an_attribute_alone_says_what_they_are(said: str) -> None:
    crumbs = f"<div {said}><a href=/>Home</a> / <a href=/g>Guides</a> / <span>T</span></div>"
    assert of_main(f"{crumbs}<h1>T</h1><p>{PROSE}</p>") == f"# T\n\n{PROSE}"


def test_a_section_about_breadcrumbs_is_none_of_them() -> None:
    section = "<section aria-label=Breadcrumbs><h2>Breadcrumbs</h2><p>They show <a href=/w>the way</a>.</p></section>"
    assert "They show [the way]" in of_main(f"<h1>T</h1><p>{PROSE}</p>{section}")


@pytest.mark.parametrize(
    "label", ["Auf dieser Seite", "Dans cette page :", "\u672c\u9875\u76ee\u5f55", "Spis tre\u015bci", "TOC \u00bb"]
)
def test_the_label_of_a_pages_contents_is_known_in_other_languages(label: str) -> None:
    contents = f"<div><p>{label}</p><ul><li><a href=#a>A</a></li><li><a href=#b>B</a></li></ul></div>"
    parts = f"<h2 id=a>A</h2><p>{PROSE}</p><h2 id=b>B</h2><p>{PROSE}</p>"
    assert of_main(f"<h1>T</h1>{contents}{parts}") == f"# T\n\n## A\n\n{PROSE}\n\n## B\n\n{PROSE}"


@pytest.mark.parametrize(
    "text",
    [
        "Bitte aktivieren Sie JavaScript.",
        "Veuillez activer JavaScript.",
        "JavaScript\u3092\u6709\u52b9\u306b\u3057\u3066\u304f\u3060\u3055\u3044\u3002",
    ],
)
def test_a_request_for_scripts_is_no_page_in_any_language(text: str) -> None:
    assert markdown(f"<div id=root></div><noscript>{text}</noscript><script src=/a.js></script>").strip() == ""


@pytest.mark.slow
@pytest.mark.parametrize("word", ["weiter", ""])
def test_links_with_many_signs_in_their_texts_take_linear_time(word: str) -> None:
    def links(signs: int) -> list[Element]:
        # In the end more than the texts of which the answer is remembered.
        texts = [f"{word}{MIDDLE_DOT * signs}{at}" for at in range(10_000, 10_000 + 225 * signs)]
        return parse("".join(f"<a href=/x>{text}</a>" for text in texts), as_xml=False).tagged("a")

    by_signs = {signs: links(signs) for signs in (4, 40)}
    assert not any(map(is_page_tool, links(1)))
    assert_linear(lambda signs: [*map(is_page_tool, by_signs[signs])], 40)


@pytest.mark.parametrize("where", ["<h2>Head {}</h2>", "<h2>Head</h2>{}"])
def test_a_link_that_prints_the_page_is_left_out(where: str) -> None:
    link = where.format("<a href=javascript:print();><i class=icon></i>Imprimer</a>")
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{link}<p>x</p>") == f"# T\n\n{PROSE}\n\n## Head\n\nx"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("<p>Drag this: <a href=javascript:print()>Print it</a></p>", "Drag this: Print it"),
        ("<ul><li><a href=javascript:print()>Paper</a>: prints</li></ul>", "- Paper: prints"),
        ("<p><a href=/mail>Mail</a> | <a href=javascript:print()>Paper</a></p>", "[Mail](https://docs.example/mail) |"),
    ],
)
def test_a_text_about_a_link_that_prints_has_it(said: str, text: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{said}<p>x</p>") == f"# T\n\n{PROSE}\n\n{text}\n\nx"


@pytest.mark.slow
def test_very_many_empty_links_that_print_take_linear_time() -> None:
    assert_linear(lambda links: of_main(f"<p>{PROSE}</p><p>{'<a href=javascript:print()></a> ' * links}</p>"), 10_000)


def test_a_sentence_about_printing_the_page_stays_whole() -> None:
    said = "<p>You may <a href=javascript:window.print()>print</a> the page, and take it to where the stones are.</p>"
    assert "You may print the page" in of_main(f"<h1>T</h1><p>{PROSE}</p>{said}")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Head <a href=#top>Up</a></h2><p>x</p>", "## Head\n\nx"),
        ("<p>x</p><div><a href=#top>[Top]</a></div><p>y</p>", "x\n\ny"),
        ("<p>x</p><a href=#top>Return</a><p>y</p><div><a href='#'>&larr; Back</a></div>", "x\n\ny"),
        (
            "<p>See what it can <a href=#top>return</a></p>",
            "See what it can [return](https://docs.example/guide/page.html#top)",
        ),
        ("<center>x<br><font><a href=/i>Index</a> | <a href=/n>Next</a></font></center>", "x"),
        ("<div><a href=#top>Up</a> <pre>post /corn</pre></div>", "```\npost /corn\n```"),
        ("<h2><a href=#up>Up</a></h2><p>x</p>", "## Up\n\nx"),
        (
            "<div>The <a href=#up>up</a> <pre>post /corn</pre></div>",
            "The [up](https://docs.example/guide/page.html#up)\n\n```\npost /corn\n```",
        ),
        ("<p>It goes <a href=#up>up</a></p>", "It goes [up](https://docs.example/guide/page.html#up)"),
        ("<ul><li><a href=#up>up</a><li>down</ul>", "- [up](https://docs.example/guide/page.html#up)\n- down"),
        ("<p>See the <a href=#top>top</a></p>", "See the [top](https://docs.example/guide/page.html#top)"),
        (
            "<ul><li><a href=#top>top</a><li><a href=#left>left</a></ul>",
            "- [top](https://docs.example/guide/page.html#top)\n- [left](https://docs.example/guide/page.html#left)",
        ),
    ],
)
def test_a_link_to_above_in_the_page_is_left_out_where_it_stands_alone(html: str, text: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{html}") == f"# T\n\n{PROSE}\n\n{text}"


@pytest.mark.parametrize(
    ("html", "is_kept"),
    [
        ("<p>Press the <span role=button>Edit this page</span></p>", True),
        ("<p>Then click on: <a href=/e>Edit this page</a></p>", True),
        ("<p>Found a mistake? <a href=/e>Edit this page</a></p>", False),
        ("<p><a href=https://board.example/mill/edit/plan>Edit this page</a></p>", False),
        ("<p><a href=https://git.example/mill/docs/_edit/main/stones.md>Verbessern this page</a></p>", False),
        ("<p><a href=https://board.example/mill/edit/plan>All of this page</a></p>", True),
    ],
)
def test_the_name_of_a_button_that_a_text_announces_stays_and_so_does_no_editors_address(
    html: str, *, is_kept: bool
) -> None:
    assert ("this page" in of_main(f"<h1>T</h1><p>{PROSE}</p>{html}")) is is_kept


CELLS = {
    "nbconvert": "<div class='jp-InputPrompt jp-InputArea-prompt'>In [1]:</div><pre>x</pre>",
    "nbconvert before version 6": "<div class='prompt input_prompt'>In&nbsp;[1]:</div><pre>x</pre>",
    "nbsphinx": "<div class='prompt highlight-none'><div class=highlight><pre>[1]:</pre></div></div><pre>x</pre>",
    "myst-nb": (
        "<details><summary><span class=collapsed>Show code cell source</span>"
        "<span class=expanded>Hide code cell source</span></summary><pre>x</pre></details>"
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_the_numbers_of_cells_of_a_notebook_and_what_folds_them_are_left_out(name: str) -> None:
    assert of_main(f"<p>{PROSE}</p>{CELLS[name]}") == f"{PROSE}\n\n```\nx\n```"


def test_what_a_shell_or_an_author_says_where_such_a_number_would_be_stays() -> None:
    said = "<div class=prompt>Open [the lid]:</div><details><summary>Show code cells of bees</summary>x</details>"
    written = of_main(f"<p>{PROSE}</p>{said}")
    assert "the lid" in written
    assert "Show code cells" in written


def test_a_link_that_opens_an_example_to_be_edited_is_a_tool() -> None:
    for link in ("<a class=edit><i></i> Edit</a>", "<a href='https://codesandbox.io/s/a1'>Edit</a>"):
        assert of_main(f"<h1>Map {link}</h1><div>{link}</div><p>{PROSE}</p>") == f"# Map\n\n{PROSE}"
        assert "Edit" in of_main(f"<h1>Map</h1><p>{PROSE}</p><p>Press {link} to change the text of it.</p>")
    place = "<a href='https://a.example/edit'>Edit</a>"
    assert "[Edit](" in of_main(f"<h1>Map</h1><p>{PROSE}</p><p>{place}</p>")
    for place in (
        "<a name=edit>Edit</a>",
        "<a id=edit>Edit</a>",
        "<a id=src>Source</a>",
        "<a>Source</a>",
        "<a>Edit</a>",
    ):
        name = place.split(">")[1].split("<")[0]
        assert f"\n## {name}\n" in of_main(f"<h1>Map</h1><p>{PROSE}</p><h2>{place}</h2><p>{PROSE}</p>")


@pytest.mark.parametrize("text", ["Name permalink", "Permalink: Name", "Name anchor link"])
def test_a_link_that_names_its_heading_for_screen_readers_goes(text: str) -> None:
    heading = f"<h2 id=name><a class=anchor href=#name><span class=visuallyhidden>{text}</span></a>Name</h2>"
    assert of_main(f"<h1>T</h1>{heading}<p>{PROSE}</p>") == f"# T\n\n## Name\n\n{PROSE}"


@pytest.mark.parametrize("text", ["Creating a permalink", "Link: header of pages", "Anchor: the basics"])
def test_a_heading_on_links_is_no_name_of_another(text: str) -> None:
    for beside in ("<span>New</span>", "<a href=#a>#</a>"):
        heading = f"<h2 id=a><a href=#a>{text}</a> {beside}</h2>"
        assert f"## {text}" in of_main(f"<h1>T</h1><p>{PROSE}</p>{heading}<p>{PROSE}</p>")


def test_a_sign_that_is_an_entry_of_an_index_stays() -> None:
    entries = "<table><tr><th>Entry<th>Section<tr><td><a href=op.html#hash><code>#</code></a><td>Operators</table>"
    assert "| [`#`](https://docs.example/guide/op.html#hash) | Operators |" in of_main(
        f"<h1>T</h1><p>{PROSE}</p>{entries}"
    )
    assert "- [#](https" in of_main(f"<h1>T</h1><p>{PROSE}</p><ul><li><a href=op.html#h>#</a></li><li>b</li></ul>")
    # One to the row itself is a mark.
    link = "<a href={}#r1>#</a>"
    for row in (
        f"<tr><td>{link.format('')}",
        f"<tr id=r1><td>{link.format('page.html')}",
        f"<tr><td id=r1>{link.format('/guide/page.html')}",
        "<tr><td><a name=r1 href=page.html#r1>#</a>",
    ):
        table = f"<table><tr><th>Key<th>Does{row}<td>turns</table>"
        assert "[#]" not in of_main(f"<h1>T</h1><p>{PROSE}</p>{table}")
