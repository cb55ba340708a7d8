"""Names that documentation generators and widespread themes give to what is not content.

Compared whole and in lower case with each class and id of a page: a part of a name says too little.
"""

from __future__ import annotations

# Permalinks.
_PERMALINKS = """
    headerlink hash-link header-anchor heading-anchor anchorjs-link anchor-link sl-anchor-link direct-link
    permalink anchor-heading octicon-link subheading-anchor
"""
# Buttons, and what tells a code block's language to the eye.
_BUTTONS = """
    md-clipboard copybtn copy-btn copy-button copybutton clipboard-button clipboard btn-copy
    copy-code-button code-copy source-toolbox
"""
# Ways to change the page.
_EDITING = """
    edit-this-page theme-edit-this-page edit-link editlink edit-page-link md-content__button md-source-file
    md-feedback feedback page-feedback td-page-meta toolbar edit-page page-edit edit-on-github view-source
    viewcode-link viewcode-back mw-editsection
"""
# Where the page stands, and what is beside it.
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
# What sites put around articles.
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
