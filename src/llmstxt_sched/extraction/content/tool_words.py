"""What the tools of a page are called in the languages of the web: links to the pages around, to its top, to edit it.

Each is part of a pattern that ignores case.
"""

from __future__ import annotations

from typing import Final


def _any_of(lines: str) -> str:
    return "(?:" + "|".join(lines.split("\n")[1:-1]) + ")"


# To the page before or after.
STEPS: Final = _any_of("""
zurück|weiter|(?:vorherige|vorige|nächste)[rs]?(?: (?:seite|kapitel|artikel|thema))?
(?:(?:page|chapitre|article) )?(?:précédente?|suivante?)
(?:(?:página|capítulo|artículo|artigo|tema) )?(?:anterior|siguiente|seguinte|próxim[oa])
(?:(?:pagina|capitolo|articolo) )?(?:precedente|successiv[oa])|indietro|avanti
(?:vorige|volgende)(?: (?:pagina|hoofdstuk))?|föregående|nästa|forrige|næste|edellinen|seuraava
poprzedni[ae]?|następn[aye]|předchozí|další|előző|következő|önceki|sonraki|sebelumnya|selanjutnya|berikutnya
(?:trang )?(?:trước|sau|tiếp(?: theo)?)|προηγούμεν[οη]|επόμεν[οη]
назад|вперёд|вперед|далее|предыдущая|предыдущий|следующая|следующий|попередня|попередній|наступна|наступний
前へ|次へ|[前次]の?(?:ページ|章|記事)|[上下]一(?:[页頁章篇节節]|步)|(?:이전|다음)(?: (?:글|페이지|장))?
السابق|التالي|הקודם|הבא|قبلی|بعدی|ก่อนหน้า|ถัดไป|पिछला|अगला
""")
# To the contents or the start, beside those.
STARTS: Final = _any_of("""
inhalt(?:sverzeichnis)?|startseite|sommaire|accueil|índice|inicio|indice|inhoud|spis treści
目次|目[录錄]|首[页頁]|ホーム|목차|оглавление|содержание
""")
# To where the page is edited.
EDITING: Final = _any_of("""
(?:diese )?seite (?:auf \\w{2,20} )?(?:bearbeiten|verbessern)|auf (?:github|gitlab|bitbucket) bearbeiten
(?:modifier|éditer|améliorer) cette page(?: (?:sur|dans) \\w{2,20})?
(?:edit(?:ar|a|e)|mejorar) esta página(?: (?:en|no) \\w{2,20})?|modifica (?:questa )?pagina(?: su \\w{2,20})?
bewerk deze pagina(?: op \\w{2,20})?|deze pagina bewerken|redigera (?:den här )?sidan|upravit (?:tuto )?stránku
edytuj (?:tę )?stronę|bu sayfay. düzenle(?:yin)?|(?:chỉnh sửa|sửa) trang này|(?:edit|sunting) halaman ini
(?:редактировать|изменить|править) (?:эту )?страницу|редагувати (?:цю )?сторінку
このページを(?:\\w{2,20}で)?(?:編集|修正)(?:する)?
(?:在 ?\\w{2,20} ?上)?(?:编辑|編輯|修改)(?:[此本这這]|这个)?(?:页面?|頁面?)
이 페이지를? ?(?:편집|수정)(?:하기)?
""")
# To copy the code beside it, before and after.
COPYING: Final = _any_of("""
(?:code )?(?:in die zwischenablage )?(?:kopieren|kopiert!?)|(?:copier|copié)(?: le code)?!?
copi(?:ar|ado)(?: (?:el |o )?código)?!?
copia(?:to)?(?: codice)?!?|kopiëren|gekopieerd|kopiera|kopier|kopiuj|skopiowano|kopírovat|kopyala|sao chép|salin
копировать|скопировать|скопировано!?|копіювати
コピー(?:する|しました)?|コードをコピー|复制(?:代码|成功)?|已复制!?|複製(?:代碼|程式碼)?
(?:코드 )?복사(?:됨|하기)?|نسخ|העתק|คัดลอก
""")
# To the heading beside it.
PERMALINKS: Final = _any_of("""
(?:copy |direct |deep |perma)?(?:link|anchor)(?: (?:to|for) .{1,200})?
direktlink|perma(?:nent|nenter )link(?: zu .{1,200})?
lien (?:permanent|direct)(?: vers .{1,200})?|ancre|enlace (?:permanente|directo)|link permanente|collegamento permanente
(?:постоянная )?ссылка|пермалинк|(?:この(?:ヘッダー|見出し)への|永久)?(?:パーマ)?リンク
(?:永久|固定)?(?:链接|連結)(?:到.{1,100})?|(?:고유 ?)?링크
""")
# To another place in the page.
PLACES: Final = _any_of("""
(?:zurück )?nach oben|zum (?:seitenanfang|anfang)|(?:retour|revenir) en haut(?: de (?:la )?page)?|haut de (?:la )?page
(?:volver|ir) arriba|volver al (?:inicio|principio)|voltar ao (?:topo|início)|torna (?:su|all.inizio)|naar boven
do góry|наверх|вверх|к началу(?: страницы)?|(?:回到|返回)(?:顶部|頂部|顶端|頂端)
(?:ページの?)?(?:トップ|先頭)(?:へ|に)(?:戻る)?|맨 위로
(?:zum|direkt zum) inhalt(?: springen)?|(?:aller|passer) au contenu(?: principal)?
(?:saltar|ir) al contenido(?: principal)?|(?:pular|ir) para o conteúdo(?: principal)?|vai al contenuto(?: principale)?
(?:ga )?naar (?:de )?inhoud|przejdź do treści|перейти к (?:основному )?содерж(?:анию|имому)
(?:メイン)?コンテンツ(?:へ|に)(?:スキップ|移動)|跳(?:转|到|至|過|过){1,2}(?:主要?)?[内內]容
본문(?:으로)? ?(?:건너뛰기|바로가기)
""")
# What stands before the contents of a page.
CONTENTS: Final = _any_of("""
jump to (?:a )?section|contents of this page
(?:auf|in) dieser seite|(?:sur|dans) cette page|en esta página|en este artículo|nesta página|neste artigo
in questa pagina|sommario|op deze pagina|inhoudsopgave|na tej stronie|spis treści|na této stránce|obsah|tartalom
bu sayfada|\\w{1,2}çindekiler|mục lục|trên trang này|på (?:den här|denne) (?:sidan|siden|side)|tällä sivulla|sisällys
このページの(?:内容|目次)|本[页文章](?:内容|目[录錄]|大纲)|本頁內容|页面(?:导航|目录)|이 페이지(?:의 (?:내용|목차)|에서)
на этой странице|в этой статье|на цій сторінці|зміст
""")
# What asks a reader how he likes the page, and the answers.
OPINIONS: Final = _any_of("""
(?:war|ist) (?:diese seite|dieser artikel|dieser beitrag) (?:für sie )?(?:hilfreich|nützlich)
(?:hat|haben) ihnen (?:diese seite|dieser artikel|diese informationen) geholfen
(?:cette page|cet article) (?:vous )?(?:a-t-(?:elle|il)|est-(?:elle|il)) (?:été )?utile
(?:(?:te|le) )?(?:resultó|ha resultado|fue|ha sido) útil (?:esta página|este artículo)
(?:esta página|este artigo|isso) foi útil|(?:questa pagina|questo articolo) (?:ti )?è stat[ao] utile
was (?:deze pagina|dit artikel) nuttig|var den här sidan (?:till hjälp|användbar)
czy ta strona była (?:pomocna|przydatna)
bu sayfa \\w{5,10} oldu mu|trang này có hữu ích không|была ли (?:эта страница|эта статья) полезн\\w{1,2}
(?:この|本)(?:ページ|記事|情報)は(?:お)?役に立ちましたか
(?:[此本这這]|这个)(?:页面?|頁面?|篇?文章)(?:[对對][您你])?有(?:帮助|幫助|用)[吗嗎]
이 (?:페이지|문서|글)[가이] 도움이 (?:되었|되셨|됐)(?:나요|습니까)
""")
ANSWERS: Final = _any_of("""
ja|nein|nej|nee|oui|non|sí|não|sim|sì|tak|nie|evet|hay.r|có|không|да|нет|はい|いいえ|是|否|有|没有|예|네|아니요
""")
# What agrees to cookies, or does not.
CONSENT: Final = _any_of("""
(?:i )?(?:accept|agree|allow|consent)(?: (?:all|cookies|all cookies|and close))?
got it!?|i understand|understood
(?:reject|decline|refuse|deny)(?: (?:all|cookies|all cookies))?|only necessary
(?:alle )?(?:akzeptieren|zustimmen|ablehnen)|einverstanden|verstanden|(?:tout )?(?:accepter|refuser)|j.accepte|d.accord
(?:aceptar|rechazar|aceitar|rejeitar)(?: (?:todo|todas|cookies))?|accett[ao]|rifiuta|accepteren|weigeren
akceptuj(?:ę)?|zgadzam się|acceptera|godkänn|принять|согласен|понятно|同意(?:する)?|接受|拒绝|동의|확인
""")
# What the text of such a link begins with, if it has nothing but ASCII: few others do, and none is then read further.
_BEGINNINGS: Final = """
    accueil aller anterior arriba article articolo artigo auf avanti berikutnya bewerk bu capitolo chapitre code
    copia copiado copiar copiato copier deze diese direkt do edellinen edit edita editar edite edytuj forrige ga
    gekopieerd haut in indice indietro inhalt inhaltsverzeichnis inhoud inicio ir kopier kopiera kopieren
    kopiert kopiuj kopyala mejorar modifica modifier naar nach page pagina passer poprzedni poprzednia
    poprzednie precedente pular redigera retour revenir salin saltar sao sau sebelumnya seguinte seite
    selanjutnya seuraava siguiente skopiowano sommaire sonraki spis startseite successiva successivo suivant
    suivante sunting tema torna trang upravit vai volgende voltar volver vorherige vorheriger vorheriges vorige
    voriger voriges weiter zum
"""
BEGINNINGS: Final = frozenset(_BEGINNINGS.split())
# Behind a step, the name of a page may stand without a space.
STEP_BEGINNINGS: Final = (
    *("anterior", "avanti", "berikutnya", "edellinen", "forrige", "indietro", "poprzedni", "precedente", "sebelumnya"),
    *("seguinte", "selanjutnya", "seuraava", "siguiente", "sonraki", "successiv", "suivant", "volgende", "vorherige"),
    *("vorige", "weiter"),
)
