"""Patterns of lines that are nothing but the date of an update, an age, a counter or a mark of a build.

They are matched against a whole line without its markup, ignoring case, and so never find what merely mentions one.
"""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.extraction.lazy_pattern import LazyPattern

_AGE: Final = (
    r"(?:(?:about|over|almost|around) )?(?:\d+|an?|one|a few|few|several) "
    r"(?:second|minute|min|hour|hr|day|week|month|year)s? ago|just now|(?:a )?moments? ago|less than a minute ago"
)
ONLY_AGE: Final = LazyPattern(rf"(?:{_AGE})\.?", re.IGNORECASE)
# Beside a word that tells what was done so long ago, and as Intl.RelativeTimeFormat and time elements say it.
_BRIEF_AGE: Final = r"\d+ ?(?:s|secs?|m|mins?|h|hrs?|d|w|wks?|mo|y|yrs?) ago"
_LATELY: Final = rf"{_BRIEF_AGE}|yesterday|today|last (?:week|month|year)"
# What a <time> says beside that: it holds nothing but a time.
AGE_IN_TIME: Final = LazyPattern(
    rf"(?:{_AGE}|{_LATELY}|in (?:\d+|an?) (?:second|minute|hour|day|week|month|year)s?)", re.IGNORECASE
)
# The same in other languages, in some of which "before" is the same word: no time of day, and no year, has passed.
_NUMBER, _UNIT = r"(?:\d{1,4}|[^\W\d_]{1,6})", r"[^\W\d_][^\s\d,;:!?()]{0,14}"
AGE_IN_TIME_ABROAD: Final = LazyPattern(
    rf"(?:vor|il y a|hace|há|před|pred|acum|πριν(?: από)?|منذ|"
    rf"לפני|преди|cách đây) {_NUMBER} (?!uhr\b){_UNIT}|"
    rf"(?:för|for) {_NUMBER} {_UNIT} (?:sedan|siden)|"
    rf"{_NUMBER} {_UNIT} (?:geleden|fa|atrás|sitten|temu|назад|тому|önce|"
    r"(?:yang )?lalu|trước|पहले|ezelőtt|sedan|siden)|"
    r"\d{1,4} ?(?:秒|分(?:[钟鐘])?|時間|小[时時]|日|天|周|週間?|星期|"
    r"[かヶカ个個]?月|(?<!\d{4})(?<!\d{4} )年) ?(?:前|以前|之前)|"
    r"\d{1,4} ?(?:초|분|시간|일|주|개월|달|년) ?전|"
    r"\d{1,4} ?\S{1,12}(?:ที่แล้ว|ที่ผ่านมา)|"
    r"heute|gestern|aujourd['’]hui|hier|hoy|ayer|hoje|ontem|oggi|ieri|vandaag|gisteren|i ?dag|i ?går|dziś|"
    r"dzisiaj|wczoraj|сегодня|вчера|bugün|dün|今日|昨日|今天|昨天|오늘|어제",
    re.IGNORECASE,
)
# "Posted 5 minutes ago by Ann": nothing but what was done, how long ago, and by whom.
BYLINE: Final = LazyPattern(
    r"(?:(?:first|last|recently) )?(?:posted|published|written|asked|answered|updated|edited|modified|created|added|"
    rf"opened|closed|commented|submitted|shared|commit|by [^.!?]{{1,40}}?)(?: (?:on|in|by) [^.!?]{{1,40}}?)?"
    rf":? ({_AGE}|{_BRIEF_AGE})"
    r"(?: (?:by|in|on|at) [^.!?]{1,60})?\.?",
    re.IGNORECASE,
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE: Final = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{4}\u5e74\d{1,2}\u6708\d{1,2}\u65e5|"
    # With points and a year of two digits it might be a version.
    r"\d{1,2}\.\d{1,2}\.\d{4}|"
    rf"{_MONTH} \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? "
    # With a time before the year it is what the command `date` prints, or Git.
    rf"(?:\d\d:\d\d:\d\d (?:[a-z]{{3,5}} )?)?\d{{4}}(?: [+-]\d{{4}}\b)?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.?[ -](?:of )?{_MONTH},?[ -]\d{{4}})"
)
_TIME: Final = (
    r"(?:(?:T|,? (?:at )?)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\b\.?)?"
    r"(?: ?(?:Z\b|(?:[+-]\d{4} )?[A-Z]{3,5}\b(?:[+-]\d{1,2}(?::\d\d)?)?|[+-]\d\d:?\d\d))?(?: \([^()]{1,40}\))?)?"
)
_LED: Final = (
    r"(?:this (?:page|document|article|file|documentation|site)(?: (?:was|has been))? |"
    r"page |site |documentation |document |content |docs? |date )"
)
# One word, or a name of up to four.
_SOMEBODY: Final = r"(?:[^\s!?]{1,40}|(?-i:[^\W\d_a-z][^\s,;:!?]{0,30})(?: (?-i:[^\W\d_a-z])[^\s,;:!?]{0,30}){1,3})"
_WITH_WHAT: Final = r",? (?:by|for|from|with|using) [^!?]{1,80}|\.? created (?:using|with) [^!?]{1,80}"
# "Last modified on Jan 2, 2024 by Ann": nothing but an update, when, and of what or by whom.  Where neither the page is
# named nor the last time, as in "Updated 2024-05-01 for Go 1.22", it is so only with a name.
UPDATED: Final = LazyPattern(
    rf"(?P<led>{_LED}(?:last[- ]|recently )?|last[- ]|recently )?"
    r"(?:updated|update|modified|edited|changed|revised|reviewed|(?P<made>generated)|built|rendered|"
    r"(?<=last )(?:(?:updated|modified|edited) by [^!?,:]{1,40}?|published|deployed|synced|refreshed|changes?|build|"
    r"commit(?::? [0-9a-f]{7,40})?))"
    rf"(?: on| at)?(?: ?[:|\u2013\u2014] ?| )"
    rf"(?:(?:\d{{1,2}}:\d\d,? (?:on )?)?{_DATE}{_TIME}(?: (?:{_AGE}))?|{_AGE}|{_LATELY}|some time ago)"
    rf"(?(led)(?:{_WITH_WHAT})?|(?(made)(?:{_WITH_WHAT})?|(?:,? by {_SOMEBODY})?))[.,]?",
    re.IGNORECASE,
)
# As Docsy writes it: the date, and the subject of the commit, which leads to it.
LAST_COMMIT: Final = re.compile(r"(last .{1,60}?): ?\[.{1,200}\]\(\S{1,200}/commit/[0-9a-f]{7,64}\)", re.IGNORECASE)
# The same in other languages: what is said of the last time, and what a changelog says of each of its entries as well.
_LAST_ABROAD: Final = (
    r"(?:zuletzt|letzte) (?:aktualisiert|geändert|bearbeitet|aktualisierung|änderung|bearbeitung)",
    r"diese seite wurde zuletzt",
    r"derni[eè]re (?:mise à jour|modification)(?: de (?:cette|la) page)?",
    r"[uú]ltima (?:actualización|modificación|edición|atualização|modificação|alteração|revisão)(?: de esta página)?",
    r"actualizado por última vez|esta página se (?:editó|modificó|actualizó) por última vez",
    r"atualizado pela última vez|esta página foi (?:editada|modificada|atualizada) pela última vez",
    r"ultim[oa] (?:aggiornamento|modifica)",
    r"ultima (?:actualizare|modificare)|(?:actualizat|modificat) ultima dată",
    r"laatst (?:bijgewerkt|gewijzigd|aangepast|bewerkt|geüpdatet)|laatste (?:update|wijziging|aanpassing)",
    r"ostatni(?:a|o) (?:aktualizacja|modyfikacja|zmiana|zaktualizowano|zmodyfikowano|zmieniono|edytowano)",
    r"tę stronę ostatnio (?:edytowano|zmieniono)",
    r"(?:senast|sist|sidst|senest) (?:uppdatera[dt]|ändra[dt]|redigera[dt]|oppdatert|endret|redigert|opdateret|ændret)",
    r"viime(?:ksi|isin) (?:päivitetty|muokattu|päivitys|muokkaus)",
    r"(?:utolsó|legutóbbi) (?:frissítés|módosítás)|(?:utoljára|legutóbb) (?:frissítve|módosítva)",
    r"(?:posledn[íá]|naposledy) (?:aktualizace|aktualizácia|změna|zmena|úprava)",
    r"naposledy (?:aktualizov[aá]no|změněno|upraveno|upravené|aktualizované)",
    r"son (?:güncelle(?:me|nme)|değiş(?:tirilme|iklik)|düzenle(?:me|nme))(?: (?:tarihi|zamanı))?",
    r"(?:cập nhật|sửa đổi|chỉnh sửa) lần (?:cuối|gần đây nhất)|lần (?:cập nhật|sửa đổi) (?:cuối|gần nhất)",
    r"terakhir (?:diperbarui|diubah|disunting)|pembaruan terakhir",
    r"(?:дата )?последн(?:ее|его|яя|ие|их) (?:обновлени[ея]|изменени[еяй]|редакци[яи]|правк[аи])",
    r"эта страница (?:в )?последний раз была (?:отредактирована|изменена|обновлена)",
    r"последний раз (?:обновлено|изменено|обновлялось)",
    r"останн(?:є|я|і) (?:оновлення|зміна|зміни|редагування)|востаннє (?:оновлено|змінено|редаговано)",
    r"последна (?:промяна|актуализация)",
    r"τελευταία (?:ενημέρωση|τροποποίηση|αλλαγή|επεξεργασία)",
    r"(?:تاريخ )?(?:آخر (?:تحديث|تعديل)|التعديل الأخير|التحديث الأخير)(?: بتاريخ)?",
    r"(?:תאריך )?עדכון אחרון|עודכן לאחרונה|שונה לאחרונה",
    r"(?:تاریخ )?آخرین (?:به[\u200c -]?روز ?رسانی|بروز ?رسانی|ویرایش|تغییر(?:ات)?)",
    r"(?:अंतिम|आखिरी|पिछल[ीा]|आख़िरी)(?: बार)? (?:अपडेट|अद्यतन|संशोधन|बदलाव)(?: किया गया)?",
    r"(?:อัปเดต|อัพเดท|แก้ไข|ปรับปรุง)(?:ครั้ง)?(?:ล่าสุด|สุดท้าย)(?:เมื่อ)?",
    r"(?:このページの)?最終(?:更新|編集)(?:日時|日)?",
    r"(?:本文|本页面?|此页面?|文档)?(?:最后|最近|上次)(?:一次)?(?:更新|修改|编辑|修订)(?:于|时间|日期)?(?: ?UTC)?",
    r"(?:本文|本頁面?|此頁面?|文件)?(?:最後|最近|上次)(?:一次)?(?:更新|修改|編輯|修訂)(?:於|時間|日期)?(?: ?UTC)?",
    r"(?:최종|마지막|최근) ?(?:수정|업데이트|편집|변경)(?:됨)?(?: ?(?:일시?|날짜|시간))?",
)
_OF_ENTRY_ABROAD: Final = (
    r"(?:geändert|aktualisiert)(?= am| ?:)|mis à jour(?= le| ?:)|actualizado(?= el| ?:)|atualizado(?= em| ?:)",
    r"aggiornato(?= il| ?:)|actualizat(?= la| pe| ?:)|bijgewerkt(?= op| ?:)|(?:zaktualizowano|aktualizacja)",
    r"(?:uppdatera[dt]|opdateret|oppdatert|päivitetty|frissítve|aktualizováno|aktualizované)",
    r"(?:güncelle(?:ndi|nme|me)(?: tarihi)?|diperbarui|cập nhật(?= ?:| ngày| vào))",
    r"(?:дата )?(?:обновлени[ея]|изменени[ея])(?= ?:)|обновлено|изменено|оновлено|змінено|ενημερώθηκε",
    r"تم التحديث|עודכן|(?:تاریخ )?به[\u200c -]?روزرسانی(?: شده)?|अपडेट किया गया|(?:อัปเดต|แก้ไข)เมื่อ",
    r"(?:文档)?更新(?:于|於|时间|時間|日期|日時?|(?= ?[:\uff1a]))|(?:업데이트|수정일)(?= ?:)",
)
# A month is any word, and so is a day of the week; what a word of Thai or Hindi has besides letters is no letter.
_WORD: Final = r"[^\W\d_][^\s\d,;:!?()]{1,14}"
# Brackets are left out before it is compared.
_WEEKDAY: Final = r"(?: ?(?:\uff08?[日月火水木金土一二三四五六]\uff09?|星期.|[周週].|.요일|.曜日))?"
_DATE_ABROAD: Final = (
    rf"(?:{_DATE}|(?:{_WORD},? )?\d{{1,2}}(?:er|\.)? (?:(?:de|tháng|thg) )?(?:{_WORD}|\d{{1,2}}),? (?:(?:de|năm) )?"
    r"\d{4}|"
    rf"{_WORD} \d{{1,2}},? \d{{4}}|"
    r"\d{4}\. ?\d{1,2}\. ?\d{1,2}|\d{4}\ub144 ?\d{1,2}\uc6d4 ?\d{1,2}\uc77c|\d{1,2}\. \d{1,2}\. \d{4}|"
    # Hungarian.
    rf"\d{{4}}\. {_WORD} \d{{1,2}})"
    # A year has an abbreviation after it in Russian, Bulgarian and Ukrainian.
    rf"(?: ?[\u0433\u0440]\.)?\.?{_WEEKDAY}"
)
_TIME_ABROAD: Final = (
    r",? (?:(?:um|\u00e0|a las|a les|\u00e0s|alle(?: ore)?|om|o|v|klo|kl\.?|la|στις|lúc|pukul|\u0432|\u043e|об|في|ساعت|"
    r"เวลา) )?"
    r"(?:(?:\uc624\uc804|\uc624\ud6c4|\u4e0a\u5348|\u4e0b\u5348|\u5348\u524d|\u5348\u5f8c) ?)?"
    r"\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?(?:Uhr|[ap]\.? ?m\b\.?))?(?: ?(?:[A-Z]{3,5}\b|[+-]\d\d:?\d\d))?"
)
_ANY_TIME: Final = (
    rf"(?:{_TIME_ABROAD}|{_TIME})"
    r"(?: ?(?:(?:שעון )?UTC|世界標準時間|协调世界时|حسب التوقيت العالمي المتفَّق عليه|به.وقت ساعت هماهنگ جهانی))?"
)
# What stands after the date, in some languages as the verb.
_BEHIND_DATE: Final = (
    r"(?: (?:von|durch|par|por|da|di|door|av|af|przez|tarafından|від|от) [^!?]{1,60})?"
    r"(?: ?(?:bearbeitet|geändert|aktualisiert|です))?"
)
_BEFORE_DATE: Final = (
    r"(?: (?:am|le|el|em|il|op|den|d\.|on|dne|dnia|pe|la|pada|vào|στις|στη|في|بتاريخ|در|เมื่อ))? ?[:\uff1a]? ?(?:ב-)?"
)
# Few lines have the digits of a date, and to see that costs a fraction of a search for the words before them.
_HAS_DATE: Final = r"(?=.*(?:\d{4}|\d[-/]\d))"
UPDATED_ABROAD: Final = LazyPattern(
    rf"{_HAS_DATE}(?:(?:{'|'.join((*_LAST_ABROAD, *_OF_ENTRY_ABROAD))}){_BEFORE_DATE}"
    rf"{_DATE_ABROAD}{_ANY_TIME}{_BEHIND_DATE}[.\u3002]?|"
    # The verb comes last.
    rf"(?:bu sayfa )?(?:en son |son olarak )?{_DATE_ABROAD}{_ANY_TIME} tarihinde "
    r"(?:güncellen|değiştiril|düzenlen)di\.?|"
    rf"(?:(?:आखिरी|अंतिम|पिछली|आख़िरी) बार )?{_DATE_ABROAD}{_ANY_TIME} को (?:अपडेट|संशोधित) किया गया[.\u0964]?|"
    rf"{_DATE_ABROAD}{_ANY_TIME} ?(?:に?(?:更新|改訂)|업데이트됨|수정됨))",
    re.IGNORECASE,
)
# Those that a changelog has as well, of each of its entries.
OF_ENTRY: Final = LazyPattern(
    rf"(?:updated|update|modified|edited|changed|revised|reviewed|{'|'.join(_OF_ENTRY_ABROAD)})(?!\w)"
    rf"(?: at)?{_BEFORE_DATE}{_DATE_ABROAD}{_ANY_TIME}\.?",
    re.IGNORECASE,
)
# A number with a point that parts no thousands, and without a unit, may be that of a section.
_COUNTED: Final = r"(?:\d{1,3}(?:,\d{2,3})+|\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)? ?[km]|\d+)"
# Views, readers and likes in other languages, before the number and after it.
_MANY: Final = r"(?:\d{1,3}(?:[.,]\d{3})+|\d{1,9}(?:\.\d{1,2})?)(?: ?[km万萬])?"
_COUNTED_ABROAD: Final = (
    r"(?:浏览|阅读|点击|访问|瀏覽|閱讀|點擊)(?:次[数數]|人[数數]|量|[数數])|(?:浏览|阅读|瀏覽|閱讀)(?= ?[:\uff1a])|"
    r"閲覧回?数|アクセス数|ビュー数|조회수?|좋아요|просмотров|прочитано|aufrufe|zugriffe|vues|visitas|lecturas|"
    r"visuali[sz](?:aciones|azioni|ações)"
)
_BEHIND_COUNTED: Final = (
    r"次?(?:浏览|阅读|瀏覽|閱讀)|回閲覧|просмотр\w{0,2}|aufrufe|vues|visitas|visualizações|visualizaciones"
)
COUNTERS: Final = LazyPattern(
    rf"(?:{_COUNTED_ABROAD}) ?[:\uff1a]? ?{_MANY}[次回人회]?|{_MANY} ?(?:{_BEHIND_COUNTED})|"
    rf"(?:[\u2665\u2764\ufe0f] ?)*(?:{_COUNTED} ?(?:page ?views?|views?|likes?|reads?|shares?|claps?|reactions?|hits?|"
    r"downloads?|comments?|visits?|visitors?|people (?:online|reading|like this)|users? online)|"
    rf"{_COUNTED}(?: (?:out )?of {_COUNTED})?(?: (?:people|users?|readers?|persons?))? (?:have |has )?found this"
    r"(?: page| article| post)? (?:helpful|useful)\.?|"
    r"(?:total )?(?:(?:page ?views?|views?|likes?|reads?|shares?|hits?|downloads?|visits?|visitors?) ?:|comments ?:?)"
    rf" ?{_COUNTED}|"
    rf"(?:this (?:page|article|post) (?:has been|was) )?(?:viewed|accessed|downloaded) {_COUNTED} times?\.?|"
    r"(?:there (?:are|is) (?:currently )?)?(?:\d+ (?:users?|guests?|members?|visitors?)(?:,? and |, )?){1,3} "
    r"(?:are )?online\.?)",
    re.IGNORECASE,
)
_SECONDS: Final = r"[\d.,]+ ?(?:s|secs?|seconds?|ms|msecs?|milliseconds?)\b"
# The name of one of several servers, which has a number.
_SERVER: Final = r"(?:(?:node|server|host) )?(?=[^\d\s]*\d)(?=\d*[a-z])[\w.-]{3,80}"
# "Page generated in 0.01 seconds with 12 queries": how long it took to make this answer; or, as Sphinx-Gallery has it,
# the pictures of an example.
ANSWER_TIME: Final = LazyPattern(
    r"(?:(?:this )?page (?:was )?(?:generated|rendered|created|loaded|served|processed|built)|"
    r"generated|rendered|served)"
    rf" in {_SECONDS}(?:,? (?:with|using|and) \d+ (?:(?:database|db|sql) )?quer(?:y|ies))?(?: (?:by|on) {_SERVER})?\.?|"
    rf"\d+ (?:(?:database|db|sql) )?quer(?:y|ies) in {_SECONDS}\.?|(?:page )?served (?:by|from):? {_SERVER}|"
    rf"page (?:load|generation|render(?:ing)?) time ?: ?{_SECONDS}\.?|"
    rf"total running time of the script ?: ?\(? ?(?:\d+ hours? )?(?:\d+ minutes? )?{_SECONDS}\)?|"
    r"estimated memory usage ?: ?[\d.,]+ ?[kmg]?b",
    re.IGNORECASE,
)
# "Build ID: 3f2a9c81": which build or request the answer came from.
BUILD: Final = LazyPattern(
    r"(?:build(?: id)?|built from(?: commit| revision)?|last commit|(?:request|trace)[ -]id|(?:cloudflare )?ray id)"
    r" ?:? ?"
    r"(?:(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.?",
    re.IGNORECASE,
)
# What an age has, in lower case.
AGE_HINTS: Final = ("ago", "just now", "moment", "today", "yesterday", " last ")
# What a line that another of these patterns matches begins with, before a number; in lower case, with its markup.
BEGINNING: Final = re.compile(
    r"[\s*_#>~()\[\]-]*+(?:[\d.,\u2665\u2764\ufe0f]|this|page|site|doc|content|date|last|recent|updat|modif|edit|chang|revis|"
    r"estimated|review|generat|built|render|build|request|trace|ray|cloudflare|comment|download|served|total|view|like|"
    r"read|share|hit|visit|there|access|"
    r"zuletzt|letzt|diese seite|geändert|aktuali[sz]|derni[eè]|mis à|[úu]ltim|actualiza|esta página|atualiza|"
    r"aggiorn|laatst|bijgewerkt|ostatni|tę stronę|zaktuali|sen[ae]st|sist|sidst|uppdater|opdater|oppdater|viime|"
    r"päivit|utol|legut|frissít|posled|naposled|son|en son|bu sayfa|güncel|cập|sửa|chỉnh|lần|terakhir|pembaruan|"
    r"diperbarui|τελευταία|ενημερώ|дата|обнов|измен|эта страница|востаннє|оновлен|змінен|"
    r"تاريخ|التعديل|التحديث|تم التحديث|עדכון|תאריך|שונה|"
    r"שונה|آخرین|تاریخ|به|अंतिम|आख|पिछल|अपडेट|อั|แก้|ปรับ|このページ|本文|本[页頁]|此[页頁]|文[档件]|上次|최근|업데이트|수정|"
    r"浏览|阅读|点击|访问|瀏覽|閱讀|點擊|閲覧|アクセス|ビュー|조회|좋아요|просмотр|прочитано|aufrufe|zugriffe|"
    r"vues|lecturas|visuali|"
    r"\u6700|\u66f4\u65b0|\u4e0a\u6b21|\ucd5c\uc885|\ub9c8\uc9c0\ub9c9|\u043f\u043e\u0441\u043b\u0435\u0434|"
    r"\u043e\u0441\u0442\u0430\u043d\u043d|\u0622\u062e\u0631|\u05e2\u05d5\u05d3)"
)
