"""All selectors and class names used to read a page, as data.

Most belong to documentation generators and popular themes.  Unless it is a pattern, a name must equal a whole class or
id of the page, in lower case, because a part of a name says too little.
"""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.documents.selection.home_words import WORDS_OF_WHOLE
from llmstxt_sched.extraction.content.tools import tool_words

# The main content.

# The containers of generators that write documentation, and of wikis.
OF_DOCUMENTATION: Final = (
    ".md-content__inner",
    ".VPHome",
    ".vp-doc",
    ".theme-doc-markdown",
    ".sl-markdown-content",
    "article.bd-article",
    "#furo-main-content",
    ".theme-default-content",
    ".td-content",
    "article.doc",
    ".markdown-section",
    ".rm-Article",
    ".rm-Markdown",
    ".col-content",
    "#content-area",
    ".mw-parser-output",
    "#mw-content-text",
    ".book-article",
    ".nextra-content",
    ".gdoc-markdown",
    "#quarto-document-content",
    "#_content",
    "#TopicContent",
    "#apicontent",
    "div.wikipage",
    "div.wiki-page",
    "div.api-content",
    ".patternTopic",
)
# Those of the themes of blogs and news.
_OF_BLOGS: Final = (".entry-content", ".post-content", ".article-content", ".article-body")
OF_ARTICLES: Final = ("[itemprop=articleBody]", *_OF_BLOGS, ".post")
# The class of the theme of Read the Docs around what it calls the body of an article.
READ_THE_DOCS: Final = "rst-content"
# What sites of news and blogs call the parts of their pages, and MediaWiki, with its prefix, its headings.
NEWS_NAMES: Final = re.compile(
    r"(?<![a-z])(?<!mw-)(?<!bi-)(?<!fa-)(?<!icon-)(?:byline|headline|news|share|sharing|shariff|teasers?)(?![a-z])",
    re.IGNORECASE,
)
# What themes of documentation call so as well: what opens a menu, a button, a picture.
CONTROL_NAMES: Final = re.compile(r"icon|toggle|dropdown|button|btn", re.IGNORECASE)
# In order of precedence: what the page itself declares, the containers of documentation generators, HTML's own
# elements, and the names that most themes use.
MAIN: Final = (
    "[itemprop=articleBody]",
    *OF_DOCUMENTATION,
    "#contentBox",
    ".project-description",
    ".markdown-body",
    *_OF_BLOGS,
    ".page__content",
    ".main-content",
    "[role=main]",
    "main",
    "article",
    "div.body",
    "div.document",
    "div.contents",
    ".contentContainer",
    "#spec-container",
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
# The ids of what is directly around those of these that mean something else elsewhere: in Maven's reports, on PyPI.
MAIN_HOLDERS: Final = {"#contentBox": "bodyColumn", ".project-description": "description"}
# Of these, what may be around more than the content.
CONTAINERS_OF_THEMES: Final = frozenset(["div.document"])
# The id of the site's navigation that LDoc puts into its container.
LDOC_NAVIGATION: Final = "navigation"
# The attribute of what Bikeshed fills in, also before and behind the <main> of a specification, and one such part.
FILLED_BY_BIKESHED, ABSTRACT = "data-fill-with", "abstract"
# The parts of MAIN that an element is looked up by, and the attributes that they are in.
MAIN_KEYS: Final = frozenset(MAIN)
MAIN_ATTRIBUTES: Final = ("class", "id", "role", "itemprop")
MAIN_TAGS: Final = frozenset(["main", "article"])
# What says that it is the main content: with a title of the page it may be nothing but links.
LANDMARKS: Final = frozenset(["main", "[role=main]"])
PARAGRAPHS: Final = frozenset(["p", "pre", "td", "blockquote", "dd", "li"])
# Parts of something larger, none of which is ever the main content.
PARTS: Final = frozenset("table thead tbody tfoot tr ul ol menu li dl dt dd p pre".split())  # noqa: SIM905
# What gives a few words their looks, and goes on through blocks until it is closed (HTML, section 13.2.4.3).
FORMATTING: Final = frozenset(
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
# The class of DocBook's title page, and the elements that it may stand in; the ids of those that hold the page on the
# sites of PostgreSQL and MySQL.
DOCBOOK_TITLE, DIVISIONS = "titlepage", frozenset(["div", "section", "article"])
# What may be around a section's heading, and it alone.
HEADED: Final = DIVISIONS | {"header", "hgroup"}
DOCBOOK_HOLDERS: Final = frozenset(["docContent", "docs-body"])
# The class of what holds the name of a page of its references, and what that does.
NAME_OF_DOCBOOK: Final = "refnamediv"
# The classes of AsciiDoc's pages, and the ids of the parts of one.
ASCIIDOC_KINDS, ASCIIDOC_PARTS = frozenset(["manpage", "article", "book"]), frozenset(["header", "content"])
# The class of the body of odoc's pages, all of which is content but for the menus in it.
ODOC: Final = "odoc"
DOXYGEN_HEAD, DOXYGEN_CONTENTS = "headertitle", "div.contents"
# By class, titles of Doxygen and Haddock that are no level-1 heading, and the class or id of what they are in.
GENERATOR_TITLES: Final = {"title": f".{DOXYGEN_HEAD}", "caption": "#module-header"}
# The class of phpDocumentor's, above which a level-1 heading has the name of the site.
PHPDOCUMENTOR_TITLE: Final = "phpdocumentor-content__title"
# The same of Javadoc, before version 13.
JAVADOC_TITLE, JAVADOC_HEAD = "title", "header"
# Before version 7 a cell of its menu is called so.
NAVBAR_CELL: Final = "navbarcell1"
# By the class of what they stand in, that of labels such as "static" (Doxygen, dartdoc), and of what is said of a link
# (Starlight): boxes of their own.
LABELS: Final = {"mlabels": "mlabel", "features": "feature", "stack": "description"}
# The classes of a line below the words of a heading, in it.
SUBTITLES: Final = frozenset(["subtitle", "sub-title", "subheading", "sub-heading"])
# The classes of a word that a style sets apart as a mark, such as the kind of a change.
BADGES: Final = re.compile(r"(?=[a-z]+(?:-[a-z]+)*\Z)(?:[a-z]+-)*?(?:badge|chip|label|lozenge|pill|tag)(?:-.*)?")
# The classes of what Codox says of a function, as it stands in the source, and of what is around that.
SAID_BY_CODOX, AROUND_SAID = "plaintext", "doc"
# Of what it lists, the class by that of what holds it: namespaces, and the functions of one.
LISTS_OF_CODOX: Final = {"namespace-index": "namespace", "namespace-docs": "public"}
# The classes of the title of an option of a module of Ansible's, and of the place to which a link leads to it.
OPTION_OF_ANSIBLE, PLACE_OF_OPTION = "ansible-option-title", "ansibleoptionanchor"
# The class of the line that includes what a page is about, in the title of one of m.css, and of where a method stands
# in the source, in Sami's.
INCLUDED, PLACE_IN_SOURCE = "m-doc-include", "location"
# The class of a word such as "opt" behind the name of a parameter, in JSDoc's headings.
OF_PARAMETER: Final = "signature-attributes"
# In the class of what holds nothing but links that are boxes.
CARDS: Final = re.compile(r"(?:^|[\s_-])(?:cards|buttons|actions)(?:$|[\s_-])", re.IGNORECASE)
# The classes of the lines of the title of a home page of VitePress, and of that title.
LINES_OF_HOME, TITLE_OF_HOME = frozenset(["name", "text"]), "heading"
# The class of the title of a home page of Rspress, which is no heading.
TITLE_OF_RSPRESS: Final = "rp-home-hero__title"
# The classes of lists that lay out a page of Javadoc, and of those of which each item has one too, before version 13.
LAYOUT_LISTS: Final = frozenset(["details-list", "member-list", "summary-list"])
# The class of YUIDoc's of the parameters of a function, which a style sets on a line.
PARAMETERS_OF_YUIDOC: Final = "args-list"
# The classes of the list that lays out a page of Docco, and of what it says of the code below it, in each item.
SECTIONS_OF_DOCCO, ANNOTATION = "sections", "annotation"
LAYOUT_ITEMS: Final = frozenset(["blocklist", "blocklistlast"])
# The class of the code of an example that can be run on pkg.go.dev.
RUNNABLE: Final = "documentation-examplecode"
# The class of the method before the path of an operation, which is in a button of Redoc's, and what a response's
# begins with.
HTTP_METHOD, STATUS = "http-verb", re.compile(r"[1-5](?:\d\d|XX)|default", re.IGNORECASE)
# The class of Redoc's samples of JSON, whose lines are items of lists.
JSON_OF_REDOC: Final = "redoc-json"
# The class of a block of code in Writerside, which is no <pre>, and its attribute for the language.
CODE_OF_WRITERSIDE, ITS_LANGUAGE = "code-block", "data-lang"
# AWS' elements for tabs, which are hidden until a script has run, and for sections that can be opened, with a title.
LATE_TABS, EXPANDABLE = frozenset(["awsdocs-tabs"]), "awsui-expandable-section"
# The classes of the labels of what YARD and odoc say of a method in a list, most of which may be links.
TAG_LABELS: Final = frozenset(["tag_title", "at-tag"])
# The id of YARD's way to the page, which ends with the class of a title.
TRAIL_OF_YARD, END_OF_TRAIL = "menu", "title"
# The classes of DITA's links to the topics below a topic.
RELATED, CHILD_LINKS = "related-links", frozenset(["ulchildlink", "olchildlink"])
# The class of what a topic holds below its title, and those of the topics in a topic.
BODY_OF_TOPIC: Final = "body"
INNER_TOPICS: Final = frozenset(f"nested{depth}" for depth in range(1, 10))
# By class, as docutils writes them, or the value of the style without its hyphen, the type of a list that is not
# numbered with digits.
LETTERED_LISTS: Final = {
    **dict.fromkeys(["loweralpha", "lowerlatin"], "a"),
    **dict.fromkeys(["upperalpha", "upperlatin"], "A"),
    "lowerroman": "i",
    "upperroman": "I",
}
LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:[^;]{0,100}?\b((?:lower|upper)-(?:alpha|latin|roman))\b")
FOOTNOTES: Final = frozenset(["footnote", "footnotes", "footnotes-segment"])
# What a footer of notes or sources is called, the roles of one, and the headings and first words that say so.
NOTES_OF_FOOTERS: Final = frozenset(["notes", "endnotes", "references", "sources", "citations", "bibliography"])
FOOTNOTE_ROLES: Final = frozenset(["doc-endnotes", "doc-footnote", "doc-bibliography"])
NOTES_HEADING: Final = re.compile(
    rf"(?:foot-?|end-?)?notes?(?: and references)?|references|sources|citations|bibliography|{tool_words.SOURCES}",
    re.IGNORECASE,
)
NOTE_TEXT: Final = re.compile(
    r"(?:\(?\d{1,3}[.)]|\[(?:\d{1,3}|[a-z*])\]|[*\u2020\u2021\u00b9\u00b2\u00b3]) ?\w|"
    r"(?:(?:foot-?|end-?)?notes?|sources?|references?): ",
    re.IGNORECASE,
)
# What a page's foot says, and no footer of a part.
FOOT_TEXT: Final = re.compile(
    r"\u00a9|\(c\) ?\d{4}|copyright|all rights reserved|(?:powered|generated) by|(?:built|made) with|"
    r"last (?:updated|modified|edited)",
    re.IGNORECASE,
)
# The ids of single ones.
FOOTNOTE_IDS: Final = re.compile(r"(?:user-content-)?(?:fn|foot-?note|end-?note)[-_:.]?\d+")
HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# Pieces of a text, which may have an id such as "content" of their heading's words, and no element as large as a page.
_INLINE: Final = frozenset("a abbr b button code em i img kbd label q s small span strong".split())  # noqa: SIM905
NEVER_MAIN: Final = PARTS - {"table"} | HEADINGS | _INLINE
# What a text consists of, and those of MAIN that may name a piece of it as well.
PARTS_OF_TEXT: Final = HEADINGS | frozenset(["blockquote", "dl", "figure", "ol", "p", "pre", "table", "ul"])
OF_ANYTHING: Final = frozenset([".markdown-body", ".main-content", "article", *MAIN[MAIN.index("div.body") :]])

CLASSES_OF_ANYTHING: Final = frozenset([".main", ".content", ".post", ".article"])

# Elements that are laid out as blocks (HTML standard, section 15.3).
_BLOCKS: Final = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p
    plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
"""
BLOCKS: Final = frozenset(_BLOCKS.split())
# Elements whose text no reader sees.
UNREAD: Final = frozenset("head script style template x-template noscript svg title iframe noframes".split())  # noqa: SIM905
# Elements without any text of their own, which may stand between others.
NO_TEXT: Final = frozenset("input script style template link meta br wbr hr".split())  # noqa: SIM905

# Boilerplate.

_SCRIPTS: Final = (
    "script style template x-template canvas object embed noembed video audio map link meta frameset noframes"
)
_TOOLS: Final = "button select textarea dialog datalist devsite-content-footer amp-ad amp-consent amp-sidebar"
# By tag, the kind of elements that are never content.
NEVER_CONTENT: Final = {
    **dict.fromkeys(_SCRIPTS.split(), "script or medium"),
    **dict.fromkeys(_TOOLS.split(), "page tool"),
    "head": "script or medium",
    "iframe": "frame",
    "nav": "navigation",
    "noscript": "noscript",
    "svg": "picture",
}
# What begins a part of the text that only its role tells.
MARKED_ROLES: Final = frozenset(["img", "checkbox", "radio", "switch", "math", "table", "grid", "treegrid"])
_ROLES: Final = """
    navigation search contentinfo menu menubar dialog alertdialog toolbar tablist doc-toc doc-pageheader doc-pagefooter
"""
NEVER_CONTENT_ROLES: Final = frozenset(_ROLES.split())
# Of these, what may hold all that its tabs show; the roles of a tab and of a part of that; and elements of tabs.
TAB_LIST, TAB, TAB_PANEL = "tablist", "tab", "tabpanel"
TAB_TAGS: Final = frozenset(["a", "button", "label", "li"])
# What may be unseen by its tag, and the attributes that may say so.
UNSEEN_BY_TAG: Final = frozenset([*NEVER_CONTENT, "header", "h1"])
TELLING: Final = frozenset(["role", "hidden", "popover", "aria-hidden", "aria-modal", "style", "rel"])
# Relations of links to the pages before and after.
SEQUENCE: Final = frozenset(["prev", "next"])
# Those, and the relations of links to the page above, the contents and the index.
AROUND: Final = SEQUENCE | {"previous", "up", "contents", "index", "start"}
TEX_TYPE: Final = "math/tex"
# Elements whose label a button may be.
LABELLED_BY_BUTTON: Final = HEADINGS | {"summary", "dt", "th", "legend"}
# Elements that may be around or beside the picture in a <noscript>.
AROUND_PICTURES: Final = frozenset(["a", "div", "figcaption", "figure", "img", "p", "picture", "source", "span"])
ENABLE_SCRIPTS: Final = re.compile(
    r"\b(?:enable|requires?|needs?|turn on|activate|without) (?:\w+ ){0,4}?javascript|"
    r"javascript (?:\w+ ){0,3}?(?:enabled|required|disabled)|"
    # In a line of any other language, nothing else is said of it there.
    r"\A(?=.*javascript).{1,150}\Z",
    re.IGNORECASE,
)
# The id of what Robot Framework's libraries show until a script takes it away, as a <noscript> does.
WITHOUT_SCRIPTS: Final = "javascript-disabled"
# Hidden tabs and collapsed sections are content, because the reader can open them.
OPENABLE: Final = re.compile(
    r"\btab-?(?:panel|pane|content)\b|\btabs?__|accordion|collapse|collapsible|spoiler|"
    r"(?<![-_\w])tab-(?:bash|c|cpp|cs|csharp|css|curl|go|html|http|java|javascript|js|json|kotlin|node|objc|perl|php|"
    r"python|py|r|ruby|rust|sh|shell|sql|swift|ts|typescript|xml|yaml)(?![-_\w])|"
    r"\b(?:faq|toggle|expand(?:er|able)?|disclosure)s?(?:[-_]+[a-z]+){0,2}[-_]+(?:answer|body|content|inner|panel|text)\b|"
    r"(?:\b|_)answers?(?![-_\w])|(?<![-_\w])(?:read-?more|more-?(?:text|content))(?![-_\w])",
    re.IGNORECASE,
)
# What schema.org calls the answer to a question that the page asks itself.
ANSWERS: Final = frozenset(["acceptedAnswer", "suggestedAnswer"])
# What a button says that unfolds something, whatever it is.
UNFOLDS: Final = re.compile(
    r"(?:(?:show|view|read|see|load) )?(?:more|less|all|details)(?: details)?|expand(?: all)?|toggle|open|unfold|"
    rf"(?:show|view|see|hide|expand|toggle)(?: the)? (?:source(?: code)?|code)|{tool_words.UNFOLDING}",
    re.IGNORECASE,
)
# What a button says that unfolds a tool of the site, and what only such a tool holds.
WIDGETS: Final = re.compile(
    r"share(?: this(?: page)?)?|filters?(?: by)?|(?:give |send |leave )?feedback|"
    r"(?:select )?(?:language|theme|version)s?|v(?:ersion:? ?)?\d[\w.+-]*|menu|search|(?:on|in) this page|"
    rf"(?:table of )?contents|{tool_words.SITE_TOOLS}|{tool_words.CONTENTS}",
    re.IGNORECASE,
)
OF_WIDGETS: Final = frozenset(["form", "input", "nav", "select", "textarea"])
# What none of those holds, and a version's changes do.
OF_TEXTS: Final = frozenset(["pre", "table", "li"])
# What generators call tabs and their panels before a script has given them roles.
TABS: Final = re.compile(
    r"(?:[a-z]+-)?tab|[a-z]+-tabs__(?:tab|label__item)|(?:[a-z]+-)?tab-?(?:links?|buttons?|btn)|tab-nav-button|"
    r"[a-z-]+__nav-tab"
)
TAB_PANELS: Final = re.compile(
    r"(?:[a-z]+-)?tab-?(?:panel|pane|content|item)|(?:[a-z]+-)?tabs__content(?:__item)?|theme-code-block"
)
# What Bootstrap calls tabs in its attributes, the elements of a site's own that hold a tab's panel, and the attributes
# that name the tab where scripts have yet to draw it.
TAB_TOGGLES: Final = frozenset(["tab", "pill"])
TAB_ELEMENTS: Final = re.compile(r"(?:[a-z]+-)*tab(?:-(?:item|panel|pane|content))?")
# Elements of libraries of web components: panels, what names them, and the tabs that are panels where others name them.
PANELS_OF_COMPONENTS: Final = re.compile(r"(?:[a-z\d]+-)+tab-?(?:panel|pane)")
TITLES_OF_COMPONENTS: Final = re.compile(r"(?:[a-z\d]+-)+tab-?(?:title|label|header)")
TABS_OF_COMPONENTS: Final = re.compile(r"(?:[a-z\d]+-)+tab")
# What can be unfolded, and the attributes that say what it is called.
FOLDED_COMPONENTS: Final = re.compile(r"(?:[a-z\d]+-)+(?:details|expander|accordion-(?:item|panel)|collapse)")
NAMES_OF_FOLDED: Final = ("summary", "heading", "header", "header-text", "label")
# The attributes by which such a tab and its panel find each other.
PANEL_OF_TAB, NAMES_OF_PANEL = ("panel", "tab", "for"), ("name", "tab", "id")
TAB_DATA: Final = ("data-label", "data-title", "data-tab-title")
TAB_NAMES: Final = (*TAB_DATA, "label", "title", "aria-label")
# The attribute in which many a tab and its panel have the same key, and those that lead from a button to its panel.
TAB_KEY, TARGETS = "data-tab", ("data-bs-target", "data-target")
# Dokka's, of a list of tabs, of each of these, and of its panel behind the list.
TOGGLE_LIST, TOGGLE, TOGGLABLE = "data-toggle-list", "data-toggle", "data-togglable"
# What may say that a button unfolds something, in Bootstrap's attributes by this value.
TOGGLES_OF_BOOTSTRAP, COLLAPSE = ("data-toggle", "data-bs-toggle"), "collapse"
UNFOLDING: Final = ("aria-expanded", "aria-controls", *TOGGLES_OF_BOOTSTRAP, *TARGETS)
# What W3Schools calls a button that unfolds the next element, as many copy it, and others write it; one that asks a
# question, or goes to the next, unfolds nothing.
ACCORDIONS: Final = re.compile(
    r"(?!(?:add|ask|new|next|post|prev(?:ious)?|submit)[-_])(?:[a-z]+[-_]+)*"
    r"(?:accordion|collapsible|disclosure|expander|faq|spoiler|question)"
    r"(?:[-_]+(?:btn|button|head|header|heading|item|link|title|toggle|trigger))*"
)
# In the classes of a link to nowhere that opens the text behind it.
OPENS_TEXT: Final = re.compile(r"drop-?down|drop(?:spot|hotspot)|expand|collaps|toggle", re.IGNORECASE)
# The attributes of a button that a script listens to, Alpine's and Vue's among them, and those and the classes of what
# it then shows.
LISTENING: Final = ("onclick", "@click", "x-on:click", "v-on:click", "ng-click")
SHOWN_BY_SCRIPT: Final = frozenset(["x-show", "x-collapse", "v-show", "ng-show"])
FOLDED: Final = frozenset(["hidden", "hide", "d-none"])
# What is called a sign that something can be unfolded.
FOLDING_SIGNS: Final = re.compile(
    r"(?:[a-z]+[-_]+)*(?:toggle|icon|arrow|chevron|caret|plus|expand(?:er)?)(?:[-_]+icon)?"
)
# What a link has that opens a menu, in its attributes or its classes.
OPENING, OPENERS = (*UNFOLDING, "aria-haspopup"), frozenset(["dropdown-toggle", "nav-toggle", "menu-toggle"])
# In the classes of what follows the labels of radio buttons and is shown by them.
OF_PANELS: Final = re.compile(r"tab|panel|pane|content")
# ReadMe's class of the buttons over its code, and what is around the tabs of jQuery UI.
TAB_BAR, AROUND_TABS = "codetabs-toolbar", re.compile(r"(?:[a-z]+-)*tabs(?:-?\d+)?")
# What has no bar of links, but what a table, a text or a heading says.
NO_BARS: Final = HEADINGS | frozenset(["td", "th", "li", "dt", "dd", "pre", "code", "nav"])
# What themes call a header that only small screens show.
HIDDEN_NAMES: Final = frozenset(["hidden", "d-none", "is-hidden"])
# What with it Bootstrap and Tailwind show again in a window of some width, in print, and in another state.
SHOWN_IN_WIDTH: Final = re.compile(r"d-(?:sm|md|lg|xl|xxl)-(?!none)|(?:sm|md|lg|xl|2xl):(?!hidden)")
_DISPLAYED: Final = r"!?(?:block|flex|grid|contents|flow-root|list-item|(?:inline|table)(?:-[a-z]+)*)"
SHOWN_IN_PRINT: Final = re.compile(rf"(?:print:|d-print-){_DISPLAYED}")
SHOWN_IN_STATE: Final = re.compile(rf"(?!print:)\S+:{_DISPLAYED}")
# Names that are often navigation and sometimes content; the share of links in the element decides.
SUSPECT_NAMES: Final = re.compile(
    r"(?:^|[-_])(?:nav|menu|toc|toctree|contents|sidebar|side|breadcrumbs?|pager|pagination|footer|header|"
    r"tags?|topics|categories|meta|links|banner|widget|promo|related)(?:$|[-_])|sidebar|navigation|"
    r"print[:-](?:nx-)?(?:hidden|none)$",
    re.IGNORECASE,
)
# For ids, in which a heading's words may stand, fewer names are suspect.
SUSPECT_IDS: Final = re.compile(
    r"(?:^|[-_])(?:nav|menu|toc|toctree|sidebar|breadcrumbs?|pager|pagination|footer|header)(?:$|[-_])|sidebar|"
    r"navigation|^(?:contents|side|tags?|topics|categories|meta|links|banner|widget|promo|related)$",
    re.IGNORECASE,
)
# Ids that themes give to the site's menu.
MENU_IDS: Final = re.compile(r"(?:(?:left|main|right|side|site)[-_])?(?:menu|nav(?:igation)?|sidebar)")
# The id of Docco's list of all sources, which a function may be called as well.
LIST_OF_DOCCO: Final = "jump_to"
# What stands before the contents of a page.
LABELS_OF_CONTENTS: Final = re.compile(
    r"(?:(?:page|(?:short )?table of) )?contents:?|table of content:?|toc|"
    r"(?:what['\u2019]?s )?(?:on|in) this (?:page|article|posts?|section|guide|document|chapter)[:?]?|"
    r"inhalt(?:sverzeichnis)?|sommaire|table des mati\u00e8res|(?:tabla de )?contenidos?|[\u00edi]ndice|sum\u00e1rio|"
    r"\u76ee[\u6b21\u5f55\u9304]|\ubaa9\ucc28|\u0441\u043e\u0434\u0435\u0440\u0436\u0430\u043d\u0438\u0435|"
    r"\u043e\u0433\u043b\u0430\u0432\u043b\u0435\u043d\u0438\u0435",
    re.IGNORECASE,
)
# TypeDoc's lists of members.
MEMBER_INDEXES: Final = frozenset(["tsd-index-group", "tsd-index-panel"])
# Attributes that say that links lead to what is above the page.
CRUMB_ATTRIBUTES: Final = ("aria-label", "itemtype", "typeof")
CRUMBS: Final = re.compile(
    r"^bread-?crumbs?$|/breadcrumblist$|^breadcrumblist$|^fil d.ariane$|^(?:ruta|migas) de (?:navegaci\u00f3n|pan)$|"
    r"^brotkr\u00fcmel|^kruimelpad|\u30d1\u30f3\u304f\u305a|\u9762\u5305\u5c51",
    re.IGNORECASE,
)
# What stands before links that lead to the page.
YOU_ARE_HERE: Final = re.compile(
    r"(?:you are here|sie sind hier|vous \u00eates ici|est\u00e1s aqu\u00ed|voc\u00ea est\u00e1 aqui|"
    r"(?:sei|ti trovi) qui|(?:u|je) bent hier|jeste\u015b tutaj|вы (?:здесь|находитесь здесь)|ви тут|"
    r"(?:(?:您|你)?(?:当前|现在|目前|所在)?的?位置)|當前位置|您的位置|現在地|現在位置|현재 ?위치) ?[:\uff1a]?",
    re.IGNORECASE,
)
# What only its name for screen readers says to be a column beside the text.
SIDEBARS: Final = re.compile(r"(?:(?:left|main|package|primary|right|secondary|site) )?side ?bar", re.IGNORECASE)
# What a page has, and no window over it.
MARKS_OF_PAGES: Final = frozenset(["main", "article", "h1"])
# Banners that ask for consent, as sites and the usual services for it name them.
COOKIE_NAMES: Final = re.compile(
    r"(?:js-)?(?:cookies?|gdpr|consent|onetrust|cybot)[-_]?(?:(?:cookie(?:s|bot)?|consent|info|law|policy)[-_]?){0,3}"
    r"(?:banner|bar|notice|consent|popup|sdk|dialog)|"
    r"(?:cc|cky|md|fc|usercentrics|didomi|truste|osano)[-_](?:cm[-_])?(?:banner|consent|root|host|overlay|window)"
)
# Places for advertisements, as sites, Google's tags and Read the Docs name them.
AD_NAMES: Final = re.compile(
    r"ads?[-_](?:container|wrapper|wrap|box|unit|slot|banner|block|leaderboard|placement|zone|space)|"
    r"(?:google|banner|sidebar|inline)[-_]ads?$|(?:div-)?gpt-ad|advertisement[-_]|sponsored[-_](?:content|post|ad)|"
    r"ethical-(?:alabaster|rtd|sidebar|fixedfooter|footer|dark-theme)|ea-(?:content|placement)$"
)
# Windows of the usual services for chats and for what readers think, as these name them.
CHAT_NAMES: Final = re.compile(
    r"intercom-(?:container|frame|launcher|lightweight|messenger|namespace)|crisp-(?:client|chatbox)|"
    r"drift-(?:widget|frame)|hubspot-(?:messages|conversations)-|tawk(?:chat)?-|(?:kapa|chat)-widget-container|"
    r"inkeep-(?:chat|widget|portal)|userback-(?:button|container)|usersnap-|gitter-(?:open-)?chat|olark-(?:box|launch)|"
    r"zsiq_|fc_frame|fb-customerchat|purechat-|_?hj[-_]feedback|livechat-(?:widget|container)"
)
NOTE_NAMES: Final = re.compile(
    r"onebox|admonition|callout|aside|note|tip|warning|caution|alert|hint|footnote|topic|sidebar|example"
)
# What is called so may be the site's menu as well, which has no title with docutils' class.
SIDEBAR, SIDEBAR_TITLE = "sidebar", "sidebar-title"
# The boxes of notes, which begin with a label.
NOTE_BOXES: Final = re.compile(
    r"(?:^|[\s_-])(?:admonition|callout|notices?|note|info|tip|hint|important|warning|caution|danger|alert)(?![a-z])",
    re.IGNORECASE,
)
CONTAINERS: Final = frozenset(["div", "ul", "ol", "section", "table", "p"])
ROOTS: Final = frozenset(["html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code"])
NOTE_ROLES: Final = frozenset(["note", "doc-footnote"])
# What is the foot of the page where it is the last of it.
FOOT_NAMES: Final = frozenset(["footer", "copyright", "site-info", "colophon"])
# The classes of what a service that shows a page without its furniture leaves out, and of the label above a title in a
# theme of Hugo's, which is called so but for a letter; and of the name of a section above a title, in Mintlify's.
LABELS_OF_SECTIONS: Final = frozenset(["eyebrow"])
UNREAD_LABELS: Final = LABELS_OF_SECTIONS | {"instapaper_ignore", "instapaper_ignoref"}
# Elements that have a footer of their own (HTML standard, section 4.3.8).
HAVE_FOOTERS: Final = frozenset(
    ["blockquote", "figure", "section", "article", "main", "body", "aside", "details", "dd", "li", "td", "th"]
)
# Those of them that are never around most of the page.
SMALL_PARTS: Final = frozenset(["aside", "details", "dd", "li", "td", "th"])
# Elements that may hold texts such as "edit this page".
SHORT_TEXTS: Final = frozenset(["a", "small", "summary", "button", "clipboard-copy"])
# In the classes of what copies the code beside it, whatever element that is.
COPY_NAMES: Final = re.compile(r"(?:^|[-_])copy(?:$|[-_])")
# The classes of what counts the readers and what they think, and where a number of that class is one of the text.
COUNTER_NAMES: Final = re.compile(
    r"(?:[a-z]+[-_]+)*(?:page-?views?|views?|likes?|(?:up-?)?votes?|claps?|reactions?|shares?|hits|visits)"
    r"(?:[-_]+(?:count(?:er)?|num(?:ber)?|total))?"
)
HAVE_COUNTS: Final = HEADINGS | {"td", "th", "dt", "dd", "li", "pre", "code"}
# Elements around the content, as a rule.
FURNITURE: Final = frozenset(["aside", "footer", "form", "header"])
NAMING: Final = frozenset(["class", "id", "role"])
JUDGED_BY_TAG: Final = SHORT_TEXTS | FURNITURE
HEADINGS_OF_CELLS: Final = frozenset(["h1", "h2", "h3"])
CELL_CONTENT: Final = HEADINGS_OF_CELLS | {"p", "pre"}
# Sphinx's list of the pages below a page, whose links are content.
TOCTREE: Final = "toctree-wrapper"
LIST_CONTENT: Final = frozenset(["h1", "pre", "dl", "th"])

# Permalinks.
_PERMALINKS: Final = """
    headerlink hash-link header-anchor heading-anchor anchorjs-link anchor-link sl-anchor-link direct-link
    permalink anchor-heading octicon-link subheading-anchor anchor-section
"""
# Buttons, and labels that show the language of a code block.
_BUTTONS: Final = """
    md-clipboard copybtn copy-btn copy-button copybutton clipboard-button clipboard btn-copy
    summary_toggle inheritancetree copy-popup-wrapper copy-code-button code-copy source-toolbox
    view-source-button settings-menu test-arrow dynheader
"""
# Links for editing the page.
_EDITING: Final = """
    edit-this-page theme-edit-this-page edit-link editlink edit-page-link md-content__button md-source-file
    md-feedback feedback page-feedback td-page-meta toolbar edit-page page-edit edit-on-github view-source
    viewcode-link viewcode-back mw-editsection ingroups srclink selflink method-click-advice tag-source foundat
    mw-cite-backlink header-action collapse-source idlheader trac-modifiedby wiki-update-info other-formats wikicmds
    fsdocs-source-link
"""
# What asks how the reader likes the page, and says who changed it last: Docsy's, Zendesk's, Freshdesk's, ReadMe's,
# Mintlify's, XWiki's, AWS' and Daux'; and the files of Sphinx-Gallery's examples and what says that it made them.
_FEET: Final = """
    feedback--title feedback--question feedback--response feedback--answer td-page-meta__lastmod article-votes
    vote-feedback-container modifieddate
    pagethumbs pagethumbs-helpful rm-pagethumbs suggestedits feedback-toolbar
    xdoctags xdoccreation xdoclastmodification doc-conventions devsite-github-link
    sphx-glr-footer sphx-glr-signature sphx-glr-download-link-note
"""
# What Doctum, and Sami before it, writes where nothing is said.
SAYS_NOTHING, PARAGRAPHS_OF_DOCTUM = "no-description", frozenset(["p", "em", "i", "span", "div", "td"])
# The class of JSDoc's of where in a source something stands, and what has it.
SOURCE_OF_JSDOC, TERMS_OF_JSDOC = "tag-source", frozenset(["dt", "dd", "li"])
# What a script shows when it is asked for, such as the source of a method, or when the pointer is over a name.
_ON_DEMAND: Final = """
    method-source-code ttc notable-traits icona iconfopen iconfclosed hideme mctextpopupbody popupbody
    mchelpcontrol_image_icon mcdropdown_image_icon mcexpanding_image_icon lightbox-back tab-source-code tree-legend
"""
# Breadcrumbs, links to neighbouring pages, menus, headers and footers.
_NAVIGATION: Final = """
    breadcrumb breadcrumbs nextra-breadcrumb theme-doc-breadcrumbs wy-breadcrumbs md-path crumbs navpath
    prev-next-footer
    prev-next-area pagination-nav prev-next pagination-links pagination pager page-nav nav-chapters
    nav-wrapper rst-footer-buttons related-pages docnav navheader navfooter post-nav next-prev next-and-prev
    page-links post-navigation vpdocfooter vp-doc-footer md-footer pagenav sphinxsidebar wy-nav-side
    wy-nav-top md-sidebar md-header md-tabs vpsidebar vplocalnav vpnav theme-doc-sidebar-container
    theme-doc-toc-mobile theme-doc-toc-desktop theme-doc-footer theme-doc-version-badge
    theme-doc-version-banner table-of-contents toc-drawer table-of-contents__left-border bd-sidebar bd-toc
    bd-header mobile-header header-article sidebar-container sidebar-drawer mobile-sidebar toc-container
    toc-sidebar nav-container top-nav sub-nav bottom-nav topnav subnav bottomnav skipnav skip-nav skip-link
    skip-to-content sr-only nx-sr-only x:sr-only _sr-only visually-hidden screen-reader-text screen-reader-only md-skip
    vpskiplink
    site-header site-footer site-nav page-footer page-header-extra global-header global-footer navbar
    nav-bar topbar top-bar menubar main-nav main-navigation book-menu book-toc td-sidebar td-sidebar-toc
    td-toc footer-wrapper boring menu-bar nav-panel sub-logo-container phpdocumentor-sidebar
    phpdocumentor-element__package rm-breadcrumb rm-pagination rm-aside content-toc nextstepsdivider
    ears dw__toc mbrsel foswikitoc twikitoc printheaders navbit toplang bottomlang top-link docsversion-list
    docs-version-nav
    docs-version-list ctxtnav familylinks relinfo relconcepts reltasks md-source md-source__repository
    navsettop navsetbottom search-results phpdocumentor-search-results phpdocumentor-sidebar__menu-icon
    phpdocumentor-on-this-page__sidebar activetabletab tabletab navigationbar
    one_section c-navbar navinextprevious chlinktop chlinkbot chlinkprevnexttop chlinkprevnextbot mathjaxlink
    titlearea t-navbar chapsects toc-offcanvas offcanvas-header language-switcher lang-switcher language-selector
    language-picker man-decor toc-bar topic_footer api-class-tabs
    msotoc1 msotoc2 msotoc3 msotoc4 msotoc5 msotoc6 msotoc7 msotoc8 msotoc9 msotocheading msotableoffigures
"""
# What is shown in print alone, such as the title once more, or where the page is from.
_IN_PRINT: Final = """
    print-only print_only printonly only-print only_print onlyprint visible-print visible-print-block
    visible-print-inline visible-print-inline-block show-for-print
"""
# Line numbers.
_LINE_NUMBERS: Final = """
    linenos linenodiv linenumber linenumbers line-number line-numbers-rows line-numbers-wrapper
    gutter rouge-gutter hljs-ln-numbers hljs-ln-line-number blob-num lnt ln lineno line-num lines-num
    code-line-number linenr
    react-syntax-highlighter-line-number
"""
# The number of a cell in a notebook, as nbconvert writes it; marks of notes and lines, and a link to the text of a
# listing, as LaTeXML does.
_PROMPTS: Final = """
    jp-inputprompt jp-outputprompt input_prompt output_prompt
    ltx_note_mark ltx_tag_note ltx_tag_listingline ltx_listing_data
"""
# What sites put around articles: sharing buttons, comments, advertisements, banners; forums beside a post, which is how
# many somebody has written; and pkg.go.dev beside a package, such as how many others need it.
_AROUND: Final = """
    share sharing social social-share share-buttons addtoany_share_save_container sharedaddy comments
    comment-list comment-form comment-respond comments-area comment-wrapper comments-wrapper comments-section
    comment-section comments-container comments-list disqus disqus_thread giscus utterances related related-posts
    related-articles related_articles related-content recommended recommended-articles recommended-posts recommendations
    newsletter newsletter-signup subscribe taxonomy-terms-article vp-nolebase-git-changelog
    vp-nolebase-page-properties vp-contributors vp-changelog-wrapper vphomesponsors
    signup-form ad ads advert advertisement adsbygoogle ad-slot sponsor sponsored sponsors carbonads
    cookie-banner cookie-bar cookie-notice cookie-consent cookieconsent cc-window gdpr-banner consent-banner
    announcement announcement-bar bd-header-announcement promo promo-banner popup modal modal-dialog overlay
    toast vp-carbon-ads vpcarbonads view-count like-count likes-count post-views katex-html mathjax_preview
    mjx-assistive-mml mw-jump-link catlinks noprint navbox printfooter back-to-top backtotop to-top
    scroll-to-top more-topics__list page-header-icon callout-icon versionbox
    postprofile postleft userinfo_extra author_statistics message-cell--user
    go-main-headerdetails go-main-headerlogo unitmeta
"""

# Of these, what a page about comments may call a part of its text, and what readers' own comments have in them.
COMMENTS: Final = frozenset(
    ["comments", "comment-section", "comments-section", "comments-container", "comments-wrapper", "comment-wrapper"]
)
OF_COMMENTS: Final = frozenset(["form", "textarea", "input", "button", "time", "img", "iframe", "article"])
# Of these, which a heading stands before: who changed a page, and when, in Nolebase's for VitePress and in VuePress.
HEADED_AROUND: Final = frozenset(["vp-nolebase-git-changelog", "vp-contributors", "vp-changelog-wrapper"])
LINE_NUMBERS: Final = frozenset(_LINE_NUMBERS.split())
PERMALINKS: Final = frozenset(_PERMALINKS.split())
# With the class of links to a page's own places in RFCs.
OWN_PLACES: Final = PERMALINKS | {"selflink"}
# Those of links that a caption or the number of an example is, to itself, in RFCs and in ReSpec's specifications.
SELF_LINKS: Final = frozenset(["selfref", "self-link"])
# The class of a word that MadCap Flare explains.
EXPLAINED: Final = "mctextpopup"
PERMALINK_TEXT: Final = re.compile(
    r"(?:copy |direct )?(?:perma)?(?:link|anchor)(?: (?:to|for) .{0,200})?|section titled .{0,200}", re.IGNORECASE
)
NOT_CONTENT: Final = frozenset(
    " ".join(
        [
            _PERMALINKS,
            _BUTTONS,
            _EDITING,
            _FEET,
            _ON_DEMAND,
            SAYS_NOTHING,
            _NAVIGATION,
            _IN_PRINT,
            _LINE_NUMBERS,
            _PROMPTS,
            _AROUND,
        ]
    ).split()
)
# Short lines of DokuWiki's, ReadMe's and others' that name a page or its date, where they are a <div>: fields of a
# table may be called the same.
SMALL_PRINT: Final = frozenset(["docinfo", "pageid", "updatedat", "last-modified"])
# The id of what MyST has above each page's text: its title and, in a header, who wrote it and where they work.
FRONTMATTER: Final = "skip-to-frontmatter"
# The class of the header that Writerside has above each page's article, with the site's name as a heading.
HEADER_OF_WRITERSIDE: Final = "panel__header"
# Pkgdown's class of what its search leaves out: a link to the source, where it is a <small>, and what to see as well.
NOT_INDEXED: Final = "dont-index"
# That of the file that a page of its reference is made of, which is hidden.
FILE_OF_PKGDOWN: Final = "name"
# The class of makeinfo's links to the nodes around a page; of Drupal's it is that of any content.
NODE: Final = "node"
# The class of the number of a cell in nbsphinx's notebooks, and what it says.
PROMPT, PROMPT_TEXT = "prompt", re.compile(r"(?:(?:in|out) ?)?\[[\d ]{0,6}\]:", re.IGNORECASE)
# Of these, what a heading may be called.
HEADINGS_OF_FEET: Final = frozenset(["feedback--title"])

# The code of pdoc and of pdoc3, which beside this button, or unfolded, is the source of a function or a whole module,
# and may be most of the page.
SOURCE_LISTINGS, SOURCE_BUTTON = frozenset(["pdoc-code", "source"]), "view-source-button"
SAYS_SOURCE: Final = re.compile(r"\bsource\b", re.IGNORECASE)

# The ids of where Sphinx and MkDocs show what a search has found.
PLACES_OF_RESULTS: Final = frozenset(["search-results", "mkdocs-search-results"])

# The site's navigation.

LABEL_TAGS: Final = frozenset(
    ["h2", "h3", "h4", "h5", "h6", "p", "span", "summary", "button", "label", "a", "div", "strong", "dt"]
)
# The classes of a heading in a list of pages: mdBook's, and Bootstrap's and so Maven's; and what others call one
# that is no link.
PART_TITLES: Final = frozenset(["part-title", "nav-header"])
UNLINKED_TITLES: Final = re.compile(
    r"(?:(?:nav|menu|sidebar|side|toc|section|group|category|part)[-_]{1,2})?(?:header|heading|title|label|caption)"
)
# The classes of the item of the page itself in a list of pages.
CURRENT_ITEMS: Final = frozenset(["active", "current", "selected"])
# The class of a label for screen readers only.
UNSEEN_LABEL: Final = "visually-hidden"
# The class of Sphinx's links to the next page and the index, which are among its breadcrumbs.
RELATION: Final = "right"
# The class of the item behind the breadcrumbs of Read the Docs' theme, which is no breadcrumb.
BESIDE_CRUMBS: Final = "wy-breadcrumbs-aside"
# The class of the version that rustdoc and Antora write behind a name, and what is none without it.
VERSION: Final = "version"
OF_VERSIONS: Final = frozenset(["release", "version"])
# What a blog has in its margin.
_OF_MARGIN: Final = frozenset(["recently updated", "recent posts", "latest posts", "popular posts", "trending tags"])
# Labels that say nothing about the pages below them.
HOME_LABELS: Final = WORDS_OF_WHOLE | _OF_MARGIN | {"\u00bb", "/", ">", "\u203a"}

# Prose and links.

PROSE: Final = frozenset(["p", "dd", "td", "li", "div"])
# Classes of elements beside the text, whose content is not its beginning.
ASIDE_NAMES: Final = re.compile(
    r"note|tip|warning|caution|important|admonition|callout|sidebar|topic|alert|aside|title|caption|toc|byline|"
    r"deprecated|version-?(?:added|changed|removed)"
)
# Where the menu of Writerside's pages stands, and the attribute of their bodies, which do not name it.
MENU_OF_WRITERSIDE, OF_WRITERSIDE = "HelpTOC.json", "data-article-props"
# The scripts in which Doxygen's menu stands, and that.
SCRIPT_MENUS: Final = frozenset(["menudata.js", "navtreedata.js", MENU_OF_WRITERSIDE])
LINKS: Final = ("a", "area", "frame", "iframe", "object", "embed")
# Relations of the pages beside this one.
SERIES: Final = frozenset(["next", "prev"])
# The class of a label that only a screen reader says.
UNSEEN_LABELS: Final = frozenset(
    [
        *("sr-only", "nx-sr-only", "x:sr-only", "_sr-only", "is-sr-only", "usa-sr-only", "show-for-sr"),
        *("visually-hidden", "visuallyhidden", "u-visually-hidden", "visually-hidden-focusable", "hide-visually"),
        *("screen-reader-text", "screen-reader-only", "element-invisible", "assistive-text"),
    ]
)
# What a site's own library calls it, with the library's name before it, as GOV.UK's has it for words in a sentence.
UNSEEN_IN_LINE: Final = re.compile(r"[a-z]+-(?:[a-z]-)?(?:visually-hidden|sr-only)")
# What WordPress, Discourse, Material for MkDocs and Zensical call the picture of a sign.
EMOJI: Final = frozenset(["emoji", "emojione", "gemoji", "twemoji"])
# What Jupyter says of a picture that nobody described.
NO_DESCRIPTION: Final = "No description has been provided for this image"
# The classes of fonts that draw an icon in the place of its name, which is the element's text.
_FONTS_OF_NAMES: Final = """
    material-icons material-icons-outlined material-icons-round material-icons-sharp material-icons-two-tone
    material-symbols-outlined material-symbols-rounded material-symbols-sharp
"""
FONTS_OF_NAMES: Final = frozenset(_FONTS_OF_NAMES.split())
# Elements in which a checkbox is part of the text, and none of a form.
HAVE_CHECKBOXES: Final = frozenset(["li", "p", "td", "label"])
# Classes of signatures, as Sphinx, Doxygen, Javadoc and TypeDoc have them.
_SIGNATURES: Final = "sig memproto member-signature type-signature package-signature module-signature tsd-signature"
SIGNATURES: Final = frozenset(_SIGNATURES.split())
# Of these, whose lines are broken by <br>, and by line feeds.
BROKEN_SIGNATURE, FED_SIGNATURE = "tsd-signature", "member-signature"
# The class of one in YARD's lists of methods, before what the method does.
LISTED_SIGNATURE: Final = "summary_signature"
# Those, Doxygen's of templates, Haddock's, which elsewhere is a class of code, and the tables that Javadoc makes of
# other elements.
SIGNATURES_AND_TABLES: Final = SIGNATURES | {"compoundtemplparams", "src", "summary-table"}
# Classes of what holds the members of a class or a module, each with a text of its own (Javadoc, ExDoc, Doxygen,
# rustdoc), and those of them, and of a member, in which no heading is of several; the id of Haddock's, and the class of
# a member in it.
MEMBERS, MEMBERS_ID = frozenset(["details-list", "member-list", "memitem", "impl-items"]), "interface"
NAMED_MEMBERS, MEMBER_SECTION = MEMBERS - {"details-list"}, "detail"
MEMBER_IN_ID: Final = "top"
# The class of its declarations, and of the table beside a module's name; and the id of what holds both of these.
DECLARED_BY_HADDOCK, INFO_OF_HADDOCK, HEAD_OF_HADDOCK = "src", "info", "module-header"
# Those of a declaration in Crystal's, and of the member that it stands in.
DECLARED_BY_CRYSTAL, MEMBER_OF_CRYSTAL = "signature", "entry-detail"
# The classes of what holds the link to the source and a sign beside a title, in rustdoc and DocFX.
BESIDE_TITLE: Final = frozenset(["out-of-band", "mobile-hide"])
# Classes of a member's name (Haddock, rustdoc), of rustdoc's headings, which are code, and of its members that all such
# types have.
MEMBER_NAMES: Final = frozenset(["def", "fn"])
CODE_HEADING, OF_TRAIT = "code-header", "trait-impl"
# Classes of the links that lead from the text to a footnote, as pandoc and docutils have them.
FOOTNOTE_MARKS: Final = frozenset(["footnote-ref", "footnote-reference"])

# By class, the columns of Javadoc's tables of <div>, and the class of the cells of their head.
SUMMARY_COLUMNS: Final = {"two-column-summary": 2, "three-column-summary": 3, "four-column-summary": 4}
SUMMARY_HEAD: Final = "table-header"
# The classes of Javadoc's buttons that leave rows out of such a table, which are called its tabs.
TABLE_FILTERS: Final = frozenset(["active-table-tab", "table-tab", "activetabletab", "tabletab"])
# The class of a link with more words in it that are shown when the pointer is over it.
TOOLTIP: Final = "tooltip"

# What themes call a picture, or a link around it, that is shown at its full size in the page itself.
LIGHTBOX: Final = frozenset(["lightbox", "lightbox-link"])

# The classes of docutils' footnotes and citations, of the mark that one begins with, of what leads back from it, and of
# what stands in brackets.
MARKED_NOTES: Final = frozenset(["footnote", "citation"])
MARK_OF_NOTE, BACK_FROM_NOTE, BRACKETED = "label", "backrefs", "brackets"
# What Erlang's documentation has the functions of a module in, each of them an article.
ERLANG_EXPORTS: Final = "exports-body"
# The class of who wrote a page of Asciidoctor's, and of which version it is.
IMPRINT_OF_ASCIIDOCTOR: Final = "details"
# Asciidoctor's blocks, each of which has a box called "content" below its title, and cells with blocks in such a box.
ASCIIDOCTOR_BLOCKS: Final = frozenset(
    [
        "listingblock",
        "literalblock",
        "exampleblock",
        "sidebarblock",
        "openblock",
        "quoteblock",
        "verseblock",
        "imageblock",
        "videoblock",
        "audioblock",
        "stemblock",
        "tableblock",
    ]
)
# The classes of what is around a note in a table, as DocBook and Asciidoctor write it.
NOTES_IN_TABLES: Final = frozenset(["admonitionblock", "note", "tip", "important", "warning", "caution"])
ICON_OF_NOTE: Final = "icon"

# What else makes a table, of whatever elements.
TABLE_ROLES: Final = frozenset(["table", "grid", "treegrid"])
CELL_ROLES: Final = frozenset(["cell", "gridcell", "rowheader", "columnheader"])

# The class of the tables that mandoc makes of a name and what may follow it.
SYNOPSIS: Final = "nm"
# What the class of a row of Doxygen's tables of members begins with.
MEMBER: Final = "memitem:"

# Formulas, which KaTeX, MathJax, Sphinx, pandoc and MediaWiki mark so.
DRAWN_BY_MATHJAX: Final = "mjx-container"
# Distill's elements of code, of a note and of a formula, which has TeX for its text.  Code and formulas are in the line
# unless they say that they are blocks.
CODE_ELEMENT, NOTE_ELEMENT, TEX_ELEMENT = "d-code", "d-footnote", "d-math"
FORMULA_TAGS: Final = frozenset(["math", "script", DRAWN_BY_MATHJAX, TEX_ELEMENT])
_FORMULAS: Final = """
    katex katex-display math arithmatex mwe-math-element mwe-math-fallback-image-inline
    mwe-math-fallback-image-display tex latex
"""
FORMULA_NAMES: Final = frozenset(_FORMULAS.split())
# The class of remark's formulas in a line, until a script draws them.
FORMULA_IN_CODE: Final = "math-inline"
# Attributes that hold TeX, as MathJax 4 and others have them, and the class of what KaTeX draws beside its MathML.
TEX_ATTRIBUTES: Final = ("data-latex", "data-tex")
KATEX_DRAWN: Final = "katex-html"
# What MathJax 2 draws before the script that holds the formula.
DRAWN_FORMULAS: Final = frozenset(["mathjax", "mathjax_display", "mathjax_svg", "mathjax_svg_display", "mathjax_chtml"])
# Around or at a formula that stands apart from the text.
FORMULA_APART: Final = frozenset(["katex-display", "mwe-math-fallback-image-display"])
# Sphinx's number of a formula, which stands in its element.
FORMULA_NUMBERS: Final = frozenset(["eqno"])

# Code.

CODE_SPANS: Final = frozenset(["code", "kbd", "samp", "tt"])
CODE_BLOCKS: Final = frozenset(["pre", "listing", "xmp"])
# Elements beside the lines of a code block that are none of it.
NOT_CODE_TAGS: Final = frozenset(["button", "style", "script"])
_NOT_CODE: Final = """
    lineno linenos linenodiv lnt ln gutter rouge-gutter linenumber line-numbers-rows hljs-ln-numbers blob-num
    linenr boring copy copybtn headerlink poxy-godbolt
"""
# Classes, attributes and styles of the number of a line, which is not copied with the code, as Hugo and rustdoc write
# it; CodeRay's class is also Prism's of a block that has them.
LINE_NUMBER_NAMES: Final = re.compile(
    r"(?:[a-z]+-)*(?:line-?(?:no|nr|num|number)s?|lno|gutter(?:-line)?)|"
    r"(?:[a-z]+[-_]{1,2})+(?:line[-_]?(?:no|nr|num|number)s?|ln)"
)
NUMBER_OF_PYGMENTS: Final = "linenos"
NOT_SELECTED: Final = frozenset(["unselectable", "data-nosnippet"])
NOT_SELECTED_STYLE: Final = re.compile(r"user-select\s*:\s*none", re.IGNORECASE)
NOT_CODE: Final = frozenset(_NOT_CODE.split())
# Elements that hold one line of code each.
CODE_LINE_TAGS: Final = frozenset(["div", "li", "p", "tr", "section", "article"])
# Of these, those that may as well hold all of the code; cells stand side by side.
CODE_HOLDER_TAGS: Final = frozenset(["div", "li", "tr", "section", "article"])
BESIDE_IN_CODE: Final = frozenset(["td", "th"])
CODE_LINE_NAMES: Final = re.compile(r"(?:[a-z\d]+[-_]{1,2})*(?:code|listing)?line")
CODE_LINE_ATTRIBUTES: Final = frozenset(["data-line", "data-line-number"])
CODE_LINE_IDS: Final = re.compile(r"(?:LC?|line[-_]?)\d{1,6}", re.IGNORECASE)
# The class of a line that is the row of a table elsewhere.
CODE_ROW: Final = "row"
# The classes that Ace, Monaco and CodeMirror give to a line, and to what may hold all lines.
EDITOR_LINES: Final = frozenset(["ace_line", "view-line", "cm-line", "codemirror-line"])
_EDITORS: Final = """
    ace_editor ace_content ace_layer ace_text-layer monaco-editor view-lines cm-editor cm-content codemirror
    codemirror-lines codemirror-code
"""
EDITORS: Final = frozenset(_EDITORS.split())
CODE_LINE_STYLE: Final = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table-row)", re.IGNORECASE)
# What says that inline code keeps its line feeds.
KEEPS_LINES: Final = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
MONOSPACED: Final = re.compile(r"(?:^|;)\s*font(?:-family)?\s*:[^;]*\bmonospace\b", re.IGNORECASE)
FRAGMENT, FRAGMENT_LINE = "fragment", "line"
# The class of the title of a document that Word has written, and the style of what it sets between the sign of an item
# and its text.
TITLE_OF_WORD, BEHIND_MARK_OF_WORD = "msotitle", re.compile(r"(?:^|;)\s*font:\s*7(?:\.0)?pt", re.IGNORECASE)
# By their tags, the classes of what Natural Docs lays out a prototype with.
PROTOTYPES: Final = {"table": "prototype", "div": "ndprototype"}
# The classes of cppreference's tables of declarations, and of the code in them, before that of its language.
DECLARATIONS, GESHI = "t-dcl-begin", "mw-geshi"
# The classes of the tables in which Scribble, for Racket, has a line of code or of a signature in each row, and of the
# quotations that it indents them with.
CODE_OF_SCRIBBLE: Final = frozenset(["rktblk", "rboxed"])
# That of its grammars, and all of these.
GRAMMAR_OF_SCRIBBLE: Final = "specgrammar"
TABLES_OF_SCRIBBLE: Final = CODE_OF_SCRIBBLE | {GRAMMAR_OF_SCRIBBLE}
INDENTED_BY_SCRIBBLE: Final = frozenset(["scodeflow", "svinsetflow", "subflow"])
# The classes of coqdoc's code, and of a word in it.
CODE_OF_COQDOC, CODE_SPAN_OF_COQDOC, WORD_OF_COQDOC = "code", "inlinecode", "id"
# A pattern of the classes of tokens of code, as Pygments and Rouge, Prism, highlight.js and GitHub name them; the first
# two have one or two letters or digits, and advertisements and line numbers are none.
TOKENS: Final = r"(?!(?:ad|ln)\")[a-z][a-z\d]?|cpf|err|hljs-\w+|pl-\w+|token(?: [\w-]+)+"
# The class of VitePress's label for the language of a code block.
CODE_LABEL: Final = "lang"
# The classes of jazzy's, and of what it stands in with the code.
LABEL_OF_JAZZY, CODE_OF_JAZZY = "aside-title", "language"
# Classes of highlighters that name the language in another class of the same element.
HIGHLIGHTERS: Final = frozenset(
    ["hljs", "makeup", "sourcecode", "highlight", "src", "prettyprint", "code", "programlisting", "rust", "syntaxhl"]
)
LANGUAGES_OF_PRE: Final = ("lang", "syntax")
LANGUAGE_ATTRIBUTES: Final = ("data-lang", "data-language", "data-code-language", "data-enlighter-language", "language")
# Confluence's attribute, with the language among others.
BRUSH_ATTRIBUTE, BRUSH = "data-syntaxhighlighter-params", re.compile(r"(?:^|;)\s*brush:\s*([\w+#.-]{1,30})")
LANGUAGE_CLASS: Final = re.compile(
    r"(?:mw-highlight-lang|ltx_lst_language|language|lang|highlight-source|highlight|brush|src|sourceCode|hl(?=-ipython))"
    r"[-_:]\s*([\w+#.-]{1,30})",
    re.IGNORECASE,
)
LANGUAGE: Final = re.compile(r"[A-Za-z0-9][\w+#.-]{0,29}")
# What php.net calls a language, with this word behind it.
LANGUAGE_AND_CODE: Final = re.compile(r"([a-z]+)code")
# Classes of the source of a diagram, which is a language as well.
DIAGRAMS: Final = frozenset(["mermaid"])
# Classes and styles that do what <sup> and <sub> do.
SCRIPT_NAMES: Final = {"superscript": "^", "subscript": "_"}
SCRIPT_STYLE: Final = re.compile(r"vertical-align\s*:\s*(sup|sub)(?:er)?\b", re.IGNORECASE)
# The class of what shows a note in the margin on small screens, in Tufte's style, and is no checkbox of the text.
TOGGLES: Final = frozenset(["margin-toggle"])
# The classes of a note that stands in the margin beside the sentence in which it is written, as Tufte's style, Quarto
# and themes call it.
MARGIN_NOTES: Final = frozenset(["sidenote", "marginnote", "side-note", "margin-note", "margin-aside"])
# MediaWiki's classes of a fraction, of which it hides the sign between whole and part, or draws a line for it.
FRACTIONS: Final = frozenset(["frac", "sfrac"])
# Javadoc's classes of the list of what to see as well.
SEE_ALSO: Final = frozenset(["see-list", "see-list-long", "tag-list", "tag-list-long"])
# Docutils' classes of what kind of thing a term is, and of a list of fields: the theme writes the colon of both.
CLASSIFIER, FIELD_LIST = "classifier", "field-list"
# Icons that stand for checkboxes, as Font Awesome, which Asciidoctor has, Bootstrap and Material Design call them, and
# Notion's; and Confluence's class of a list of tasks.
BOX_ICONS: Final = {
    **dict.fromkeys(["fa-check-square-o", "fa-check-square", "fa-square-check", "bi-check-square"], True),
    **dict.fromkeys(["bi-check-square-fill", "bi-check2-square", "mdi-checkbox-marked", "checkbox-on"], True),
    **dict.fromkeys(["mdi-checkbox-marked-outline", "glyphicon-check"], True),
    **dict.fromkeys(["fa-square-o", "bi-square", "mdi-checkbox-blank-outline", "glyphicon-unchecked"], False),
    "checkbox-off": False,
}
TASKS_BY_CLASS: Final = "inline-task-list"
# What code, formulas, signatures, tables, exponents and checkboxes are told by.
_MARKED: Final = (MARKED_NOTES, FORMULA_NAMES, SIGNATURES, DIAGRAMS, EDITORS, SCRIPT_NAMES, BOX_ICONS, SUMMARY_COLUMNS)
MARKED: Final = frozenset[str]([FRAGMENT, "fa-square", *MARGIN_NOTES]).union(*_MARKED)
NO_LANGUAGE: Final = frozenset(
    "none default undefined unknown null auto nohighlight no-highlight code plain wrapper".split()  # noqa: SIM905
)
_LANGUAGE_NAMES: Final = """
    bash c cpp csharp css diff dockerfile elixir erlang go graphql haskell html http ini java javascript js
    json json5 jsonc jsx kotlin latex lisp lua makefile markdown nginx nix objectivec ocaml perl php
    plaintext powershell properties proto protobuf pycon python python3 r rst ruby rust scala scheme sh
    shell sql swift text toml ts tsx typescript vue xml yaml yml zig zsh console
"""
LANGUAGES: Final = frozenset(_LANGUAGE_NAMES.split())
