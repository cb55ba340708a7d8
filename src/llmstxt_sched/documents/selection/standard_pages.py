"""Knows the pages that every site has, whatever it is about: legal texts, lists of changes, what opens an account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

# Titles of legal texts, by language.
_LEGAL: Final = """
privacy( (policy|notice|statement|cent(er|re)))?|cookies? (policy|notice|statement|declaration|preferences)
terms (of (service|use|sale|business)|(and|&) conditions)( of (use|sale|service))?|legal( (notices?|information|terms))?
((end[- ]user|software) )?licen[cs]e agreement|eula|data processing (agreement|addendum)( \\(dpa\\))?
(list of )?(our )?sub-?processors|((legal|general) )?disclaimer|(acceptable|fair) use( policy)?|accessibility statement
(user|customer|membership|subscription|subscriber|master (services?|subscription)) agreement|dmca( (policy|notice))?
service level agreement( \\(sla\\))?|(copyright|trademark) (notice|policy|guidelines)|modern slavery (act )?statement
do not (sell|share)( or share)? my (personal )?(information|data)|imprint|copyright|trademarks
(contributor covenant )?code of conduct|licen[cs]e( information)?|copyright (and|&) licen[cs]e
licen[cs]e (and|&) copyright|(third[- ]party|open[- ]source)( software)? (licen[cs]es?|notices?|attributions?)
(the )?(mit|isc|apache|zlib|artistic|(mozilla|eclipse) public|boost software) licen[cs]e(,? v?(ersion )?\\d(\\.\\d)?)?
(the )?([23]-clause )?bsd( [23]-clause)? licen[cs]e
(the )?gnu ((lesser|library|affero) )?(general public|free documentation) licen[cs]e(,? v?(ersion )?\\d(\\.\\d)?)?
datenschutz(erklärung|hinweise?|bestimmungen|information(en)?)?|impressum|agb
allgemeine geschäftsbedingungen( \\(agb\\))?|nutzungsbedingungen|widerruf(sbelehrung|srecht)|cookie-richtlinien?
rechtliche hinweise|haftungsausschluss|barrierefreiheitserklärung|erklärung zur barrierefreiheit
mentions légales|(politique|charte) de confidentialité|conditions générales( (d.utilisation|de vente))?|cg[uv]
conditions d.utilisation|politique (de|relative aux|en matière de) cookies|déclaration d.accessibilité
aviso legal|avisos? de privacidad|política de (privacidade?|cookies)|(términos|termos) (y condiciones|e condições)
(términos|termos|condiciones) de(l)? (servicio|serviço|uso)|declaración de accesibilidad
informativa( sulla)? privacy|termini (e condizioni|di servizio|d.uso)|note legali|informativa sui cookie
privacy(verklaring|beleid)|algemene voorwaarden|gebruiksvoorwaarden|cookie(beleid|verklaring)
polityka (prywatności|cookies|plików cookies)|regulamin( serwisu)?|ochrana osobních údajů|obchodní podmínky
integritetspolicy|användarvillkor|privatlivspolitik|personvern(erklæring)?|cookiepolitik|tietosuojaseloste
политика конфиденциальности|пользовательское соглашение|условия использования|політика конфіденційності
gizlilik politikas.|kullan.m (koşullar.|şartlar.)
chính sách (bảo mật|quyền riêng tư)|điều khoản (dịch vụ|sử dụng)|kebijakan privasi|syarat dan ketentuan
adatvédelmi (irányelvek|tájékoztató|nyilatkozat)|politica de confidențialitate|termeni și condiții
zásady ochrany osobních údajů|πολιτική απορρήτου|όροι χρήσης|מדיניות (ה)?פרטיות|תנאי (ה)?שימוש
गोपनीयता नीति|นโยบายความเป็นส่วนตัว|ข้อกำหนดการใช้งาน
lizenz(en)?|licencias?|licen[cç]as?|licenz[ae]|licenties?|licencj[ae]|лицензия|ліцензія|许可(证|协议)|授權條款|ライセンス|라이[선센]스
プライバシーポリシー|個人情報(保護方針|の取(り)?扱い(について)?)|(ご)?利用規約|特定商取引法に基づく表[示記]|免責事項
隐私(政策|条款|声明)|隱私(權)?政策|(服务|使用)条款|(服務|使用)條款|用户协议|(免责|法律|版权)声明
개인정보 ?(처리|취급)방침|(서비스 )?이용약관|سياسة الخصوصية|شروط (الخدمة|الاستخدام)|الشروط والأحكام
"""
# Names of lists of changes; the English ones are among the other names of secondary pages.
_CHANGES: Final = """
änderungsprotokoll|versionshinweise|versionshistorie|journal des modifications|notes de (version|publication)
(registro|historial) de cambios|notas de (la )?versión|notas de (lançamento|versão)|registro de alterações
änderungen|änderungs(verlauf|historie)|neuerungen|neuigkeiten|nouveautés|novedades|novidades|novità
registro delle modifiche|wijzigingslog|ändringslogg|historia zmian|sürüm notlar.|değişiklik günlüğü
note di rilascio|lista zmian|dziennik zmian|seznam změn|история изменений|список изменений
(заметки|примечания) к выпуску
(変更|更新|リリース)履歴|リリースノート|(更新|变更|變更)(日志|日誌|记录|紀錄)|(版本|发行|发布)说明|変更点
변경 ?(사항|이력|로그|내역|기록)|릴리[스즈] ?(노트|정보)|업데이트 ?(내역|기록)|سجل التغييرات|ملاحظات الإصدار|ما الجديد
was ist neu|quoi de neuf ?\\??|historique des (versions|modifications)|journal des changements|¿?qué hay de nuevo\\??
historial de versiones|o que há de novo\\??|histórico de versões|co nowego\\??|historia wersji|informacje o wydaniu
co je nového|historie (změn|verzí)|poznámky k vydání|wat is er nieuw|versiegeschiedenis|versionshistorik
ændringslog|versionshistorik|udgivelsesnoter|endringslogg|versjonshistorikk|utgivelsesnotater|muutosloki
versiohistoria
julkaisutiedot|változásnapló|újdonságok|kiadási megjegyzések|verziótörténet|note de lansare
istoricul (modificărilor|versiunilor)
sürüm geçmişi|yenilikler|nhật ký thay đổi|lịch sử (thay đổi|phiên bản)|ghi chú phát hành|log perubahan
riwayat perubahan
catatan rilis|журнал (изменений|змін)|история версий|что нового\\??|історія (змін|версій)|список змін
примітки до випуску
ιστορικό (αλλαγών|εκδόσεων)|αρχείο αλλαγών|σημειώσεις έκδοσης|יומן שינויים|היסטוריית (שינויים|גרסאות)|הערות גרסה
מה חדש\\??
تاریخچه (تغییرات|نسخه.ها)|گزارش تغییرات|یادداشت.های انتشار|परिवर्तन ?लॉग|रिलीज़ नोट्?स
บันทึก(การเปลี่ยนแปลง|ประจำรุ่น)|ประวัติ(การเปลี่ยนแปลง|เวอร์ชัน)
(変更|更新)ログ|チェンジログ|リリース(情報| ノート)|更新情報
(更新|变更|變更|版本|发布|發布|修订)(历史|歷史|记录|紀錄)|(发布|發布)日[志誌]
(更新|發行|發布|版本更新)(说明|說明)|最新变化
"""
# Names of pages that open an account; in a manual they stand below a folder of their own.
_ACCOUNT: Final = """
(log|sign)[- ]?(in|on|out|up|off)|login|logout|signup|register|create (an|your|a new) account|my account
(forgot(ten)?|reset|lost)( your| my)? password|anmelden|einloggen|registrieren|mein konto|passwort vergessen
se connecter|s.inscrire|mot de passe oublié|iniciar sesión|crear( una)? cuenta|entrar|accedi|registrati
inloggen|zaloguj się|zarejestruj się|logowanie|войти|вход|регистрация|ログイン
(新規|会員|ユーザー)登録|登[录錄]|注[册冊]|로그인|회원가입|تسجيل الدخول
"""
# Names in a path, where the title says more.
_PATHS: Final = """
datenschutz(erklaerung)?|agb|mentions-legales|politique-de-confidentialite|aviso-legal|eula|sub-?processors
politica-de-(privacidade?|cookies)|(privacy|cookies?)-(notice|statement|declaration)|terms-of-sale
data-processing-(agreement|addendum)|acceptable-use(-policy)?|(website-)?terms-(of-)?(use|service)
"""
_OF_ACCOUNTS: Final = re.compile(
    r"(?:my-?)?accounts?|users?|auth|members?|sessions?|[a-z]{2}(?:-[a-z]{2})?", re.IGNORECASE
)

# Words about logging in for programmers, in documentation, and for visitors, in a form.
_TO_PROGRAMMERS: Final = re.compile(
    r"\b(?:APIs?|CLI|endpoints?|requests?|tokens?|POST|HTTPS?|JSON|OAuth|commands?|methods?|functions?|callback|returns?|"
    r"headers?|parameters?|middleware|librar(?:y|ies))\b",
    re.IGNORECASE,
)
_TO_VISITORS: Final = re.compile(
    r"\b(?:(?:my|our|your)(?: \w+)? (?:account|dashboard|team|trial)|(?:already|don.t) have|forgot|free trial|for free|"
    r"get started|agree to|welcome|please|enter your|lost your|by (?:logging|signing|registering))\b|"
    # A text for visitors begins with these.
    r"^(?:(?:log|sign) (?:in|on|up)|register) (?:to|with|using|for|via)\b",
    re.IGNORECASE | re.MULTILINE,
)


def _any_of(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(lines.split("\n")[1:-1]), re.IGNORECASE)


_TITLE, _PATH, _OF_ACCOUNT = _any_of(_LEGAL + _CHANGES[1:]), _any_of(_PATHS), _any_of(_ACCOUNT)


def is_standard(title: str) -> bool:
    """Whether a title or a label is that of a legal text or of a list of changes, also below a wiki's own name."""
    wiki, _, name = title.rpartition(":")
    # "OpenSSL::License" is a class.
    return _TITLE.fullmatch(title if wiki.endswith(":") else name) is not None


def is_path_of_standard(name: str) -> bool:
    """Whether a part of a path is the name of a legal text."""
    return _PATH.fullmatch(name) is not None


def opens_account(names: Sequence[str], title: str) -> bool:
    """Whether a page with these names in its path opens an account: "Log in" at the site's top, or below /user/."""
    return (
        title[:1] == title[:1].upper()
        and _OF_ACCOUNT.fullmatch(title.rstrip("?!")) is not None
        and all(map(_OF_ACCOUNTS.fullmatch, names[:-1]))
    )


def is_about_accounts(texts: Iterable[str]) -> bool:
    """Whether a page with these texts, called as one that opens an account, tells programmers how one is opened."""
    said = "\n".join(texts)
    return _TO_PROGRAMMERS.search(said) is not None and not _TO_VISITORS.search(said)
