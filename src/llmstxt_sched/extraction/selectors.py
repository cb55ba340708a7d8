"""All selectors and class names used to read a page, as data.

Most belong to documentation generators and popular themes.  Unless it is a pattern, a name must equal a whole class or
id of the page, in lower case, because a part of a name says too little.
"""

from __future__ import annotations

import re

# The page's <head>.

BASE = "base[href]"
CANONICAL = "link[rel~=canonical][href]"
# Excludes the <title> of an SVG image.
HEAD_TITLE = "head > title"
JSON_LD = 'script[type="application/ld+json"]'
METAS = "meta[content]"

# The main content.

# In order of precedence: what the page itself declares, the containers of documentation generators, HTML's own
# elements, and the names that most themes use.
MAIN = (
    "[itemprop=articleBody]",
    ".md-content__inner",
    ".vp-doc",
    ".theme-doc-markdown",
    ".sl-markdown-content",
    "article.bd-article",
    "#furo-main-content",
    ".theme-default-content",
    ".td-content",
    "article.doc",
    ".markdown-section",
    ".rm-Markdown",
    "#content-area",
    ".mw-parser-output",
    ".markdown-body",
    ".entry-content",
    ".post-content",
    ".article-content",
    ".article-body",
    ".page__content",
    ".main-content",
    "[role=main]",
    "main",
    "article",
    "div.body",
    "div.document",
    "div.contents",
    "#main-content",
    "#main",
    "#content",
    "#bodyContent",
    ".main",
    ".content",
    ".post",
    ".article",
    ".manual-text",
)
PARAGRAPHS = "p, pre, td, blockquote, dd, li, div.para"
DOCBOOK_TITLE = "div.titlepage"
HEADINGS = "h1, h2, h3, h4, h5, h6"

# Boilerplate.

NEVER_CONTENT = (
    "script, style, template, noscript, svg, canvas, iframe, object, embed, video, audio, dialog, map, "
    "button, select, textarea, input, link, meta, nav, rp, frameset, noframes, "
    "[role=navigation], [role=search], [role=contentinfo], [role=menu], [role=menubar], [role=dialog], "
    "[role=alertdialog], [role=toolbar], [role=tablist], [role=doc-toc], [aria-modal=true], "
    "a[rel~=prev], a[rel~=next]"
)
HIDDEN = "[hidden], [aria-hidden=true], [style*=display i]"
FURNITURE = "body > header, body > footer, body > div > header, footer, aside, [role=banner], form"
# Hidden tabs and collapsed sections are content, because the reader can open them.
OPENABLE = re.compile(r"\btab-?(?:panel|pane|content)\b|\btabs?__|accordion|collapse", re.IGNORECASE)
# Names that are often navigation and sometimes content; the share of links in the element decides.
SUSPECT_NAMES = re.compile(
    r"(?:^|[-_])(?:nav|menu|toc|toctree|contents|sidebar|side|breadcrumbs?|pager|pagination|footer|header|"
    r"tags?|topics|categories|meta|links|banner|widget|promo|related)(?:$|[-_])|sidebar|navigation",
    re.IGNORECASE,
)
COOKIE_NAMES = re.compile(r"^(?:cookie|gdpr|consent|onetrust|cybot)[-_]?\w*(?:banner|bar|notice|consent|popup|sdk)")
NOTE_NAMES = re.compile(r"admonition|callout|aside|note|tip|warning|caution|alert|hint|footnote|topic|sidebar|example")
CONTAINERS = frozenset(["div", "ul", "ol", "section", "table", "p"])
ROOTS = frozenset(["html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code"])
NOTE_ROLES = frozenset(["note", "doc-footnote"])
# Elements that may hold texts such as "edit this page".
SHORT_TEXTS = "a, small, summary"
# A table without header cells may serve for page layout.
LAYOUT_CELLS = "table:not(:has(th)) td"
CELL_CONTENT = "h1, h2, h3, p, pre"
# Sphinx's list of the pages below a page, whose links are content.
TOCTREE = "toctree-wrapper"
LIST_CONTENT = "h1, pre, dl"
HEADER_NAVIGATION = "nav, ul, [role=search]"

# Permalinks.
_PERMALINKS = """
    headerlink hash-link header-anchor heading-anchor anchorjs-link anchor-link sl-anchor-link direct-link
    permalink anchor-heading octicon-link subheading-anchor
"""
# Buttons, and labels that show the language of a code block.
_BUTTONS = """
    md-clipboard copybtn copy-btn copy-button copybutton clipboard-button clipboard btn-copy
    copy-code-button code-copy source-toolbox
"""
# Links for editing the page.
_EDITING = """
    edit-this-page theme-edit-this-page edit-link editlink edit-page-link md-content__button md-source-file
    md-feedback feedback page-feedback td-page-meta toolbar edit-page page-edit edit-on-github view-source
    viewcode-link viewcode-back mw-editsection
"""
# Breadcrumbs, links to neighbouring pages, menus, headers and footers.
_NAVIGATION = """
    breadcrumb breadcrumbs theme-doc-breadcrumbs wy-breadcrumbs md-path crumbs navpath prev-next-footer
    prev-next-area pagination-nav prev-next pagination-links pagination pager page-nav nav-chapters
    nav-wrapper rst-footer-buttons related-pages docnav navheader navfooter post-nav next-prev next-and-prev
    page-links post-navigation vpdocfooter vp-doc-footer md-footer pagenav sphinxsidebar wy-nav-side
    wy-nav-top md-sidebar md-header md-tabs vpsidebar vplocalnav vpnav theme-doc-sidebar-container
    theme-doc-toc-mobile theme-doc-toc-desktop theme-doc-footer theme-doc-version-badge
    theme-doc-version-banner table-of-contents toc-drawer table-of-contents__left-border bd-sidebar bd-toc
    bd-header mobile-header header-article sidebar-container sidebar-drawer mobile-sidebar toc-container
    toc-sidebar nav-container top-nav sub-nav bottom-nav topnav subnav bottomnav skipnav skip-nav skip-link
    skip-to-content sr-only visually-hidden screen-reader-text screen-reader-only md-skip vpskiplink
    site-header site-footer site-nav page-footer page-header-extra global-header global-footer navbar
    nav-bar topbar top-bar menubar main-nav main-navigation book-menu book-toc td-sidebar td-sidebar-toc
    td-toc footer-wrapper boring
"""
# Line numbers.
_LINE_NUMBERS = """
    linenos linenodiv linenumber linenumbers line-number line-numbers-rows line-numbers-wrapper
    gutter rouge-gutter hljs-ln-numbers hljs-ln-line-number blob-num lnt ln
    react-syntax-highlighter-line-number
"""
# What sites put around articles: sharing buttons, comments, advertisements, banners.
_AROUND = """
    share sharing social social-share share-buttons addtoany_share_save_container sharedaddy comments
    comment-list comment-form comment-respond disqus disqus_thread giscus utterances related related-posts
    related-articles related-content recommended recommendations newsletter newsletter-signup subscribe
    signup-form ad ads advert advertisement adsbygoogle ad-slot sponsor sponsored sponsors carbonads
    cookie-banner cookie-bar cookie-notice cookie-consent cookieconsent cc-window gdpr-banner consent-banner
    announcement announcement-bar bd-header-announcement promo promo-banner popup modal modal-dialog overlay
    toast vp-carbon-ads vpcarbonads view-count like-count likes-count post-views katex-html mathjax_preview
    mjx-assistive-mml mw-jump-link catlinks noprint navbox printfooter back-to-top backtotop to-top
    scroll-to-top
"""

NOT_CONTENT = frozenset(" ".join([_PERMALINKS, _BUTTONS, _EDITING, _NAVIGATION, _LINE_NUMBERS, _AROUND]).split())

# The site's navigation.

BREADCRUMBS = (
    "[class*=breadcrumb]",
    "[aria-label*=readcrumb]",
    "[itemtype*=BreadcrumbList]",
    ".wy-breadcrumbs",
    "div.related ul",
    ".crumbs",
)
LABEL_TAGS = frozenset(["h2", "h3", "h4", "h5", "h6", "p", "span", "summary", "button", "label", "a", "div", "strong"])
# The class of a heading in mdBook's list of chapters.
PART_TITLE = "part-title"
# The class of a label for screen readers only.
UNSEEN_LABEL = "visually-hidden"
# The class of Sphinx's links to the next page and the index, which are among its breadcrumbs.
RELATION = "right"
UP_LINK = "link[rel=up][title]"
DOCBOOK_UP_LINK = ".navheader a[accesskey=u][title]"
LINK_AWAY = "a[href]:not([href^='#'])"
# Labels that say nothing about the pages below them.
HOME_LABELS = frozenset(
    [
        "home",
        "start",
        "index",
        "docs",
        "documentation",
        "contents",
        "navigation",
        "menu",
        "table of contents",
        "on this page",
        "topics",
        "pages",
        "main menu",
        "main navigation",
        "sidebar",
        "search",
        "»",
        "/",
        ">",
        "\u203a",
    ]
)

# Prose and links.

PROSE = "p, div.para, dd, td, li, div"
# Classes of elements beside the text, whose content is not its beginning.
ASIDE_NAMES = re.compile(
    r"note|tip|warning|caution|important|admonition|callout|sidebar|topic|alert|aside|title|caption|toc"
)
BLOCKS = "pre, table, ul, ol, dl, p, div, h1, h2, h3, h4, section, article"
LINKS = "a[href], area[href], frame[src]"
# VitePress's label for the language of a code block.
CODE_LABELS = "[class*=language-] > span.lang"
LONE_PARAGRAPHS = "li > p:only-child, li > div.para:only-child"
HIDDEN_EMAIL = "[data-cfemail]"
# The signatures of Sphinx and Doxygen, which are formatted as text or tables.
SIGNATURES = "dt.sig, div.memproto"

# Code blocks.

CODE_BLOCKS = "pre, listing, xmp, .fragment"
CODE_TABLES = "table.highlighttable, table.rouge-table, table.lntable, .highlight table, .hljs-ln, .sourceCode table"
LINE_NUMBERS = (
    "button, style, script, .lineno, .linenos, .linenodiv, .lnt, .ln, .gutter, .rouge-gutter, .linenumber, "
    ".line-numbers-rows, .hljs-ln-numbers, .blob-num, .boring, .copy, .copybtn, .headerlink, [data-copy]"
)
# Classes of highlighters that name the language in another class of the same element.
HIGHLIGHTERS = frozenset(["hljs", "sourcecode", "highlight", "src", "prettyprint", "code", "programlisting", "rust"])
FRAGMENT, FRAGMENT_LINE = "fragment", ".line"
# Elements that hold one line of code each.
CODE_LINES = (".ec-line", "td.hljs-ln-code", "td.blob-code", "div.line", "div.view-line")
LANGUAGE_ATTRIBUTES = ("data-lang", "data-language")
LANGUAGE_CLASS = re.compile(
    r"(?:language|lang|highlight-source|highlight|brush|src|sourceCode)[-_:]\s*([\w+#.-]{1,30})"
)
LANGUAGE = re.compile(r"[A-Za-z0-9][\w+#.-]{0,29}")
NO_LANGUAGE = frozenset(
    "none default undefined unknown null auto nohighlight no-highlight code plain wrapper".split()  # noqa: SIM905
)
_LANGUAGE_NAMES = """
    bash c cpp csharp css diff dockerfile elixir erlang go graphql haskell html http ini java javascript js
    json json5 jsonc jsx kotlin latex lisp lua makefile markdown nginx nix objectivec ocaml perl php
    plaintext powershell properties proto protobuf pycon python python3 r rst ruby rust scala scheme sh
    shell sql swift text toml ts tsx typescript vue xml yaml yml zig zsh console
"""
LANGUAGES = frozenset(_LANGUAGE_NAMES.split())
