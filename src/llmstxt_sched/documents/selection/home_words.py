"""What sites call their home pages, and their navigation as a whole: names neither of a site nor of a part of it.

In the languages of the web, in small letters.
"""

from __future__ import annotations

from typing import Final

_HOME: Final = """
home|homepage|home page|start|startseite|hauptseite|accueil|page d'accueil|inicio|página principal|página de inicio
início|página inicial|pagina principale|startpagina|hoofdpagina|strona główna|start page|domů|úvod|úvodní stránka
domov|startsida|startside|forside|forsiden|hjem|hem|etusivu|kezdőlap|főoldal|acasă|pagina principală|αρχική
αρχική σελίδα
главная|главная страница|домашняя страница|начало|начална страница|головна|головна сторінка|ana sayfa|anasayfa
trang chủ|beranda|halaman utama|الرئيسية|الصفحة الرئيسية|דף הבית|בית|עמוד הבית|خانه|صفحه اصلی|صفحهٔ اصلی|होम
मुखपृष्ठ|मुख्य पृष्ठ
หน้าแรก|หน้าหลัก|ホーム|トップ|トップページ|メインページ|首页|首頁|主页|主頁|홈|대문|처음
"""
_DOCS: Final = """
docs|documentation|dokumentation|doku|documentación|documentação|documentazione|documentatie|dokumentacja
dokumentace
dokumentácia|dokumentasjon|dokumentaatio|dokumentáció|documentație|τεκμηρίωση|документация|документація|belgeler
dokümantasyon
tài liệu|dokumentasi|التوثيق|الوثائق|תיעוד|مستندات|دستاورد|प्रलेखन|दस्तावेज़|เอกสาร|ドキュメント|文档|文檔|说明文档
문서
"""
_NAVIGATION: Final = """
index|contents|navigation|menu|table of contents|on this page|topics|pages|main menu|main navigation|sidebar|search
primary navigation|secondary navigation|site navigation|section navigation|page navigation|side navigation
docs navigation|documentation navigation|in this section|chapters
hauptmenü|menü|seiten|themen|suche|inhalt|inhaltsverzeichnis|hauptnavigation|auf dieser seite
menu principal|navigation principale|table des matières|sommaire|recherche|rechercher|pages du site|sur cette page
navegación|menú|menú principal|índice|contenido|contenidos|tabla de contenidos|buscar|búsqueda|páginas
en esta página
navegação|menu principal|conteúdo|sumário|pesquisar|pesquisa|busca|nesta página|indice|contenuti|sommario
navigazione|cerca
ricerca|pagine|navigatie|hoofdmenu|inhoud|inhoudsopgave|zoeken|pagina's|nawigacja|spis treści|szukaj|strony
menu główne
navigace|hlavní menu|obsah|hledat|hledání|vyhledávání|navigácia|vyhľadávanie|hľadať|navigering|huvudmeny|innehåll
sök|meny
hovedmenu|indhold|indholdsfortegnelse|søg|hovedmeny|innhold|søk|navigasjon|navigaatio|valikko|päävalikko|sisällys
haku
sisällysluettelo|navigáció|tartalom|tartalomjegyzék|keresés|navigare|cuprins|căutare|meniu|πλοήγηση|μενού
περιεχόμενα
πίνακας περιεχομένων|αναζήτηση|навигация|меню|главное меню|содержание|оглавление|поиск|страницы|разделы
на этой странице
навігація|зміст|пошук|головне меню|съдържание|търсене|gezinti|gezinme|içindekiler|menü|ana menü|ara|arama|bu sayfada
điều hướng|mục lục|nội dung|tìm kiếm|menu chính|navigasi|daftar isi|cari|pencarian|menu utama
التنقل|تصفح|القائمة|القائمة الرئيسية|المحتويات|جدول المحتويات|الفهرس|بحث|البحث|ניווט|תפריט|תוכן העניינים
תוכן עניינים|חיפוש
فهرست|فهرست مطالب|ناوبری|منو|منوی اصلی|جستجو|جست‌وجو|محتویات|नेविगेशन|मेनू|विषय सूची|विषय-सूची|खोज|खोजें
การนำทาง|เมนู|สารบัญ|ค้นหา|ナビゲーション|メニュー|目次|もくじ|コンテンツ|検索|メインメニュー|サイドバー
导航|導航|導覽|菜单|選單|目录|目錄|搜索|搜尋|搜寻|主菜单|主選單|탐색|내비게이션|네비게이션|메뉴|목차|차례|검색
"""


def _words_of(lines: str) -> frozenset[str]:
    return frozenset(lines.strip().replace("\n", "|").split("|"))


HOME_WORDS: Final[frozenset[str]] = _words_of(_HOME)
# Those, and what is a whole: labels that say nothing about the pages below them.
WORDS_OF_WHOLE: Final[frozenset[str]] = HOME_WORDS | _words_of(_DOCS) | _words_of(_NAVIGATION)
