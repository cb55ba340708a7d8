"""All selectors and class names used to read a page, as data.

Most belong to documentation generators and popular themes.  Unless it is a pattern, a name must equal a whole class or
id of the page, in lower case, because a part of a name says too little.
"""

from __future__ import annotations

import re
from typing import Final

from llmstxt_sched.documents.selection.home_words import WORDS_OF_WHOLE
from llmstxt_sched.extraction.content.tools import tool_words
from llmstxt_sched.extraction.lazy_pattern import LazyPattern

# The main content.

# The containers of documentation generators and wikis.
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
# The class of the Read the Docs theme around its `articleBody`.
READ_THE_DOCS: Final = "rst-content"
# Names of the parts of news and blog pages; with MediaWiki's prefix or an icon set's they mean something else.
NEWS_NAMES: Final = re.compile(
    r"(?<![a-z])(?<!mw-)(?<!bi-)(?<!fa-)(?<!icon-)(?:byline|headline|news|share|sharing|shariff|teasers?)(?![a-z])",
    re.IGNORECASE,
)
# Documentation themes use the same names for what opens a menu, for buttons and for pictures.
CONTROL_NAMES: Final = re.compile(r"icon|toggle|dropdown|button|btn", re.IGNORECASE)
# In order of precedence: what the page declares, containers of documentation generators, HTML's own elements, and names
# that most themes use.
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
# Some of these names mean something else on other sites: the id that their parent must have, in Maven's reports and on
# PyPI.
MAIN_HOLDERS: Final = {"#contentBox": "bodyColumn", ".project-description": "description"}
# Those of MAIN that may hold more than the content.
CONTAINERS_OF_THEMES: Final = frozenset(["div.document"])
# The id of the site's navigation that LDoc puts into its container.
LDOC_NAVIGATION: Final = "navigation"
# Bikeshed's attribute of the parts that it fills in, some of them before and after <main>; and its value for one of
# them.
FILLED_BY_BIKESHED, ABSTRACT = "data-fill-with", "abstract"
# The parts of MAIN that an element is looked up by, and the attributes that they are in.
MAIN_KEYS: Final = frozenset(MAIN)
MAIN_ATTRIBUTES: Final = ("class", "id", "role", "itemprop")
MAIN_TAGS: Final = frozenset(["main", "article"])
# Declared as the main content: with a title of the page, such an element may consist of links alone.
LANDMARKS: Final = frozenset(["main", "[role=main]"])
PARAGRAPHS: Final = frozenset(["p", "pre", "td", "blockquote", "dd", "li"])
# Parts of something larger, none of which is ever the main content.
PARTS: Final = frozenset("table thead tbody tfoot tr ul ol menu li dl dt dd p pre".split())  # noqa: SIM905
# Formatting elements, which a browser reopens in each block until they are closed (HTML standard, section 13.2.4.3).
FORMATTING: Final = frozenset(
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
# The class of DocBook's title page, and the elements that it may stand in.
DOCBOOK_TITLE, DIVISIONS = "titlepage", frozenset(["div", "section", "article"])
# Elements that may hold the heading of a section and nothing else.
HEADED: Final = DIVISIONS | {"header", "hgroup"}
# The ids of what holds a DocBook page on the sites of PostgreSQL and MySQL.
DOCBOOK_HOLDERS: Final = frozenset(["docContent", "docs-body"])
# The class of the name and purpose at the start of a DocBook reference page.
NAME_OF_DOCBOOK: Final = "refnamediv"
# The classes of AsciiDoc's pages, and the ids of the parts of one.
ASCIIDOC_KINDS, ASCIIDOC_PARTS = frozenset(["manpage", "article", "book"]), frozenset(["header", "content"])
# The class of the body of odoc's pages, all of which is content but for the menus in it.
ODOC: Final = "odoc"
DOXYGEN_HEAD, DOXYGEN_CONTENTS = "headertitle", "div.contents"
# Titles of Doxygen and Haddock that are not <h1>: by their class, the selector of what they are in.
GENERATOR_TITLES: Final = {"title": f".{DOXYGEN_HEAD}", "caption": "#module-header"}
# The class of phpDocumentor's title, above which an <h1> has the name of the site.
PHPDOCUMENTOR_TITLE: Final = "phpdocumentor-content__title"
# The class of Javadoc's title before version 13, and of what it is in.
JAVADOC_TITLE, JAVADOC_HEAD = "title", "header"
# The class of a cell of Javadoc's menu before version 7.
NAVBAR_CELL: Final = "navbarcell1"
# By the class of its parent, the class of a label such as "static" (Doxygen, dartdoc) or of a link's description
# (Starlight).  Each is laid out as a box.
LABELS: Final = {"mlabels": "mlabel", "features": "feature", "stack": "description"}
# The classes of a subtitle within a heading.
SUBTITLES: Final = frozenset(["subtitle", "sub-title", "subheading", "sub-heading"])
# The classes of a word that is shown as a badge, such as the kind of a change.
BADGES: Final = re.compile(r"(?=[a-z]+(?:-[a-z]+)*\Z)(?:[a-z]+-)*?(?:badge|chip|label|lozenge|pill|tag)(?:-.*)?")
# Codox's classes of a description that is shown as it stands in the source, and of its parent.
SAID_BY_CODOX, AROUND_SAID = "plaintext", "doc"
# Codox's lists: the class of the items by that of the list.
LISTS_OF_CODOX: Final = {"namespace-index": "namespace", "namespace-docs": "public"}
# The classes of the title of an option in Ansible's documentation, and of the anchor of its link.
OPTION_OF_ANSIBLE, PLACE_OF_OPTION = "ansible-option-title", "ansibleoptionanchor"
# m.css' class of the #include line in a title, and Sami's of the line of the source where a method stands.
INCLUDED, PLACE_IN_SOURCE = "m-doc-include", "location"
# JSDoc's class of a word such as "opt" after the name of a parameter, in headings.
OF_PARAMETER: Final = "signature-attributes"
# In the class of an element that holds nothing but links that look like boxes.
CARDS: Final = re.compile(r"(?:^|[\s_-])(?:cards|buttons|actions)(?:$|[\s_-])", re.IGNORECASE)
# The classes of the lines of the title of a home page of VitePress, and of that title.
LINES_OF_HOME, TITLE_OF_HOME = frozenset(["name", "text"]), "heading"
# The class of the title of a home page of Rspress, which is no heading.
TITLE_OF_RSPRESS: Final = "rp-home-hero__title"
# The classes of lists that lay out a page of Javadoc.
LAYOUT_LISTS: Final = frozenset(["details-list", "member-list", "summary-list"])
# YUIDoc's class of the parameters of a function, a list that is shown on one line.
PARAMETERS_OF_YUIDOC: Final = "args-list"
# The classes of the list that lays out a page of Docco, and of the prose in each item, above the code.
SECTIONS_OF_DOCCO, ANNOTATION = "sections", "annotation"
# The classes of such lists, and of their items, before version 13.
LAYOUT_ITEMS: Final = frozenset(["blocklist", "blocklistlast"])
# The class of the code of an example that can be run on pkg.go.dev.
RUNNABLE: Final = "documentation-examplecode"
# Redoc's class of the method before the path of an operation, in a button; and how the button of a response begins.
HTTP_METHOD, STATUS = "http-verb", re.compile(r"[1-5](?:\d\d|XX)|default", re.IGNORECASE)
# The class of Redoc's samples of JSON, whose lines are items of lists.
JSON_OF_REDOC: Final = "redoc-json"
# The class of a block of code in Writerside, which is no <pre>, and its attribute for the language.
CODE_OF_WRITERSIDE, ITS_LANGUAGE = "code-block", "data-lang"
# AWS' elements for tabs, which a script must show, and for sections that can be unfolded.
LATE_TABS, EXPANDABLE = frozenset(["awsdocs-tabs"]), "awsui-expandable-section"
# YARD's and odoc's classes of the labels in a list of tags, most of which may be links.
TAG_LABELS: Final = frozenset(["tag_title", "at-tag"])
# The id of YARD's breadcrumbs, and the class of their last part.
TRAIL_OF_YARD, END_OF_TRAIL = "menu", "title"
# The classes of DITA's links to the topics below a topic.
RELATED, CHILD_LINKS = "related-links", frozenset(["ulchildlink", "olchildlink"])
# DITA's classes of what a topic holds below its title, and of topics within a topic.
BODY_OF_TOPIC: Final = "body"
INNER_TOPICS: Final = frozenset(f"nested{depth}" for depth in range(1, 10))
# By docutils' class, or by the style's value without its hyphen, the `type` of a list that is numbered with letters.
LETTERED_LISTS: Final = {
    **dict.fromkeys(["loweralpha", "lowerlatin"], "a"),
    **dict.fromkeys(["upperalpha", "upperlatin"], "A"),
    "lowerroman": "i",
    "upperroman": "I",
}
LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:[^;]{0,100}?\b((?:lower|upper)-(?:alpha|latin|roman))\b")
FOOTNOTES: Final = frozenset(["footnote", "footnotes", "footnotes-segment"])
# The classes, roles, headings and first words of a footer that holds notes or sources.
NOTES_OF_FOOTERS: Final = frozenset(["notes", "endnotes", "references", "sources", "citations", "bibliography"])
FOOTNOTE_ROLES: Final = frozenset(["doc-endnotes", "doc-footnote", "doc-bibliography"])
NOTES_HEADING: Final = LazyPattern(
    rf"(?:foot-?|end-?)?notes?(?: and references)?|references|sources|citations|bibliography|{tool_words.SOURCES}",
    re.IGNORECASE,
)
NOTE_TEXT: Final = LazyPattern(
    r"(?:\(?\d{1,3}[.)]|\[(?:\d{1,3}|[a-z*])\]|[*\u2020\u2021\u00b9\u00b2\u00b3]) ?\w|"
    r"(?:(?:foot-?|end-?)?notes?|sources?|references?): ",
    re.IGNORECASE,
)
# What the footer of a page says, and that of a section never does.
FOOT_TEXT: Final = re.compile(
    r"\u00a9|\(c\) ?\d{4}|copyright|all rights reserved|(?:powered|generated) by|(?:built|made) with|"
    r"last (?:updated|modified|edited)",
    re.IGNORECASE,
)
# The ids of single footnotes.
FOOTNOTE_IDS: Final = re.compile(r"(?:user-content-)?(?:fn|foot-?note|end-?note)[-_:.]?\d+")
HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# Pieces of a text.  Their id may be "content", after the words of a heading, but they never hold a page.
_INLINE: Final = frozenset("a abbr b button code em i img kbd label q s small span strong".split())  # noqa: SIM905
NEVER_MAIN: Final = PARTS - {"table"} | HEADINGS | _INLINE
# What a text consists of, and those of MAIN that may also name a piece of it.
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
# Elements without a text of their own, which may stand between others.
NO_TEXT: Final = frozenset("input script style template link meta br wbr hr".split())  # noqa: SIM905

# Boilerplate.

_SCRIPTS: Final = "script style template x-template canvas object embed noembed video audio link meta frameset noframes"
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
# Roles that make an element a picture, checkbox, formula or table, whatever its tag.
MARKED_ROLES: Final = frozenset(["img", "checkbox", "radio", "switch", "math", "table", "grid", "treegrid"])
_ROLES: Final = """
    navigation search contentinfo menu menubar dialog alertdialog toolbar tablist doc-toc doc-pageheader doc-pagefooter
"""
NEVER_CONTENT_ROLES: Final = frozenset(_ROLES.split())
# The roles of tabs: a list of tabs may hold their panels as well; and elements that may be tabs.
TAB_LIST, TAB, TAB_PANEL = "tablist", "tab", "tabpanel"
TAB_TAGS: Final = frozenset(["a", "button", "label", "li"])
# Elements that may be left out for their tag, and attributes for which any element may.
UNSEEN_BY_TAG: Final = frozenset([*NEVER_CONTENT, "header", "h1"])
TELLING: Final = frozenset(["role", "hidden", "popover", "aria-hidden", "aria-modal", "style", "rel"])
# Relations of links to the pages before and after.
SEQUENCE: Final = frozenset(["prev", "next"])
# Those, and relations of links to the page above, the contents and the index.
AROUND: Final = SEQUENCE | {"previous", "up", "contents", "index", "start"}
TEX_TYPE: Final = "math/tex"
# Elements whose label a button may be.
LABELLED_BY_BUTTON: Final = HEADINGS | {"summary", "dt", "th", "legend"}
# Elements that may be around or beside the picture in a <noscript>.
AROUND_PICTURES: Final = frozenset(["a", "div", "figcaption", "figure", "img", "p", "picture", "source", "span"])
ENABLE_SCRIPTS: Final = re.compile(
    r"\b(?:enable|requires?|needs?|turn on|activate|without) (?:\w+ ){0,4}?javascript|"
    r"javascript (?:\w+ ){0,3}?(?:enabled|required|disabled)|"
    # In other languages: a short line that mentions it.
    r"\A(?=.*javascript).{1,150}\Z",
    re.IGNORECASE,
)
# The id of what Robot Framework's libraries show until a script takes it away, as a <noscript> does.
WITHOUT_SCRIPTS: Final = "javascript-disabled"
# Hidden tabs and collapsed sections are content, because the reader can open them.
OPENABLE: Final = LazyPattern(
    r"\btab-?(?:panel|pane|content)\b|\btabs?__|accordion|collapse|collapsible|spoiler|"
    r"(?<![-_\w])tab-(?:bash|c|cpp|cs|csharp|css|curl|go|html|http|java|javascript|js|json|kotlin|node|objc|perl|php|"
    r"python|py|r|ruby|rust|sh|shell|sql|swift|ts|typescript|xml|yaml)(?![-_\w])|"
    r"\b(?:faq|toggle|expand(?:er|able)?|disclosure)s?(?:[-_]+[a-z]+){0,2}[-_]+(?:answer|body|content|inner|panel|text)\b|"
    r"(?:\b|_)answers?(?![-_\w])|(?<![-_\w])(?:read-?more|more-?(?:text|content))(?![-_\w])",
    re.IGNORECASE,
)
# The schema.org properties of the answer to a question on the page.
ANSWERS: Final = frozenset(["acceptedAnswer", "suggestedAnswer"])
# The text of a button that unfolds something.
UNFOLDS: Final = LazyPattern(
    r"(?:(?:show|view|read|see|load) )?(?:more|less|all|details)(?: details)?|expand(?: all)?|toggle|open|unfold|"
    r"click(?: here)? to (?:expand|open|unfold|(?:show|view|see)(?: (?:more|details))?)(?:\.{3}|\W)?|"
    rf"(?:show|view|see|hide|expand|toggle)(?: the)? (?:source(?: code)?|code)|{tool_words.UNFOLDING}",
    re.IGNORECASE,
)
# The text of a button that unfolds a tool of the site, and elements that only such a tool holds.
WIDGETS: Final = LazyPattern(
    r"share(?: this(?: page)?)?|filters?(?: by)?|(?:give |send |leave )?feedback|"
    r"(?:select )?(?:language|theme|version)s?|v(?:ersion:? ?)?\d[\w.+-]*|menu|search|(?:on|in) this page|"
    rf"(?:table of )?contents|{tool_words.SITE_TOOLS}|{tool_words.CONTENTS}",
    re.IGNORECASE,
)
OF_WIDGETS: Final = frozenset(["form", "input", "nav", "select", "textarea"])
# Elements that no such tool holds, but the changes of a version do.
OF_TEXTS: Final = frozenset(["pre", "table", "li"])
# Generators' classes of tabs and their panels, which get their roles from a script.
TABS: Final = re.compile(
    r"(?:[a-z]+-)?tab|[a-z]+-tabs__(?:tab|label__item)|(?:[a-z]+-)?tab-?(?:links?|buttons?|btn)|tab-nav-button|"
    r"[a-z-]+__nav-tab"
)
TAB_PANELS: Final = re.compile(
    r"(?:[a-z]+-)?tab-?(?:panel|pane|content|item)|(?:[a-z]+-)?tabs__content(?:__item)?|theme-code-block"
)
# The values of Bootstrap's attribute on a tab, and the names of custom elements that hold a tab's panel.
TAB_TOGGLES: Final = frozenset(["tab", "pill"])
TAB_ELEMENTS: Final = re.compile(r"(?:[a-z]+-)*tab(?:-(?:item|panel|pane|content))?")
# Elements of web components: panels, their titles, and tabs, which are panels themselves where others name them.
PANELS_OF_COMPONENTS: Final = re.compile(r"(?:[a-z\d]+-)+tab-?(?:panel|pane)")
TITLES_OF_COMPONENTS: Final = re.compile(r"(?:[a-z\d]+-)+tab-?(?:title|label|header)")
TABS_OF_COMPONENTS: Final = re.compile(r"(?:[a-z\d]+-)+tab")
# Web components that can be unfolded, and the attributes that hold their titles.
FOLDED_COMPONENTS: Final = re.compile(r"(?:[a-z\d]+-)+(?:details|expander|accordion-(?:item|panel)|collapse)")
NAMES_OF_FOLDED: Final = ("summary", "heading", "header", "header-text", "label")
# The attributes by which a tab of web components and its panel refer to each other.
PANEL_OF_TAB, NAMES_OF_PANEL = ("panel", "tab", "for"), ("name", "tab", "id")
# The attributes that name a tab which a script has yet to draw.
TAB_DATA: Final = ("data-label", "data-title", "data-tab-title")
TAB_NAMES: Final = (*TAB_DATA, "label", "title", "aria-label")
# The attribute in which a tab and its panel often have the same key, and those that lead from a button to its panel.
TAB_KEY, TARGETS = "data-tab", ("data-bs-target", "data-target")
# Dokka's attributes of a list of tabs, of each tab, and of its panel after the list.
TOGGLE_LIST, TOGGLE, TOGGLABLE = "data-toggle-list", "data-toggle", "data-togglable"
# Attributes that say that a button unfolds something: Bootstrap's by this value.
TOGGLES_OF_BOOTSTRAP, COLLAPSE = ("data-toggle", "data-bs-toggle"), "collapse"
UNFOLDING: Final = ("aria-expanded", "aria-controls", *TOGGLES_OF_BOOTSTRAP, *TARGETS)
# The class of a button that unfolds the next element, such as W3Schools', which many copy.  One that asks a question or
# goes to the next unfolds nothing.
ACCORDIONS: Final = LazyPattern(
    r"(?!(?:add|ask|new|next|post|prev(?:ious)?|submit)[-_])(?:[a-z]+[-_]+)*"
    r"(?:accordion|collapsible|disclosure|expander|faq|spoiler|question)"
    r"(?:[-_]+(?:btn|button|head|header|heading|item|link|title|toggle|trigger))*"
)
# In the classes of a link to nowhere that opens the text after it.
OPENS_TEXT: Final = re.compile(r"drop-?down|drop(?:spot|hotspot)|expand|collaps|toggle", re.IGNORECASE)
# The attributes of a button that a script listens to, and the attributes and classes of what the script then shows.
LISTENING: Final = ("onclick", "@click", "x-on:click", "v-on:click", "ng-click")
SHOWN_BY_SCRIPT: Final = frozenset(["x-show", "x-collapse", "v-show", "ng-show"])
FOLDED: Final = frozenset(["hidden", "hide", "d-none"])
# The classes of a sign that something can be unfolded.
FOLDING_SIGNS: Final = re.compile(
    r"(?:[a-z]+[-_]+)*(?:toggle|icon|arrow|chevron|caret|plus|expand(?:er)?)(?:[-_]+icon)?"
)
# The attributes, and classes, of a link that opens a menu.
OPENING, OPENERS = (*UNFOLDING, "aria-haspopup"), frozenset(["dropdown-toggle", "nav-toggle", "menu-toggle"])
# In the classes of the panels that radio buttons show.
OF_PANELS: Final = re.compile(r"tab|panel|pane|content")
# ReadMe's class of the buttons over its code, and what is around the tabs of jQuery UI.
TAB_BAR, AROUND_TABS = "codetabs-toolbar", re.compile(r"(?:[a-z]+-)*tabs(?:-?\d+)?")
# Elements in which links are no bar, but what a table, a text or a heading says.
NO_BARS: Final = HEADINGS | frozenset(["td", "th", "li", "dt", "dd", "pre", "code", "nav"])
# What themes call a header that only small screens show.
HIDDEN_NAMES: Final = frozenset(["hidden", "d-none", "is-hidden"])
# Bootstrap's and Tailwind's classes that, beside one of those, show an element in windows of some width, in print, or
# in another state.
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
SUSPECT_IDS: Final = LazyPattern(
    r"(?:^|[-_])(?:nav|menu|toc|toctree|sidebar|breadcrumbs?|pager|pagination|footer|header)(?:$|[-_])|sidebar|"
    r"navigation|^(?:contents|side|tags?|topics|categories|meta|links|banner|widget|promo|related)$",
    re.IGNORECASE,
)
# Ids that themes give to the site's menu.
MENU_IDS: Final = re.compile(r"(?:(?:left|main|right|side|site)[-_])?(?:menu|nav(?:igation)?|sidebar)")
# The id of Docco's list of all sources, which a function may be called as well.
LIST_OF_DOCCO: Final = "jump_to"
# The label before the contents of a page.
LABELS_OF_CONTENTS: Final = LazyPattern(
    r"(?:(?:page|(?:short )?table of) )?contents:?|table of content:?|toc|"
    r"(?:what['\u2019]?s )?(?:on|in) this (?:page|article|posts?|section|guide|document|chapter)[:?]?|"
    r"inhalt(?:sverzeichnis)?|sommaire|table des mati\u00e8res|(?:tabla de )?contenidos?|[\u00edi]ndice|sum\u00e1rio|"
    r"\u76ee[\u6b21\u5f55\u9304]|\ubaa9\ucc28|\u0441\u043e\u0434\u0435\u0440\u0436\u0430\u043d\u0438\u0435|"
    r"\u043e\u0433\u043b\u0430\u0432\u043b\u0435\u043d\u0438\u0435",
    re.IGNORECASE,
)
# TypeDoc's lists of members.
MEMBER_INDEXES: Final = frozenset(["tsd-index-group", "tsd-index-panel"])
# Attributes that say that links are breadcrumbs.
CRUMB_ATTRIBUTES: Final = ("aria-label", "itemtype", "typeof")
CRUMBS: Final = LazyPattern(
    r"^bread-?crumbs?$|/breadcrumblist$|^breadcrumblist$|^fil d.ariane$|^(?:ruta|migas) de (?:navegaci\u00f3n|pan)$|"
    r"^brotkr\u00fcmel|^kruimelpad|\u30d1\u30f3\u304f\u305a|\u9762\u5305\u5c51",
    re.IGNORECASE,
)
# The words before breadcrumbs.
YOU_ARE_HERE: Final = LazyPattern(
    r"(?:you are here|sie sind hier|vous \u00eates ici|est\u00e1s aqu\u00ed|voc\u00ea est\u00e1 aqui|"
    r"(?:sei|ti trovi) qui|(?:u|je) bent hier|jeste\u015b tutaj|вы (?:здесь|находитесь здесь)|ви тут|"
    r"(?:(?:您|你)?(?:当前|现在|目前|所在)?的?位置)|當前位置|您的位置|現在地|現在位置|현재 ?위치) ?[:\uff1a]?",
    re.IGNORECASE,
)
# The accessible name of a column beside the text.
SIDEBARS: Final = re.compile(r"(?:(?:left|main|package|primary|right|secondary|site) )?side ?bar", re.IGNORECASE)
# Elements that a page has, but a window over it has not.
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
    r"ethical-(?:alabaster|rtd|sidebar|fixedfooter|footer|dark-theme)|ea-(?:content|placement|callout)$|"
    r"adsense(?:$|[-_])|google-auto-placed$|bsa-(?:cpc|zone)|carbon-ads?(?:$|[-_])"
)
# Windows of the usual services for chats and feedback, as these name them.
CHAT_NAMES: Final = re.compile(
    r"intercom-(?:container|frame|launcher|lightweight|messenger|namespace)|crisp-(?:client|chatbox)|"
    r"drift-(?:widget|frame)|hubspot-(?:messages|conversations)-|tawk(?:chat)?-|(?:kapa|chat)-widget-container|"
    r"inkeep-(?:chat|widget|portal)|userback-(?:button|container)|usersnap-|gitter-(?:open-)?chat|olark-(?:box|launch)|"
    r"zsiq_|fc_frame|fb-customerchat|purechat-|_?hj[-_]feedback|livechat-(?:widget|container)"
)
NOTE_NAMES: Final = re.compile(
    r"onebox|admonition|callout|aside|note|tip|warning|caution|alert|hint|footnote|topic|sidebar|example"
)
# docutils' class of a box, which may also be the site's menu: that has no title with the second class.
SIDEBAR, SIDEBAR_TITLE = "sidebar", "sidebar-title"
# The boxes of notes, which begin with a label.
NOTE_BOXES: Final = LazyPattern(
    r"(?:^|[\s_-])(?:admonition|callout|notices?|note|info|tip|hint|important|warning|caution|danger|alert)(?![a-z])",
    re.IGNORECASE,
)
CONTAINERS: Final = frozenset(["div", "ul", "ol", "section", "table", "p"])
ROOTS: Final = frozenset(["html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code"])
NOTE_ROLES: Final = frozenset(["note", "doc-footnote"])
# Classes of an element that is the page's footer if it comes last.
FOOT_NAMES: Final = frozenset(["footer", "copyright", "site-info", "colophon"])
# Classes of labels above a title: Mintlify's of the name of a section; Instapaper's of what it leaves out, also as a
# theme of Hugo misspells it.
LABELS_OF_SECTIONS: Final = frozenset(["eyebrow"])
UNREAD_LABELS: Final = LABELS_OF_SECTIONS | {"instapaper_ignore", "instapaper_ignoref"}
# Elements that have a footer of their own (HTML standard, section 4.3.8).
HAVE_FOOTERS: Final = frozenset(
    ["blockquote", "figure", "section", "article", "main", "body", "aside", "details", "dd", "li", "td", "th"]
)
# Those of them that never hold most of the page.
SMALL_PARTS: Final = frozenset(["aside", "details", "dd", "li", "td", "th"])
# Elements that may hold texts such as "edit this page".
SHORT_TEXTS: Final = frozenset(["a", "small", "summary", "button", "clipboard-copy"])
# In the classes of what copies the code beside it, whatever element that is.
COPY_NAMES: Final = re.compile(r"(?:^|[-_])copy(?:$|[-_])")
# The classes of counters of readers and votes, and the elements in which such a number belongs to the text.
COUNTER_NAMES: Final = re.compile(
    r"(?:[a-z]+[-_]+)*(?:page-?views?|views?|likes?|(?:up-?)?votes?|claps?|reactions?|shares?|hits|visits)"
    r"(?:[-_]+(?:count(?:er)?|num(?:ber)?|total))?"
)
HAVE_COUNTS: Final = HEADINGS | {"td", "th", "dt", "dd", "li", "pre", "code"}
# Elements that usually stand around the content.
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
# Feedback forms and lines on who changed the page last (Docsy, Zendesk, Freshdesk, ReadMe, Mintlify, XWiki, AWS, Daux);
# the downloads and signature of Sphinx-Gallery's examples, and their titles in a gallery beside the links of the same
# words.
_FEET: Final = """
    feedback--title feedback--question feedback--response feedback--answer td-page-meta__lastmod article-votes
    vote-feedback-container modifieddate
    pagethumbs pagethumbs-helpful rm-pagethumbs suggestedits feedback-toolbar
    xdoctags xdoccreation xdoclastmodification doc-conventions devsite-github-link
    sphx-glr-footer sphx-glr-signature sphx-glr-download-link-note sphx-glr-thumbnail-title
"""
# The class of Doctum's and Sami's text for a missing description, and the elements that have it.
SAYS_NOTHING, PARAGRAPHS_OF_DOCTUM = "no-description", frozenset(["p", "em", "i", "span", "div", "td"])
# JSDoc's class of a place in the source, and the elements that have it.
SOURCE_OF_JSDOC, TERMS_OF_JSDOC = "tag-source", frozenset(["dt", "dd", "li"])
# What a script shows on demand, such as the source of a method, or when the pointer is over a name.
_ON_DEMAND: Final = """
    method-source-code ttc notable-traits icona iconfopen iconfclosed hideme mctextpopupbody popupbody
    mchelpcontrol_image_icon mcdropdown_image_icon mcexpanding_image_icon lightbox-back tab-source-code tree-legend
    fsdocs-tip
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
# What is shown in print alone, such as the title once more, or where it was printed from.
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
# nbconvert's numbers of cells; LaTeXML's marks of notes and lines, and its links to the text of a listing.
_PROMPTS: Final = """
    jp-inputprompt jp-outputprompt input_prompt output_prompt
    ltx_note_mark ltx_tag_note ltx_tag_listingline ltx_listing_data
"""
# What stands around articles: sharing buttons, comments, advertisements, banners; beside a post in a forum, how many
# its author has written; and beside a package on pkg.go.dev, such as how many others import it.
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
    jp-relatedposts postprofile postleft userinfo_extra author_statistics message-cell--user
    go-main-headerdetails go-main-headerlogo unitmeta user-greeting user-menu user-nav logged-in-as login-status
"""

# Those of _AROUND that a page about comments may give to its own text, and elements that only readers' comments hold.
COMMENTS: Final = frozenset(
    ["comments", "comment-section", "comments-section", "comments-container", "comments-wrapper", "comment-wrapper"]
)
OF_COMMENTS: Final = frozenset(["form", "textarea", "input", "button", "time", "img", "iframe", "article"])
# Those of _AROUND that follow a heading: the changes of a page and their authors (Nolebase for VitePress, VuePress).
HEADED_AROUND: Final = frozenset(["vp-nolebase-git-changelog", "vp-contributors", "vp-changelog-wrapper"])
LINE_NUMBERS: Final = frozenset(_LINE_NUMBERS.split())
PERMALINKS: Final = frozenset(_PERMALINKS.split())
# With the class of links within a page in RFCs.
OWN_PLACES: Final = PERMALINKS | {"selflink"}
# RFCs' and ReSpec's classes of a caption, or the number of an example, that links to itself.
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
# Classes of short lines that name a page or its date (DokuWiki, ReadMe), if they are a <div>: fields of a table may
# have them too.
SMALL_PRINT: Final = frozenset(["docinfo", "pageid", "updatedat", "last-modified"])
# The id of what MyST has above each page's text: its title and, in a header, who wrote it and where they work.
FRONTMATTER: Final = "skip-to-frontmatter"
# The class of the header that Writerside has above each page's article, with the site's name as a heading.
HEADER_OF_WRITERSIDE: Final = "panel__header"
# pkgdown's class of what its search leaves out: in a <small> a link to the source, elsewhere a list of related topics.
NOT_INDEXED: Final = "dont-index"
# pkgdown's class of the name of a page's source file, which is hidden.
FILE_OF_PKGDOWN: Final = "name"
# makeinfo's class of the links to the nodes around a page; Drupal gives it to any content.
NODE: Final = "node"
# The class of the number of a cell in nbsphinx's notebooks, and what it says.
PROMPT, PROMPT_TEXT = "prompt", re.compile(r"(?:(?:in|out) ?)?\[[\d ]{0,6}\]:", re.IGNORECASE)
# Those of NOT_CONTENT that a heading may have.
HEADINGS_OF_FEET: Final = frozenset(["feedback--title"])

# pdoc's and pdoc3's classes of code that a button, or a <details>, shows: the source of a function or of a whole
# module, which may be most of the page.
SOURCE_LISTINGS, SOURCE_BUTTON = frozenset(["pdoc-code", "source"]), "view-source-button"
SAYS_SOURCE: Final = re.compile(r"\bsource\b", re.IGNORECASE)

# The ids of the elements in which Sphinx and MkDocs show search results.
PLACES_OF_RESULTS: Final = frozenset(["search-results", "mkdocs-search-results"])

# The site's navigation.

LABEL_TAGS: Final = frozenset(
    ["h2", "h3", "h4", "h5", "h6", "p", "span", "summary", "button", "label", "a", "div", "strong", "dt"]
)
# mdBook's and Bootstrap's classes of a heading in a list of pages; and others' of one that is no link.
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
# The class of the item after the breadcrumbs of the Read the Docs theme, which is none of them.
BESIDE_CRUMBS: Final = "wy-breadcrumbs-aside"
# The class of the version that rustdoc and Antora write after a name, and what is none without it.
VERSION: Final = "version"
OF_VERSIONS: Final = frozenset(["release", "version"])
# Headings in the margin of a blog.
_OF_MARGIN: Final = frozenset(["recently updated", "recent posts", "latest posts", "popular posts", "trending tags"])
# Labels that say nothing about the pages below them.
HOME_LABELS: Final = WORDS_OF_WHOLE | _OF_MARGIN | {"\u00bb", "/", ">", "\u203a"}

# Prose and links.

PROSE: Final = frozenset(["p", "dd", "td", "li", "div"])
# Classes of elements beside the text, which a summary does not begin with.
ASIDE_NAMES: Final = re.compile(
    r"note|tip|warning|caution|important|admonition|callout|sidebar|topic|alert|aside|title|caption|toc|byline|"
    r"deprecated|version-?(?:added|changed|removed)"
)
# The file with the menu of a Writerside site, and an attribute by which a page is Writerside's: it does not name the
# file.
MENU_OF_WRITERSIDE, OF_WRITERSIDE = "HelpTOC.json", "data-article-props"
# The scripts that hold Doxygen's menu, and Writerside's file.
SCRIPT_MENUS: Final = frozenset(["menudata.js", "navtreedata.js", MENU_OF_WRITERSIDE])
LINKS: Final = ("a", "area", "frame", "iframe", "object", "embed")
# Relations of the pages beside this one.
SERIES: Final = frozenset(["next", "prev"])
# Classes of labels that only screen readers read.
UNSEEN_LABELS: Final = frozenset(
    [
        *("sr-only", "nx-sr-only", "x:sr-only", "_sr-only", "is-sr-only", "usa-sr-only", "show-for-sr"),
        *("visually-hidden", "visuallyhidden", "u-visually-hidden", "visually-hidden-focusable", "hide-visually"),
        *("screen-reader-text", "screen-reader-only", "element-invisible", "assistive-text"),
    ]
)
# The same with the name of a site's library before it, as GOV.UK has it for words in a sentence.
UNSEEN_IN_LINE: Final = re.compile(r"[a-z]+-(?:[a-z]-)?(?:visually-hidden|sr-only)")
# The classes of the picture of an emoji (WordPress, Discourse, Material for MkDocs, Zensical).
EMOJI: Final = frozenset(["emoji", "emojione", "gemoji", "twemoji"])
# Jupyter's alternative text for a picture that nobody described.
NO_DESCRIPTION: Final = "No description has been provided for this image"
# The classes of icon fonts that replace the element's text, the name of the icon, by the icon.
_FONTS_OF_NAMES: Final = """
    material-icons material-icons-outlined material-icons-round material-icons-sharp material-icons-two-tone
    material-symbols-outlined material-symbols-rounded material-symbols-sharp
"""
FONTS_OF_NAMES: Final = frozenset(_FONTS_OF_NAMES.split())
# Elements in which a checkbox is part of the text rather than of a form.
HAVE_CHECKBOXES: Final = frozenset(["li", "p", "td", "label"])
# Classes of signatures, as Sphinx, Doxygen, Javadoc and TypeDoc have them.
_SIGNATURES: Final = "sig memproto member-signature type-signature package-signature module-signature tsd-signature"
SIGNATURES: Final = frozenset(_SIGNATURES.split())
# Those of these whose lines end with <br>, and with line feeds.
BROKEN_SIGNATURE, FED_SIGNATURE = "tsd-signature", "member-signature"
# The class of a signature in YARD's lists of methods, before its description.
LISTED_SIGNATURE: Final = "summary_signature"
# With Doxygen's class of templates, Haddock's of declarations (elsewhere a class of code), DocBook's of the arguments
# of commands and functions, and that of the tables that Javadoc makes of <div>.
SIGNATURES_AND_TABLES: Final = SIGNATURES | {
    *("compoundtemplparams", "src", "cmdsynopsis", "funcsynopsis", "summary-table")
}
# Classes of what holds the members of a class or module, each with a description (Javadoc, ExDoc, Doxygen, rustdoc),
# and Haddock's id of the same; those of them, and the class of a member, in which each heading is of one member; the
# class of a member in Haddock's.
MEMBERS, MEMBERS_ID = frozenset(["details-list", "member-list", "memitem", "impl-items"]), "interface"
NAMED_MEMBERS, MEMBER_SECTION = MEMBERS - {"details-list"}, "detail"
MEMBER_IN_ID: Final = "top"
# Haddock's classes of a declaration and of the table beside a module's name, and its id of what holds that table.
DECLARED_BY_HADDOCK, INFO_OF_HADDOCK, HEAD_OF_HADDOCK = "src", "info", "module-header"
# Crystal's classes of a declaration and of the member that it is in.
DECLARED_BY_CRYSTAL, MEMBER_OF_CRYSTAL = "signature", "entry-detail"
# rustdoc's and DocFX' classes of what holds the link to the source, or a sign, beside a title.
BESIDE_TITLE: Final = frozenset(["out-of-band", "mobile-hide"])
# Classes of a member's name (Haddock, rustdoc), of rustdoc's headings that are code, and of its members that come from
# a trait.
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

# The classes of a picture, or a link around it, that is enlarged in the page itself.
LIGHTBOX: Final = frozenset(["lightbox", "lightbox-link"])

# docutils' classes of footnotes and citations, of the mark that one begins with, of the links back from it, and of what
# stands in brackets.
MARKED_NOTES: Final = frozenset(["footnote", "citation"])
MARK_OF_NOTE, BACK_FROM_NOTE, BRACKETED = "label", "backrefs", "brackets"
# The class around the functions of a module in Erlang's documentation, each of which is an <article>.
ERLANG_EXPORTS: Final = "exports-body"
# Asciidoctor's class of the authors and version of a page.
IMPRINT_OF_ASCIIDOCTOR: Final = "details"
# Asciidoctor's blocks, each of which has a box with the class "content" below its title, as have cells with blocks.
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

# Roles that make a table of any elements.
TABLE_ROLES: Final = frozenset(["table", "grid", "treegrid"])
CELL_ROLES: Final = frozenset(["cell", "gridcell", "rowheader", "columnheader"])

# mandoc's class of a synopsis: a table of a command's name and its arguments.
SYNOPSIS: Final = "nm"
# How the class of a row in Doxygen's tables of members begins.
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
# Attributes that hold TeX (MathJax 4 and others), and the class of what KaTeX draws beside its MathML.
TEX_ATTRIBUTES: Final = ("data-latex", "data-tex")
KATEX_DRAWN: Final = "katex-html"
# What MathJax 2 draws before the script that holds the formula.
DRAWN_FORMULAS: Final = frozenset(["mathjax", "mathjax_display", "mathjax_svg", "mathjax_svg_display", "mathjax_chtml"])
# Classes of a display formula or of what is around it.
FORMULA_APART: Final = frozenset(["katex-display", "mwe-math-fallback-image-display"])
# Sphinx' class of the number of a formula, within the formula's element.
FORMULA_NUMBERS: Final = frozenset(["eqno"])

# Code.

CODE_SPANS: Final = frozenset(["code", "kbd", "samp", "tt"])
CODE_BLOCKS: Final = frozenset(["pre", "listing", "xmp"])
# Elements among the lines of a code block that are not code.
NOT_CODE_TAGS: Final = frozenset(["button", "style", "script"])
_NOT_CODE: Final = """
    lineno linenos linenodiv lnt ln gutter rouge-gutter linenumber line-numbers-rows hljs-ln-numbers blob-num
    linenr boring copy copybtn headerlink poxy-godbolt
"""
# Classes, attributes and styles of the number of a line, which is not copied with the code (Hugo, rustdoc); CodeRay's
# class is also Prism's of a block with line numbers.
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
# Those of these that may also hold all of the code; and cells, which stand side by side.
CODE_HOLDER_TAGS: Final = frozenset(["div", "li", "tr", "section", "article"])
BESIDE_IN_CODE: Final = frozenset(["td", "th"])
CODE_LINE_NAMES: Final = re.compile(r"(?:[a-z\d]+[-_]{1,2})*(?:code|listing)?line")
CODE_LINE_ATTRIBUTES: Final = frozenset(["data-line", "data-line-number"])
CODE_LINE_IDS: Final = re.compile(r"(?:LC?|line[-_]?)\d{1,6}", re.IGNORECASE)
# The class of a line that is the row of a table elsewhere.
CODE_ROW: Final = "row"
# The classes of a line in Ace, Monaco and CodeMirror, and of what may hold all lines.
EDITOR_LINES: Final = frozenset(["ace_line", "view-line", "cm-line", "codemirror-line"])
_EDITORS: Final = """
    ace_editor ace_content ace_layer ace_text-layer monaco-editor view-lines cm-editor cm-content codemirror
    codemirror-lines codemirror-code
"""
EDITORS: Final = frozenset(_EDITORS.split())
CODE_LINE_STYLE: Final = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table-row)", re.IGNORECASE)
# A style that keeps the line feeds of inline code.
KEEPS_LINES: Final = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
MONOSPACED: Final = re.compile(r"(?:^|;)\s*font(?:-family)?\s*:[^;]*\bmonospace\b", re.IGNORECASE)
FRAGMENT, FRAGMENT_LINE = "fragment", "line"
# Word's class of the title of a document, and the style of the space that it sets between the sign of an item and its
# text.
TITLE_OF_WORD, AFTER_MARK_OF_WORD = "msotitle", re.compile(r"(?:^|;)\s*font:\s*7(?:\.0)?pt", re.IGNORECASE)
# Natural Docs' classes of the elements that lay out a prototype, by their tags.
PROTOTYPES: Final = {"table": "prototype", "div": "ndprototype"}
# The classes of cppreference's tables of declarations, and of the code in them, before that of its language.
DECLARATIONS, GESHI = "t-dcl-begin", "mw-geshi"
# Scribble's class of the text of a page, and of the column that it is in, beside the contents of the manual.
MAIN_OF_SCRIBBLE, COLUMN_OF_SCRIBBLE = "main", "maincolumn"
# The classes of the tables in which Scribble, for Racket, has a line of code or of a signature in each row, and of the
# quotations that it indents them with.
CODE_OF_SCRIBBLE: Final = frozenset(["rktblk", "rboxed"])
# Scribble's class of grammars, and all of these.
GRAMMAR_OF_SCRIBBLE: Final = "specgrammar"
TABLES_OF_SCRIBBLE: Final = CODE_OF_SCRIBBLE | {GRAMMAR_OF_SCRIBBLE}
INDENTED_BY_SCRIBBLE: Final = frozenset(["scodeflow", "svinsetflow", "subflow"])
# The classes of coqdoc's code, and of a word in it.
CODE_OF_COQDOC, CODE_SPAN_OF_COQDOC, WORD_OF_COQDOC = "code", "inlinecode", "id"
# Classes of tokens of code in Pygments, Rouge, Prism, highlight.js and GitHub.  Those of the first two have one or two
# characters, except for advertisements and line numbers.
TOKENS: Final = r"(?!(?:ad|ln)\")[a-z][a-z\d]?|cpf|err|hljs-\w+|pl-\w+|token(?: [\w-]+)+"
# The class of VitePress's label for the language of a code block.
CODE_LABEL: Final = "lang"
# jazzy's class of that label, and of its parent, which also holds the code.
LABEL_OF_JAZZY, CODE_OF_JAZZY = "aside-title", "language"
# Classes of highlighters that name the language in another class of the same element.
HIGHLIGHTERS: Final = frozenset(
    ["hljs", "makeup", "sourcecode", "highlight", "src", "prettyprint", "code", "programlisting", "rust", "syntaxhl"]
)
LANGUAGES_OF_PRE: Final = ("lang", "syntax")
LANGUAGE_ATTRIBUTES: Final = ("data-lang", "data-language", "data-code-language", "data-enlighter-language", "language")
# Confluence's attribute with the language among other parameters.
BRUSH_ATTRIBUTE, BRUSH = "data-syntaxhighlighter-params", re.compile(r"(?:^|;)\s*brush:\s*([\w+#.-]{1,30})")
LANGUAGE_CLASS: Final = re.compile(
    r"(?:mw-highlight-lang|ltx_lst_language|language|lang|highlight-source|highlight|brush|src|sourceCode|hl(?=-ipython))"
    r"[-_:]\s*([\w+#.-]{1,30})",
    re.IGNORECASE,
)
LANGUAGE: Final = re.compile(r"[A-Za-z0-9][\w+#.-]{0,29}")
# php.net's class of a language: its name and this word.
LANGUAGE_AND_CODE: Final = re.compile(r"([a-z]+)code")
# Classes of the source of a diagram, which is a language as well.
DIAGRAMS: Final = frozenset(["mermaid"])
# KaTeX's classes of what stands beside a letter above or below its line, of the box in it if some of that is below, and
# of what holds both, each as one element.
SCRIPTS_OF_KATEX, WITH_INDEX_OF_KATEX, ROWS_OF_KATEX = "msupsub", "vlist-t2", "vlist"
# Classes and styles with the effect of <sup> and <sub>.
SCRIPT_NAMES: Final = {"superscript": "^", "subscript": "_"}
SCRIPT_STYLE: Final = re.compile(r"vertical-align\s*:\s*(sup|sub)(?:er)?\b", re.IGNORECASE)
# The class of the checkbox that shows a margin note on small screens, in Tufte's style.
TOGGLES: Final = frozenset(["margin-toggle"])
# The classes of a margin note, which is written within the sentence it belongs to (Tufte's style, Quarto, themes).
MARGIN_NOTES: Final = frozenset(["sidenote", "marginnote", "side-note", "margin-note", "margin-aside"])
# MediaWiki's classes of a fraction, whose sign between the numbers is hidden, or drawn as a line.
FRACTIONS: Final = frozenset(["frac", "sfrac"])
# Javadoc's classes of the "See Also" list.
SEE_ALSO: Final = frozenset(["see-list", "see-list-long", "tag-list", "tag-list-long"])
# docutils' classes of the type after a term, and of a list of fields: the theme writes the colon of both.
CLASSIFIER, FIELD_LIST = "classifier", "field-list"
# Icons that stand for checkboxes (Font Awesome, Bootstrap, Material Design, Glyphicons, Notion), each with whether it
# is checked.
BOX_ICONS: Final = {
    **dict.fromkeys(["fa-check-square-o", "fa-check-square", "fa-square-check", "bi-check-square"], True),
    **dict.fromkeys(["bi-check-square-fill", "bi-check2-square", "mdi-checkbox-marked", "checkbox-on"], True),
    **dict.fromkeys(["mdi-checkbox-marked-outline", "glyphicon-check"], True),
    **dict.fromkeys(["fa-square-o", "bi-square", "mdi-checkbox-blank-outline", "glyphicon-unchecked"], False),
    "checkbox-off": False,
}
# Confluence's class of a list of tasks.
TASKS_BY_CLASS: Final = "inline-task-list"
# Classes by which code, formulas, signatures, tables, exponents and checkboxes are recognised.
_MARKED: Final = (MARKED_NOTES, FORMULA_NAMES, SIGNATURES, DIAGRAMS, EDITORS, SCRIPT_NAMES, BOX_ICONS, SUMMARY_COLUMNS)
MARKED: Final = frozenset[str]([FRAGMENT, "fa-square", SCRIPTS_OF_KATEX, *MARGIN_NOTES]).union(*_MARKED)
NO_LANGUAGE: Final = frozenset(
    "none default undefined unknown null auto nohighlight no-highlight code plain wrapper".split()  # noqa: SIM905
)
_LANGUAGE_NAMES: Final = """
    ada bash c clojure cmake cpp csharp css cuda dart diff dockerfile elixir elm erlang fortran fsharp go graphql groovy
    haskell hcl html http ini java javascript js json json5 jsonc jsx julia kotlin latex lisp lua makefile markdown
    matlab nginx nix objectivec ocaml octave pascal perl php plaintext powershell prolog properties proto protobuf pycon
    python python3 r racket rst ruby rust sass scala scheme scss sh shell solidity sql swift tcl text toml ts tsx
    typescript verilog vhdl vue xml yaml yml zig zsh console
"""
LANGUAGES: Final = frozenset(_LANGUAGE_NAMES.split())
