"""What the tools of a page are called in the languages of the web: links to the pages around, to its top, to edit it.

Each is part of a pattern that ignores case.
"""

from __future__ import annotations

from typing import Final


def _any_of(lines: str) -> str:
    return "(?:" + "|".join(lines.split("\n")[1:-1]) + ")"


# Where pages are edited, and the name of such a place in a sentence.
_HOST: Final = "(?:github|gitlab|bitbucket|gitea|gitee|codeberg)"
# To the page before or after.
STEPS: Final[str] = _any_of("""
zurück|weiter|(?:vorherige|vorige|nächste)[rs]?(?: (?:seite|kapitel|artikel|thema|abschnitt|beitrag|lektion))?
(?:(?:page|chapitre|article|section|leçon) )?(?:précédente?|suivante?)
(?:(?:página|capítulo|artículo|artigo|tema|sección|seção|lección) )?(?:anterior|siguiente|seguinte|próxim[oa])
próxim[oa] (?:página|capítulo|artigo|seção|tópico|aula)
(?:(?:pagina|capitolo|articolo) )?(?:precedente?|successiv[oa])|indietro|avanti
(?:(?:pagina|capitolul|articolul) )?(?:anterio(?:r|ară)|următo(?:r|rul|area|are))|înapoi|înainte
(?:vorige?|volgende?)(?: (?:pagina|hoofdstuk|artikel|onderwerp))?
(?:föregående|nästa|forrige|næste|neste)(?: (?:sida|side|kapitel|kapittel|artikel|artikkel))?|tillbaka|tilbage|tilbake
framåt|frem
(?:edellinen|seuraava)(?: (?:sivu|luku|artikkeli))?
(?:poprzedni[ae]?|następn[aye])(?: (?:strona|rozdział|artykuł|temat))?|wstecz|dalej
(?:předchozí|další)(?: (?:stránka|strana|kapitola|článek))?|predchádzajúc[ae]|nasledujúc[ae]|ďalej|späť
(?:előző|következő)(?: (?:oldal|fejezet|cikk))?|vissza|tovább
(?:önceki|sonraki)(?: (?:sayfa|bölüm|konu|ders|makale))?|geri|ileri
(?:(?:halaman|bab|artikel) )?(?:sebelumnya|selanjutnya|berikutnya)
(?:(?:trang|bài|chương|phần) )?(?:trước|sau|tiếp(?: theo)?|kế tiếp)|(?:trở|quay) lại
(?:προηγούμεν|επόμεν)[οηα](?: (?:σελίδα|κεφάλαιο|άρθρο))?
назад|вперёд|вперед|далее|дальше|пред\\.|след\\.|далі
(?:предыдущ|следующ)(?:ая|ий|ее)(?: (?:страница|глава|статья|раздел|урок|тема|запись))?
(?:попередн(?:я|ій|є)|наступн(?:а|ий|е))(?: (?:сторінка|глава|стаття|розділ|урок|тема))?
(?:предишна|следваща)(?: страница)?
前(?:へ(?:戻る)?)?|次(?:へ(?:進む)?)?|[前次]の?(?:ページ|章|記事|節)へ?|戻る|進む
[上下]一(?:[页頁章篇节節课課]|步)|[前后後]一[页頁章篇节節]|[上下][页頁]
[上下]一(?:篇文章|[个個]?(?:主题|主題|页面|頁面))
(?:이전|다음)(?: ?(?:글|페이지|장|문서|항목|단계|챕터))?
(?:(?:الصفحة|المقال|المقالة|الفصل|الدرس|الموضوع) )?(?:السابقة?|التالية?)
(?:(?:הדף|העמוד|הפרק|המאמר|הנושא) )?(?:הקודם|הקודמת|הבאה?)|קודם
(?:(?:صفحه|صفحهٔ|صفحه\u200cی|فصل|مقاله|مطلب|درس) )?(?:قبلی?|بعدی?)
หน้าก่อน(?:หน้า)?|(?:หน้า)?(?:ก่อนหน้า|ถัดไป|ต่อไป)|ย้อนกลับ
(?:पिछ|अग)(?:ला|ले|ली)(?: (?:पृष्ठ|पेज|अध्याय|लेख))?|पीछे|आगे
""")
# To the contents or the start, beside those.
STARTS: Final[str] = _any_of("""
inhalt(?:sverzeichnis)?|startseite|sommaire|accueil|índice|inicio|início|indice|inhoud(?:sopgave)?|spis treści|obsah
startsidan?|forside|forsiden|hjem|etusivu|strona główna|domů|kezdőlap|acasă|cuprins|ana ?sayfa|trang chủ|mục lục
beranda|daftar isi|αρχική|περιεχόμενα
目次|目[录錄]|首[页頁]|主[页頁]|索引|ホーム|トップ(?:ページ)?|목차|홈|처음|оглавление|содержание|главная|зміст|головна
الرئيسية|المحتويات|الفهرس|תוכן (?:ה)?עניינים|דף הבית|خانه|فهرست|होम|विषय[- ]सूची|หน้าแรก|หน้าหลัก|สารบัญ
""")
# To where the page is edited, or shown there.
EDITING: Final[str] = _any_of(f"""
(?:(?:diese )?seite|diesen (?:artikel|abschnitt)) (?:(?:auf|in|bei) \\w{{2,20}} )?(?:bearbeiten|verbessern)
(?:auf|in|bei) {_HOST} (?:bearbeiten|ansehen|anzeigen|verbessern)
(?:modifier|éditer|améliorer) (?:(?:cette|la) page|cet article|ce document)(?: (?:sur|dans) \\w{{2,20}})?
(?:modifier|éditer|voir) (?:sur|dans) {_HOST}|voir (?:cette|la) page sur {_HOST}
(?:edit(?:ar|a|e)|mejorar|melhorar) (?:(?:esta|essa|la|a) )?página(?: (?:en|no) \\w{{2,20}})?
(?:editar|editar? este (?:artículo|artigo|documento)|ver) (?:en|no) {_HOST}
modifica(?:re)? (?:(?:questa|la) )?pagina(?: su \\w{{2,20}})?|(?:modifica|vedi) su {_HOST}
bewerk (?:deze )?pagina(?: op \\w{{2,20}})?|(?:deze )?pagina bewerken(?: op \\w{{2,20}})?|bewerk(?:en)? op {_HOST}
redigera? (?:(?:den här|denna) )?sidan(?: på \\w{{2,20}})?|rediger (?:denne )?siden?(?: på \\w{{2,20}})?
redigera? på {_HOST}
muokkaa (?:tätä )?sivua(?: \\w{{2,20}})?|muokkaa {_HOST}\\w{{0,6}}|upravi[tť] (?:t[uú]to )?stránku(?: na \\w{{2,20}})?
upravit na {_HOST}\\w{{0,2}}
edytuj (?:tę )?stronę(?: (?:na|w) \\w{{2,20}})?|edytuj (?:na|w) {_HOST}\\w{{0,3}}
(?:az? )?oldal szerkesztése(?: .{{0,3}}\\w{{2,20}})?|szerkesztés a \\w{{2,20}}
edit(?:ează|ați|are|area) (?:această )?pagin[ăa](?: pe \\w{{2,20}})?
(?:bu )?sayfay. (?:{_HOST}.{{0,4}} )?düzenle(?:yin)?|{_HOST}.{{0,4}} düzenle(?:yin)?
(?:chỉnh )?sửa trang(?: này)?(?: trên \\w{{2,20}})?|(?:chỉnh )?sửa trên {_HOST}
(?:edit|sunting|ubah) halaman(?: ini)?(?: di \\w{{2,20}})?|(?:sunting|edit) di {_HOST}
(?:от)?(?:редактировать|изменить|править|улучшить) (?:эту )?(?:страницу|статью)(?: (?:на|в) \\w{{2,20}})?
(?:от)?(?:редактировать|изменить|править|посмотреть) (?:на|в) {_HOST}
(?:редагувати|змінити|покращити) (?:цю )?сторінку(?: (?:на|в) \\w{{2,20}})?|редагувати (?:на|в) {_HOST}
επεξεργασία (?:αυτής )?(?:της )?σελίδας(?: στο \\w{{2,20}})?|επεξεργασία στο {_HOST}
(?:{_HOST} ?で ?)?(?:この)?ページを ?(?:\\w{{2,20}} ?で ?)?(?:編集|修正|改善)(?:する)?
(?:{_HOST} ?で ?)?この(?:ドキュメント|記事|文書)を ?(?:\\w{{2,20}} ?で ?)?(?:編集|修正|改善)(?:する)?
{_HOST} ?で ?(?:編集|修正|表示|見る)(?:する)?
(?:在 ?\\w{{2,20}} ?上)?(?:编辑|編輯|修改|改[进進善])(?:[此本这這]一?|这个|這個|当前|當前)?(?:页面?|頁面?|網頁|网页)
(?:在 ?\\w{{2,20}} ?上)?(?:编辑|編輯|修改|改[进進善])(?:[此本这這]|这个|這個|这篇|這篇|当前|當前)(?:文|文章|文档|文件)
在 ?{_HOST} ?上?(?:编辑|編輯|修改|查看|檢視)|[为為]此[页頁]提供建[议議]|帮助我们改善此页面[！!]?
(?:{_HOST} ?에서 )?(?:(?:이 )?페이지|이 (?:문서|글))[를을]? ?(?:편집|수정)(?:하기)?
{_HOST} ?에서 (?:편집|수정|보기)(?:하기)?
(?:تحرير|تعديل|عدّ?ل|حرّ?ر) (?:هذه )?الصفحة(?: (?:على|في) \\w{{2,20}})?|(?:ערוך|עריכת|ערכו) ה?(?:דף|עמוד) ה?זה
ویرایش (?:این )?صفحه(?: در \\w{{2,20}})?|این صفحه را ویرایش کنید|ویرایش در {_HOST}
(?:इस|यह) (?:पेज|पृष्ठ) (?:को )?संपादित करें|แก้ไขหน้า(?:นี้)?(?: ?(?:บน|ใน) ?\\w{{2,20}})?|แก้ไขบน ?{_HOST}
""")
# To copy the code beside it, before and after.
COPYING: Final[str] = _any_of("""
(?:code )?(?:in (?:die )?zwischenablage )?(?:kopieren|kopiert!?)
(?:copier|copié)(?: le code| (?:dans|vers) le presse-papiers?)? ?!?
¡?copi(?:ar|ado|a)(?: (?:el |o )?código| al portapapeles| para a? ?área de transferência)?!?
copia(?:to|re)?(?: (?:il )?codice| negli appunti)?!?|copi(?:ază|at)(?: codul)?!?
(?:code )?(?:kopiëren|gekopieerd!?)|kopieer(?: code)?|kopiëren naar klembord
kopi(?:era|erat!?|er|ert!?|ér|eret!?)(?: kode?n?| till urklipp| til utklippstavlen?)?|kopioi(?:tu!?)?(?: koodi)?
s?kopi(?:uj|owano!?)(?: kod| do schowka)?|z?kopírov(?:at|áno!?)(?: kód| do schránky)?|(?:kód )?másol(?:ás|ása|va!?)
(?:kodu |panoya )?kopyala(?:ndı!?)?|(?:đã )?sao chép(?: mã)?!?|(?:di|ter)?salin(?: kode)?!?
с?копировать(?: код| в буфер(?: обмена)?| ссылку)?|скопировано!?
с?копі(?:ювати|йовано!?)(?: код| в буфер(?: обміну)?)?|αντιγρα(?:φή|φή κώδικα)|αντιγράφηκε!?
(?:コードを?|クリップボードに|コードをクリップボードに)?コピー(?:する|しました|完了|済み)?[！!]?
(?:已|点击|點擊)?(?:复制|複製|拷贝)(?:代码|代碼|程式碼|成功|到剪[贴貼][板簿])?[！!]?
(?:코드 |클립보드에 )?복사(?:됨|하기|되었습니다|했습니다| ?완료)?[.!]?
(?:تم )?(?:ال)?نسخ(?: (?:الكود|الشيفرة|الرمز))?!?|انسخ|العتق|ה?עתקה?(?: (?:את ה)?קוד)?|הועתק!?
کپی(?: شد!?| کردن کد| کد| کردن)?|رونوشت|(?:कोड )?कॉपी(?: करें| किया गया!?)?|คัดลอก(?:แล้ว!?|โค้ด)?
""")
# To the heading beside it.
PERMALINKS: Final[str] = _any_of("""
(?:copy |direct |deep |perma)?(?:link|anchor)(?:(?: (?:to|for)|:) .{1,200})?|.{1,200} (?:perma|anchor )link
direktlink|perma(?:nent|nenter )link(?: zu .{1,200})?
lien (?:permanent|direct)(?: vers .{1,200})?|ancre|enlace (?:permanente|directo)|link permanente
collegamento permanente
(?:постоянная )?ссылка|пермалинк|(?:この(?:ヘッダー|見出し)への|永久)?(?:パーマ)?リンク
(?:永久|固定)?(?:链接|連結)(?:到.{1,100})?|(?:고유 ?)?링크
""")
# To its top, in a word that may name any place.
TOPS: Final = "(?:arriba|topo|sus|upp|nahoru|yukarı|ylös|위로|置[顶頂])"
# To another place in the page.
PLACES: Final[str] = _any_of(f"""
{TOPS}
(?:zurück )?nach oben|(?:zurück )?zum (?:seitenanfang|anfang)|seitenanfang
(?:retour|revenir) en haut(?: de (?:la )?page)?|haut de (?:la )?page
(?:volver|ir) arriba|volver al (?:inicio|principio)|(?:voltar|ir) (?:ao|para o) (?:topo|início)
torna (?:su|in alto|all.inizio)|(?:terug )?naar (?:boven|begin)|înapoi (?:sus|la început)
(?:(?:wróć|powrót) )?(?:do góry|na górę)|zpět nahoru|na začátek(?: stránky)?|späť hore
(?:tillbaka |tilbage |tilbake )?till? top(?:pen)?|till sidans topp
takaisin ylös|(?:takaisin )?sivun alkuun|(?:vissza )?(?:a|az oldal|lap) tetejére
(?:вернуться )?(?:наверх|вверх|(?:к|в) начал[оу](?: страницы)?)
вгору|нагору|(?:повернутися )?(?:до|на) почат(?:ку|ок)(?: сторінки)?
(?:sayfanın )?başa dön|sayfanın başına dön|yukarı (?:çık|dön)|(?:kembali )?ke atas
(?:(?:lên|về|(?:trở|quay) (?:về|lại|lên)) )?đầu trang
(?:(?:επιστροφή|πίσω) )?στην κορυφή(?: της σελίδας)?
(?:(?:العودة|الرجوع) )?(?:إلى|الى|لل?)ـ? ?(?:ال)?أعلى(?: الصفحة)?|أعلى الصفحة
(?:חזרה|חזור) למעלה|לראש ה(?:דף|עמוד)|(?:(?:بازگشت|برگشت|رفتن) به )?بالا(?:ی صفحه)?
वापस शीर्ष पर(?: जाएं?)?|शीर्ष पर(?: वापस)?(?: जाए[ंँ])?|ऊपर जाए[ंँ]|กลับ(?:ไป|สู่|ขึ้น)(?:ด้าน)?บน
(?:回到|返回|回)(?:顶部|頂部|顶端|頂端|[页頁]首|[页頁][顶頂])|[页頁]面?[顶頂][部端]
(?:この)?(?:ページの?)?(?:トップ|top|先頭|最上部)(?:へ|に)(?:戻る)?|(?:目次|上)(?:へ|に)戻る
맨 ?위로(?: ?(?:이동|가기))?|위로 ?가기|처음으로|(?:페이지 )?상단으로(?: ?이동)?
(?:zum|direkt zum|springe zum) (?:haupt)?inhalt(?: springen| wechseln)?
(?:aller|passer|accéder) (?:directement )?au contenu(?: principal)?
(?:saltar|ir|pasar) al contenido(?: principal)?|(?:pular|ir|saltar) para (?:o )?conteúdo(?: principal)?
(?:vai|passa|salta) al contenuto(?: principale)?|(?:ga )?naar (?:de )?(?:hoofd)?inhoud|doorgaan naar hoofdcontent
przejdź do (?:głównej )?(?:treści|zawartości)|přejít (?:k|na) (?:hlavnímu )?obsahu?|sari la conținut(?:ul principal)?
(?:hoppa|gå) till (?:huvud)?innehåll(?:et)?|(?:gå|spring) til (?:hoved)?indhold|(?:hopp|gå) til (?:hoved)?innhold
(?:siirry|hyppää) (?:pää)?sisältöön|ugrás a (?:fő )?tartalom(?:ra|hoz)
перейти к (?:основному )?(?:содерж(?:анию|имому)|контенту)|перейти до (?:основного )?(?:вмісту|змісту|контенту)
(?:ana )?içeriğe (?:geç|atla)|(?:bỏ qua|chuyển (?:đến|tới)|đi (?:đến|tới)|đến) nội dung(?: chính)?
(?:lewati|lompat|langsung) ke konten(?: utama)?|μετάβαση στο (?:κύριο )?περιεχόμενο
(?:انتقل|الانتقال|التجاوز|تخط[يى]) إلى (?:ال)?محتوى(?: الرئيسي)?|(?:דלג|דילוג) לתוכן(?: ה(?:ראשי|מרכזי))?
(?:پرش|رفتن) به محتوا(?:ی اصلی)?|(?:मुख्य )?सामग्री पर जाए[ंँ]|ข้ามไป(?:ยัง|ที่)เนื้อหา(?:หลัก)?
(?:(?:メイン ?)?コンテンツ|本文)(?:へ|に)(?:スキップ|移動|ジャンプ)|跳[转轉]?(?:到|至|過|过){{1,2}}(?:主要?)?[内內]容
(?:(?:주요?|메인) )?(?:본문|[콘컨]텐츠)(?:으)?로? ?(?:건너뛰기|바로가기)
""")
# What stands before the contents of a page.
CONTENTS: Final[str] = _any_of("""
jump to (?:a )?section|contents of this page
(?:auf|in) dieser seite|in diesem (?:artikel|dokument|beitrag)|seiteninhalt
(?:sur|dans) cette page|dans cet article|contenu(?: de (?:la|cette) page)?
en (?:esta página|este artículo)|contenido de esta página|nest[ae] (?:página|artigo)|conteúdo(?: desta página)?
in (?:questa pagina|questo articolo)|sommario|contenuti|op deze pagina|in dit artikel|inhoud(?:sopgave)?
(?:na tej stronie|w tym artykule)|zawartość|spis treści|na tejto stránke|na této stránce|v tomto článku|obsah
innehåll(?:sförteckning)?|i den här artikeln|indhold(?:sfortegnelse)?|innhold(?:sfortegnelse)?
på (?:den här|denne) (?:sidan|siden|side)|i denne artikk?el(?:en)?
tällä sivulla|tässä artikkelissa|sisällys(?:luettelo)?|tartalom(?:jegyzék)?|ezen az oldalon|a cikk tartalma
cuprins|pe această pagină|în acest articol|bu (?:sayfada|makalede|yazıda)|\\w{1,2}çindekiler
mục lục|nội dung(?: (?:chính|bài viết))?|(?:trên|trong) trang này|trong bài (?:viết )?này
daftar isi|di halaman ini|(?:dalam|di) artikel ini
(?:πίνακας )?περιεχομέν(?:α|ων)|περιεχόμενα|σε αυτήν? τη σελίδα|σε αυτό το άρθρο
(?:на этой странице|в этой статье|на цій сторінці|у цій статті)|зміст|съдържание
(?:جدول |فهرس )?المحتويات|في هذ(?:ه الصفحة|ه المقالة|ا المقال)|תוכן ה?עניינים|ב(?:דף|עמוד|מאמר) זה
فهرست(?: مطالب)?|در این (?:صفحه|مقاله|مطلب)|محتویات|विषय[- ]?सूची|इस (?:पृष्ठ|पेज) (?:पर|में)|इस लेख में
สารบัญ|เนื้อหา|ใน(?:หน้า|บทความ)นี้
(?:この)?(?:ページ|記事)の(?:内容|目次)|もくじ|コンテンツ
(?:在?[本此这這](?:[页頁文]|页面|頁面|网页|網頁|篇?文章)(?:面?上)?(?:[内內]容|目[录錄]|大[纲綱]|总览|總覽|导航|導覽)?)
(?:页面|頁面|文章)(?:导航|導覽|目[录錄]|[内內]容)
이 (?:페이지|문서|기사|글)(?:의 (?:내용|목차)|에서)|차례
""")
# What asks a reader how he likes the page, and the answers.
OPINIONS: Final[str] = _any_of("""
(?:war|ist) (?:(?:diese seite|dieser (?:artikel|beitrag)) (?:für sie )?|dies |das )(?:hilfreich|nützlich)
(?:hat|haben) (?:ihnen|dir) (?:diese seite|dieser artikel|diese informationen) geholfen
fanden sie (?:diese seite|diesen artikel) (?:hilfreich|nützlich)
(?:cette page|cet article|ce document) (?:vous )?(?:(?:a|est|était)-t?-?(?:elle|il) )(?:été )?(?:utile|aidée?)
avez-vous trouvé (?:cette page|cet article) utile
(?:(?:te|le) )?(?:ha )?(?:resultó|resultado|fue|sido) útil (?:esta página|este artículo)
(?:(?:te|le) )ha sido útil (?:esta página|este artículo)|ha sido útil (?:esta página|este artículo)
(?:esta página|este artículo) (?:te |le )?(?:fue|ha sido|resultó) útil
(?:esta página|este artigo|isso) (?:foi útil|(?:te )?ajudou(?: você)?)
(?:questa pagina|questo articolo) (?:ti )?è stat[ao] utile|è stat[ao] utile(?: questa pagina| questo articolo)?
hai trovato utile (?:questa pagina|questo articolo)
was (?:deze pagina|dit artikel) (?:nuttig|behulpzaam)|vond je (?:deze pagina|dit artikel) nuttig
heeft (?:deze pagina|dit artikel) (?:je|u) geholpen
var (?:(?:den här )?sidan|den här artikeln) (?:till hjälp|användbar)
var denn?e (?:side|siden|artikkel|artikkelen|artikel) (?:nyttig|hjælpsom|til hjelp)
oliko (?:tämä sivu|tämä artikkeli) (?:hyödyllinen|avuksi)|oliko tästä (?:sivusta|artikkelista) apua
hasznos(?: volt|nak találta) ez(?:t)? az? (?:oldalt?|cikk(?:et)?)
(?:v-)?a fost (?:utilă?|de ajutor) (?:această pagină|acest articol)
czy (?:(?:ta )?strona była (?:pomocna|przydatna)|(?:ten )?artykuł był (?:pomocny|przydatny))
byl[ao]? (?:tato stránka|tento článek) (?:užitečn[áý]|nápomocn[áý])|pomohl[ao]? vám (?:tato stránka|tento článek)
bu (?:sayfa|makale|yazı) (?:size )?\\w{5,10} (?:oldu mu|mı|mi)
(?:trang|bài viết) này có (?:hữu ích|giúp ích)(?: (?:cho|với) bạn)? không
apakah (?:halaman|artikel) ini (?:membantu|bermanfaat)
была ли (?:(?:эта )?страница|(?:эта )?статья) полезн\\w{1,2}|была ли полезн\\w{1,2} (?:эта )?(?:страница|статья)
эта (?:страница|статья) была (?:вам )?полезн\\w{1,2}|(?:помогла ли )?вам (?:помогла )?эта (?:страница|статья)
чи (?:була )?(?:корисна )?ця (?:сторінка|стаття)(?: корисн\\w{1,3})?
(?:ήταν|σας) (?:χρήσιμ[ηο]|βοήθησε) αυτ[ήό] (?:η|το) (?:σελίδα|άρθρο)
هل (?:كانت?|وجدت|ساعدتك) هذ(?:ه|ا) (?:الصفحة|المقالة?)(?: مفيد(?:ة|اً|ًا)?)?
האם (?:ה?(?:דף|עמוד|מאמר)(?: ה?זה)?) (?:היה (?:מועיל|שימושי)|עזר לך)
آیا این (?:صفحه|مقاله|مطلب) (?:برای شما )?مفید بود
क्या यह (?:पेज|पृष्ठ|लेख) (?:उपयोगी|सहायक|मददगार) था|(?:หน้า|บทความ)นี้มีประโยชน์(?:หรือไม่|ไหม)?
(?:(?:この|本)(?:ページ|記事|情報|ドキュメント|文書|内容|トピック)は)?(?:お)?役に立ちましたか
(?:[此本这這该該]|这个|這個|以上)?(?:页面?|頁面?|网页|網頁|篇?文章|文|文档|文件)?(?:[内內]容|信息|資訊)?(?:(?:[对對][您你]|是否){1,2}有(?:帮助|幫助|用)[吗嗎]?|有(?:帮助|幫助|用)[吗嗎])
(?:이 (?:페이지|문서|글|정보|아티클|기사|내용)[가이] )?도움이 (?:되었|되셨|됐)(?:나요|습니까|어요)
""")
ANSWERS: Final[str] = _any_of("""
ja|nein|nej|nee|nei|oui|non|sí|não|sim|sì|tak|nie|ano|ne|evet|hay.r|có|không|ya|tidak|igen|nem|da|nu|kyllä|ei|ναι|όχι
да|нет|так|ні|نعم|لا|כן|לא|بله|خیر|हा[ँं]|नहीं|ใช่|ไม่(?:ใช่)?|はい|いいえ|是|否|有|没有|是的|不是|예|네|아니[요오]
""")
# What cookies are called.
COOKIES: Final[str] = _any_of("""
\\bcookies?\\b|\\bkakor\\b|informasjonskapsler|evästei?|\\bsüti|ciasteczk|çerez|\\bкук|クッキー|쿠키
ملفات تعريف الارتباط|الكوكيز|עוגיות|کوکی|कुकी|คุกกี้
""")
# What agrees to cookies, or does not.
CONSENT: Final[str] = _any_of("""
(?:i )?(?:accept|agree|allow|consent)(?: (?:all|cookies|all cookies|and close))?
got it!?|i understand|understood
(?:reject|decline|refuse|deny)(?: (?:all|cookies|all cookies))?|only necessary
(?:(?:alle|allen)(?: cookies)? )?(?:akzeptieren|zustimmen|ablehnen)|einverstanden|verstanden
nur notwendige(?: cookies)?
(?:tout )?(?:accepter|refuser)(?: tout)?|j.accepte|d.accord|continuer sans accepter
(?:aceptar|rechazar|aceitar|rejeitar)(?: (?:todo|todas|tudo|cookies|todas las cookies|todos os cookies))?|entendi
entendido
(?:accett[ao]|rifiuta)(?: tutt[io])?|(?:alles? )?(?:accepteren|weigeren)|akceptuj(?:ę)?(?: wszystkie)?|zgadzam się
rozumiem
(?:acceptera|godkänn|godta|accepter|acceptér|avvis|avvisa)(?: alla?| alle)?|hyväksy(?: kaikki)?|přijmout(?: vše)?
souhlasím
elfogad(?:om|ás)?|rendben|accept(?:ă|ați)?(?: toate)?|(?:tümünü )?(?:kabul et|reddet)
(?:chấp nhận|từ chối)(?: tất cả)?|đồng ý
(?:terima|tolak|setuju)(?: semua)?|αποδοχή(?: όλων)?|συμφωνώ
(?:принять|отклонить)(?: вс[её])?|принимаю|согласен|понятно|хорошо|прийняти(?: все)?|погоджуюсь|зрозуміло
(?:قبول|موافق|أوافق|رفض)(?: الكل)?|אישור|אני מסכים/?ה?|הבנתי|(?:می.)?پذیر(?:م|فتن)|موافقم|स्वीकार करें
ยอมรับ(?:ทั้งหมด)?
(?:すべて(?:の ?cookie ?)?(?:を|に)?)?(?:同意(?:する|して閉じる)?|受け入れる|許可(?:する)?|承諾(?:する)?|拒否(?:する)?)
(?:全部|所有|我)?(?:同意|接受|拒[绝絕]|知道了|允[许許])(?:全部|所有)?(?: ?cookies?)?
(?:모두 )?(?:동의|허용|거부|수락)(?:합니다|하기)?|확인
""")
# What a note begins with that stands beside the text.
NOTES: Final[str] = _any_of("""
note|notes|nota|attention|warning|caution|important|tips?|remark|hinweis|achtung|anmerkung|tipp|warnung|wichtig
vorsicht
remarque|avertissement|astuce|conseil|advertencia|atención|consejo|importante|aviso|precaución|atenção|dica|observação
attenzione|avviso|avvertenza|suggerimento|opmerking|let op|waarschuwing|belangrijk|uwaga|wskazówka|ostrzeżenie|ważne
poznámka|upozornění|varování|důležité|obs|observera|varning|viktigt?|bemærk|advarsel|vigtigt|merk|huomautus|huom
varoitus
vinkki|tärkeää|megjegyzés|figyelem|figyelmeztetés|fontos|notă|atenție|avertisment|sfat|not|uyarı|dikkat|ipucu|önemli
lưu ý|chú ý|ghi chú|cảnh báo|mẹo|quan trọng|catatan|peringatan|perhatian|penting|σημείωση|προσοχή|προειδοποίηση
συμβουλή
примечани[ея]|внимание|важно|предупреждение|совет|замечание|осторожно|подсказка|примітка|увага|важливо|попередження
порада
ملاحظة|تنبيه|تحذير|توجه|نصيحة|ملحوظة|هام|مهم|הערה|שי(?:ם|מו) לב|אזהרה|טיפ|חשוב|نکته|هشدار|یادداشت
नोट|ध्यान दें|चेतावनी|सुझाव|महत्वपूर्ण|หมายเหตุ|คำเตือน|เคล็ดลับ|ข้อควรระวัง|สำคัญ
注意|警告|提示|注|备注|備[考註]|注[記释釋]|説明|说明|說明|重要|(?:温馨|溫馨|小)提示|小贴士|危险|メモ|ノート|ヒント
補足|参考
참고|주의|경고|노트|팁|중요|알림|메모
""")
# What says whose a page is, and by whom.
RIGHTS: Final[str] = _any_of("""
alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados
tutti i diritti riservati|alle rechten voorbehouden|wszelkie prawa zastrzeżone|všechna práva vyhrazena
все права защищены|всі права захищені|tüm hakları saklıdır|جميع الحقوق محفوظة|כל הזכויות שמורות|تمامی حقوق محفوظ
版权所有|版權所有|著作権|無断転載|저작권|모든 권리 보유|bản quyền|hak cipta
""")
AUTHORS: Final = (
    "(?:autor(?:en|es|i|a|ka)?|auteure?s?|autor[ií]|yazar(?:lar)?|автор[ыи]?|作者|著者|저자|المؤلف|نویسنده)"
)
# What a button says that unfolds something, whatever it is.
UNFOLDING: Final[str] = _any_of("""
(?:mehr|alles?|details?|code|lösung|antwort)(?: (?:anzeigen|lesen|erfahren|einblenden|ausklappen))?
weniger(?: anzeigen)?
(?:auf|aus)klappen|(?:afficher|voir|lire)(?: (?:plus|moins|tout|la suite|le code|les détails))|en savoir plus|déplier
dérouler
(?:mostrar|ver|leer|ler)(?: (?:más|mais|menos|todos?|tudo|código|detalles|detalhes))
(?:más|mais) (?:detalles|detalhes)
desplegar|expandir|(?:mostra|leggi|vedi|visualizza) (?:altro|di più|tutto|dettagli)|espandi
(?:toon )?meer(?: (?:weergeven|tonen|lezen))?|uitklappen|(?:pokaż|czytaj|zobacz) (?:więcej|wszystko)|rozwiń
(?:zobrazit|ukázat|číst) (?:více|vše)|rozbalit|(?:visa|läs) (?:mer|alla)|(?:vis|læs|les) mere?|näytä (?:lisää|kaikki)
lue lisää|(?:mutass )?többet|tovább(?:i részletek)?|kibontás|(?:afișează|citește|vezi) (?:mai mult|tot)|extinde
(?:daha )?fazla(?:sını)? göster|devamını (?:oku|göster)|genişlet|xem thêm|mở rộng|hiển thị thêm
(?:tampilkan|baca|lihat) (?:lebih banyak|selengkapnya|semua)|(?:εμφάνιση|δείτε) περισσότερ(?:α|ων)|περισσότερα
показать (?:ещё|еще|больше|вс[её]|код)|подробнее|раскрыть|развернуть|читать далее|показати (?:більше|ще)|детальніше
розгорнути
(?:عرض|اقرأ|إظهار) المزيد|المزيد|توسيع|(?:הצג|קרא) עוד|הרחב|(?:نمایش|مشاهده|خواندن) بیشتر|ادامه مطلب
(?:और|अधिक) (?:दिखाएं|देखें|पढ़ें)|(?:ดู|แสดง)เพิ่มเติม|อ่าน(?:ต่อ|เพิ่มเติม)|ขยาย
もっと(?:見る|読む)|続きを(?:読む|見る)|さらに(?:表示|見る)|詳細(?:を(?:表示|見る))?|すべて(?:表示|見る)|開く
展開(?:する)?|表示する
(?:点击|點擊)?(?:展开|展開)(?:全部|更多|全文|代码|详情|程式碼|詳情)?
(?:显示|查看|阅读|顯示|檢視|閱讀)(?:更多|全部|全文|详情|詳情)|更多(?:内容|內容)?
더 ?보기|펼치기|자세히(?: 보기)?|전체 보기|열기|접기/펼치기
""")
# What a button says that unfolds a tool of the site.
SITE_TOOLS: Final[str] = _any_of("""
teilen|seite teilen|partager|compartir|compartilhar|condividi|delen|udostępnij|sdílet|dela|del|jaa|megosztás|paylaş
chia sẻ|bagikan|κοινοποίηση|поделиться|поділитися|مشاركة|שתף|اشتراک.گذاری|साझा करें|แชร์|共有(?:する)?|シェア(?:する)?
分享|공유(?:하기)?
(?:sprache|langue|idioma|lingua|taal|język|jazyk|språk|sprog|kieli|nyelv|limb[aă]|dil|bahasa)(?:n?auswahl)?
ngôn ngữ|γλώσσα|язык|мова|اللغة|שפה|زبان|भाषा|ภาษา|(?:言語|语言|語言)(?:を?選択)?|选择语言|選擇語言|언어(?: 선택)?
versionen|バージョン|版本|버전
darstellung|farbschema|apparence|thème|tema|aspecto|тема|テーマ|外観|主题|主題|外观|外觀|테마
""")
# What the heading of notes and sources says.
SOURCES: Final[str] = _any_of("""
fußnoten|anmerkungen|einzelnachweise|quellen(?:angaben|verzeichnis)?|literatur(?:verzeichnis|hinweise|angaben)?
nachweise
notes(?: et références)?|références|bibliographie|notas(?: y referencias| al pie| de rodapé)?|referencias|bibliografía
fuentes
referências|bibliografia|fontes|note(?: e riferimenti| a piè di pagina)?|riferimenti|fonti|voetnoten|referenties
bronnen|noten
przypisy|źródła|poznámky(?: pod čarou)?|reference|literatura|zdroje|fotnoter|referenser|källor|fodnoter|referencer
kilder
referanser|viitteet|lähteet|lábjegyzetek|jegyzetek|hivatkozások|források|irodalom|note de subsol|referințe|surse
bibliografie
dipnotlar|kaynaklar|kaynakça|chú thích|(?:tài liệu )?tham khảo|catatan kaki|referensi|daftar pustaka
υποσημειώσεις|παραπομπές|πηγές|αναφορές|βιβλιογραφία|примечания|сноски|источники|(?:список )?литератур[аы]|примітки
джерела|література
الهوامش|(?:قائمة )?المراجع|المصادر|הערות שוליים|מקורות|הפניות|ביבליוגרפיה|پانویس(?:.?ها)?|منابع|संदर्भ|टिप्पणियाँ
เชิงอรรถ|อ้างอิง
脚注|注釈|出典|参考(?:文献|資料|资料|リンク)?|注释|註釋|註解|腳註|參考(?:文獻|資料)|각주|주석|참고 ?(?:문헌|자료)|출처
""")
# What the text of such a link begins with, if it has nothing but ASCII: few others do, and none is then read further.
_BEGINNINGS: Final = """
    accueil aller ana anasayfa anterior arriba article articolo articolul artigo artikel auf avanti bab bei beranda
    berikutnya bewerk bewerken bu capitolo capitolul chapitre code copia copiado copiar copiare copiat copiato
    copier cuprins daftar dalej deze diese diesen direkt disalin do doorgaan edellinen edit edita editar editare
    editarea edite edytuj etusivu forrige forside forsiden frem ga gekopieerd geri halaman haut hjem hopp hoppa
    ileri in indice indietro inhalt inhaltsverzeichnis inhoud inhoudsopgave inicio ir ke kembali kodu kopieer kopier
    kopiera kopierat kopieren kopieret kopiert kopioi kopioitu kopiowano kopiuj kopyala kopyalandi langsung lewati
    lompat mejorar melhorar modifica modificare modifier muokkaa naar nach nahoru neste obsah page pagina panoya
    pasar passa passer poprzedni poprzednia poprzednie precedent precedente pular rediger redigera retour revenir
    salin salta saltar sao sau sebelumnya section seguinte seite seitenanfang selanjutnya seuraava siguiente sivun
    skopiowano skopiuj sommaire sonraki spis spring springe startseite startsida startsidan successiva successivo
    suivant suivante sunting sus takaisin tema tersalin terug til tilbage tilbake till tillbaka topo torna trang
    ubah upp upravit vai vedi ver vissza voir volgend volgende voltar volver vorherige vorheriger vorheriges vorig
    vorige voriger voriges weiter wstecz zum
"""
BEGINNINGS: Final = frozenset(_BEGINNINGS.split())
# After a step, the name of a page may stand without a space.
STEP_BEGINNINGS: Final = (
    *("anterior", "avanti", "berikutnya", "dalej", "edellinen", "forrige", "frem", "geri", "ileri", "indietro"),
    *("neste", "poprzedni", "precedent", "sebelumnya", "seguinte", "selanjutnya", "seuraava", "siguiente"),
    *("sonraki", "successiv", "suivant", "tilbage", "tilbake", "tillbaka", "vissza", "volgend", "vorherige"),
    *("vorig", "weiter", "wstecz"),
)
