"""Patterns of lines that are nothing but the date of an update, an age, a counter or a mark of a build.

They are matched against a whole line without its markup, ignoring case, and so never find what merely mentions one.
"""

from __future__ import annotations

import re
from typing import Final

_AGE: Final = (
    r"(?:(?:about|over|almost|around) )?(?:\d+|an?|one|a few|few|several) "
    r"(?:second|minute|min|hour|hr|day|week|month|year)s? ago|just now|(?:a )?moments? ago|less than a minute ago"
)
ONLY_AGE: Final = re.compile(rf"(?:{_AGE})\.?", re.IGNORECASE)
# What a <time> says beside that: it holds nothing but a time.
AGE_IN_TIME: Final = re.compile(
    rf"(?:{_AGE}|\d+ ?(?:s|secs?|m|mins?|h|hrs?|d|w|wks?|mo|y|yrs?) ago|"
    r"in (?:\d+|an?) (?:second|minute|hour|day|week|month|year)s?|yesterday|today|last (?:week|month|year))",
    re.IGNORECASE,
)
# "Posted 5 minutes ago by Ann": nothing but what was done, how long ago, and by whom.
BYLINE: Final = re.compile(
    r"(?:(?:first|last|recently) )?(?:posted|published|written|asked|answered|updated|edited|modified|created|added|"
    rf"opened|closed|commented|submitted|shared|commit|by [^.!?]{{1,40}}?)(?: (?:on|in|by) [^.!?]{{1,40}}?)?:? ({_AGE})"
    r"(?: (?:by|in|on|at) [^.!?]{1,60})?\.?",
    re.IGNORECASE,
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE: Final = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{4}\u5e74\d{1,2}\u6708\d{1,2}\u65e5|"
    # With points and a year of two digits it might be a version.
    r"\d{1,2}\.\d{1,2}\.\d{4}|"
    rf"{_MONTH} \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:\d\d:\d\d:\d\d )?\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.?[ -](?:of )?{_MONTH},?[ -]\d{{4}})"
)
_TIME: Final = (
    r"(?:(?:T|,? (?:at )?)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\b\.?)?"
    r"(?: ?(?:Z\b|[A-Z]{3,5}\b|[+-]\d\d:?\d\d))?(?: \([^()]{1,40}\))?)?"
)
_LED: Final = (
    r"(?:this (?:page|document|article|file|documentation|site)(?: (?:was|has been))? |"
    r"page |documentation |document |content |docs? |date )"
)
# One word, or a name of up to four.
_SOMEBODY: Final = r"(?:[^\s!?]{1,40}|(?-i:[^\W\d_a-z][^\s,;:!?]{0,30})(?: (?-i:[^\W\d_a-z])[^\s,;:!?]{0,30}){1,3})"
_WITH_WHAT: Final = r",? (?:by|for|from|with|using) [^!?]{1,80}|\.? created (?:using|with) [^!?]{1,80}"
# "Last modified on Jan 2, 2024 by Ann": nothing but an update, when, and of what or by whom.  Where neither the page is
# named nor the last time, as in "Updated 2024-05-01 for Go 1.22", it is so only with a name.
UPDATED: Final = re.compile(
    rf"(?P<led>{_LED}(?:last[- ]|recently )?|last[- ]|recently )?"
    r"(?:updated|update|modified|edited|changed|revised|reviewed|(?P<made>generated)|built|rendered|"
    r"(?<=last )(?:(?:updated|modified|edited) by [^!?,:]{1,40}?|published|deployed|synced|"
    r"commit(?::? [0-9a-f]{7,40})?))"
    rf"(?: on| at)?(?: ?[:|\u2013\u2014] ?| )(?:(?:\d{{1,2}}:\d\d,? (?:on )?)?{_DATE}{_TIME}|{_AGE}|some time ago)"
    rf"(?(led)(?:{_WITH_WHAT})?|(?(made)(?:{_WITH_WHAT})?|(?:,? by {_SOMEBODY})?))[.,]?",
    re.IGNORECASE,
)
# As Docsy writes it: the date, and the subject of the commit, which leads to it.
LAST_COMMIT: Final = re.compile(r"(last .{1,60}?): ?\[.{1,200}\]\(\S{1,200}/commit/[0-9a-f]{7,64}\)", re.IGNORECASE)
# The same in other languages; a month is any word, and so is a day of the week.
_UPDATED_ABROAD: Final = (
    r"(?:zuletzt|letzte) (?:aktualisiert|ge\u00e4ndert|aktualisierung|\u00e4nderung)",
    r"derni\u00e8re (?:mise \u00e0 jour|modification)",
    r"\u00faltima (?:actualizaci\u00f3n|modificaci\u00f3n|atualiza\u00e7\u00e3o)",
    r"ultim[oa] (?:aggiornamento|modifica)",
    r"\u6700\u7d42\u66f4\u65b0(?:\u65e5)?",
    r"(?:\u6700\u8fd1|\u4e0a\u6b21|\u6700\u5f8c)\u66f4\u65b0(?:\u65bc|\u4e8e|\u65f6\u95f4)?",
    r"\u66f4\u65b0(?:\u4e8e|\u65bc|\u65f6\u95f4|\u65e5\u671f|\u65e5)",
    r"(?:\ucd5c\uc885|\ub9c8\uc9c0\ub9c9) ?(?:\uc218\uc815|\uc5c5\ub370\uc774\ud2b8)(?:\uc77c|\ub0a0\uc9dc)?",
    r"utols\u00f3 (?:friss\u00edt\u00e9s|m\u00f3dos\u00edt\u00e1s)",
    r"laatst (?:bijgewerkt|gewijzigd|aangepast)",
    r"ostatni(?:a|o) (?:aktualizacja|modyfikacja|zmiana|zaktualizowano)",
    r"(?:senast|sist) (?:uppdaterad|\u00e4ndrad|oppdatert|endret)",
    r"sidst (?:opdateret|\u00e6ndret)",
    r"viimeksi (?:p\u00e4ivitetty|muokattu)",
    r"posledn\u00ed (?:aktualizace|zm\u011bna)|naposledy (?:aktualizov\u00e1no|zm\u011bn\u011bno)",
    r"son g\u00fcncelle(?:me|nme)(?: tarihi)?",
    (
        r"\u043f\u043e\u0441\u043b\u0435\u0434\u043d\u0435\u0435 "
        r"(?:\u043e\u0431\u043d\u043e\u0432\u043b\u0435\u043d\u0438\u0435|\u0438\u0437\u043c\u0435\u043d\u0435\u043d\u0438\u0435)"
    ),
    r"\u043e\u0441\u0442\u0430\u043d\u043d\u0454 \u043e\u043d\u043e\u0432\u043b\u0435\u043d\u043d\u044f",
    r"\u0622\u062e\u0631 (?:\u062a\u062d\u062f\u064a\u062b|\u062a\u0639\u062f\u064a\u0644)",
    r"\u05e2\u05d5\u05d3\u05db\u05df \u05dc\u05d0\u05d7\u05e8\u05d5\u05e0\u05d4",
    r"\u6700\u540e(?:\u66f4\u65b0|\u4fee\u6539)(?:\u4e8e|\u65f6\u95f4)?",
)
_DATE_ABROAD: Final = (
    rf"(?:{_DATE}|(?:[^\W\d_]{{2,12}},? )?\d{{1,2}}(?:er|\.)? (?:de )?[^\W\d_]{{3,12}} (?:de )?\d{{4}}|"
    r"\d{4}\. ?\d{1,2}\. ?\d{1,2}|\d{4}\ub144 ?\d{1,2}\uc6d4 ?\d{1,2}\uc77c|\d{1,2}\. \d{1,2}\. \d{4}|"
    # Hungarian.
    r"\d{4}\. [^\W\d_]{3,12} \d{1,2})"
    # A year has an abbreviation behind it in Russian, Bulgarian and Ukrainian.
    r"(?: ?[\u0433\u0440]\.)?\.?"
)
_TIME_ABROAD: Final = (
    r",? (?:(?:um|\u00e0|a las|a les|\u00e0s|alle(?: ore)?|om|o|v|klo|kl\.?|\u0432|\u043e) )?"
    r"(?:(?:\uc624\uc804|\uc624\ud6c4|\u4e0a\u5348|\u4e0b\u5348|\u5348\u524d|\u5348\u5f8c) ?)?"
    r"\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?(?:Uhr|[ap]\.? ?m\b\.?))?(?: ?(?:[A-Z]{3,5}\b|[+-]\d\d:?\d\d))?"
)
UPDATED_ABROAD: Final = re.compile(
    rf"(?:{'|'.join(_UPDATED_ABROAD)})(?: (?:am|le|el|em|il|op|den|d\.|on|dne))? ?[:\uff1a]? ?"
    rf"{_DATE_ABROAD}(?:{_TIME_ABROAD}|{_TIME})\.?(?: (?:von|durch|par|por|da|di|door|av|af|przez) [^!?]{{1,60}})?",
    re.IGNORECASE,
)
# Those that a changelog has as well, of each of its entries.
OF_ENTRY: Final = re.compile(
    r"(?:updated|update|modified|edited|changed|revised|reviewed|\u66f4\u65b0(?:\u4e8e|\u65bc|\u65f6\u95f4|\u65e5\u671f|\u65e5))\b"
    rf"(?: on| at)? ?[:\uff1a]? ?{_DATE_ABROAD}(?:{_TIME_ABROAD}|{_TIME})\.?",
    re.IGNORECASE,
)
_COUNTED: Final = r"[\d.,]+ ?[km]?"
# Views, readers and likes in other languages, before the number and behind it.
_MANY: Final = r"(?:\d{1,3}(?:[.,]\d{3})+|\d{1,9}(?:\.\d{1,2})?)(?: ?[km万萬])?"
_COUNTED_ABROAD: Final = (
    r"(?:浏览|阅读|点击|访问|瀏覽|閱讀|點擊)(?:次[数數]|人[数數]|量|[数數])|(?:浏览|阅读|瀏覽|閱讀)(?= ?[:\uff1a])|"
    r"閲覧回?数|アクセス数|ビュー数|조회수?|좋아요|просмотров|прочитано|aufrufe|zugriffe|vues|visitas|lecturas|"
    r"visuali[sz](?:aciones|azioni|ações)"
)
_BEHIND_COUNTED: Final = (
    r"次?(?:浏览|阅读|瀏覽|閱讀)|回閲覧|просмотр\w{0,2}|aufrufe|vues|visitas|visualizações|visualizaciones"
)
COUNTERS: Final = re.compile(
    rf"(?:{_COUNTED_ABROAD}) ?[:\uff1a]? ?{_MANY}[次回人회]?|{_MANY} ?(?:{_BEHIND_COUNTED})|"
    rf"(?:[\u2665\u2764\ufe0f] ?)*(?:{_COUNTED} ?(?:page ?views?|views?|likes?|reads?|shares?|claps?|reactions?|hits?|"
    r"visits?|visitors?|people (?:online|reading)|users? online)|"
    rf"{_COUNTED}(?: (?:out )?of {_COUNTED})? (?:people|users?|readers?|persons?) (?:have |has )?found this"
    r"(?: page| article| post)? (?:helpful|useful)\.?|"
    r"(?:total )?(?:page ?views?|views?|likes?|reads?|shares?|hits?|visits?|visitors?) ?: ?"
    rf"{_COUNTED}|"
    rf"(?:this (?:page|article|post) (?:has been|was) )?(?:viewed|accessed) {_COUNTED} times?\.?|"
    r"(?:there (?:are|is) (?:currently )?)?(?:\d+ (?:users?|guests?|members?|visitors?)(?:,? and |, )?){1,3} "
    r"online\.?)",
    re.IGNORECASE,
)
_SECONDS: Final = r"[\d.,]+ ?(?:s|secs?|seconds?|ms|msecs?|milliseconds?)\b"
# "Page generated in 0.01 seconds with 12 queries": how long it took to make this answer; or, as Sphinx-Gallery has it,
# the pictures of an example.
ANSWER_TIME: Final = re.compile(
    r"(?:(?:this )?page (?:was )?(?:generated|rendered|created|loaded|served|processed|built)|"
    r"generated|rendered|served)"
    rf" in {_SECONDS}(?:,? (?:with|using|and) \d+ (?:(?:database|db|sql) )?quer(?:y|ies))?\.?|"
    rf"page (?:load|generation|render(?:ing)?) time ?: ?{_SECONDS}\.?|"
    r"total running time of the script ?: ?\(? ?(?:\d+ hours? )?\d+ minutes? [\d.]+ seconds?\)?|"
    r"estimated memory usage ?: ?[\d.,]+ ?[kmg]b",
    re.IGNORECASE,
)
# "Build ID: 3f2a9c81": which build or request the answer came from.
BUILD: Final = re.compile(
    r"(?:build(?: id)?|built from(?: commit| revision)?|request id|cloudflare ray id) ?:? ?"
    r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,64}\.?",
    re.IGNORECASE,
)
# What an age has, in lower case.
AGE_HINTS: Final = ("ago", "just now", "moment")
# What a line that another of these patterns matches begins with, before a number; in lower case, with its markup.
BEGINNING: Final = re.compile(
    r"[\s*_#>~()\[\]-]*+(?:[\d.,\u2665\u2764\ufe0f]|this|page|doc|content|date|last|recent|updat|modif|edit|chang|revis|"
    r"estimated|review|generat|built|render|build|request|cloudflare|served|total|view|like|read|share|hit|visit|there|access|"
    r"zuletzt|letzt|derni\u00e8|\u00faltim|ultim|utols|laatst|ostatni|senast|sist|sidst|viimeksi|posled|naposled|son|"
    r"浏览|阅读|点击|访问|瀏覽|閱讀|點擊|閲覧|アクセス|ビュー|조회|좋아요|просмотр|прочитано|aufrufe|zugriffe|"
    r"vues|lecturas|visuali|"
    r"\u6700|\u66f4\u65b0|\u4e0a\u6b21|\ucd5c\uc885|\ub9c8\uc9c0\ub9c9|\u043f\u043e\u0441\u043b\u0435\u0434|"
    r"\u043e\u0441\u0442\u0430\u043d\u043d|\u0622\u062e\u0631|\u05e2\u05d5\u05d3)"
)
