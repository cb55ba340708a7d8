"""Knows descriptions that nobody wrote: those of generators, their starters and templates that were not filled in."""

from __future__ import annotations

import re

# A description of fewer words says nothing.
_MIN_WORDS = 3
# What generators write, and what stands in their templates until somebody writes a description.
_FILLER = re.compile(
    r"description will go into a meta tag\b|api documentation for the rust\b|declaration: (?:package|module|class)\b|"
    r"(?:(?:package|module) index|deprecated elements|help|(?:class )?tree(?:: .*)?|(?:(?:class )?use|source): .*)$|"
    r"(?:documentation|reference) for \S+?\.?(?::.*)?$|(?:a|my|your) (?:vite|vue)press (?:site|blog)\b|"
    r"just another wordpress\b|"
    r"web site created using create-react-app\b|kick off your next, great\b|write an awesome description\b|"
    r"(?:(?:api|source|code|reference) ){0,2}(?:documentation|docs|reference|manual)(?: (?:for|of) [^.]{1,60}?)?,? "
    r"(?:auto-?|automatically )?(?:generated|created|built) (?:by|with|using|from) [^.]{1,40}\.?$|"
    r"(?:generated|created|built|powered) (?:by|with|using) \S+(?: \S+){0,2}\.?$|lorem ipsum\b|"
    r"(?:todo|tbd|none|null|undefined|n/a|untitled|module documentation)\W*$|(?:undefined\W*)+$|"
    r"(?:\S+(?: \S+)? )?api docs\b.{0,300}, for the dart programming language\W*$|"
    r"defined in(?::? ?\S+:)?\d+$|"
    r"source (?:code )?of the rust file(?: `|:|\.?$)|list of all items in this crate\b|redirection to \S+$|"
    r"welcome to (?:astro|vitepress|docusaurus|nuxt|gatsby)\W*$|make beautiful websites with next\.js\b|"
    r"nextra: the next docs builder\W*$|slate: api documentation\W*$|table of contents\W*$|"
    r"(?:project )?documentation (?:built )?with (?:mkdocs|markdown|sphinx|docusaurus)\W*$|"
    r"(?:an? )?(?:jekyll|hugo|hexo|pydata sphinx|sphinx) theme(?: for \S+(?: \S+)?)?\W*$|"
    # A description of a site that says no more than its name.
    r"(?:(?:welcome to )?the )?(?:official )?\S+(?: \S+)? home ?page\W*$|"
    r"(?:an? )?starter template for \S+\W*$|an? (?:static|awesome \w+) (?:web)?site\W*$",
    re.IGNORECASE,
)
# "A Vue.js project", "Astro's default starter".
_STARTER = re.compile(
    r"(?:an? |my )?(?:new )?(?:(?:vue|nuxt|next)(?:\.js)?|gatsby|svelte(?:kit)?|react|astro|angular|vite(?: \+ \w+)?|"
    r"jekyll|hugo|hexo|eleventy|starlight|docusaurus|nextra|gitbook|mkdocs|sphinx)(?:'s)?"
    r"(?: (?:default|demo|basic|static|docs))?"
    r" (?:project|app|site|website|starter|blog|theme|template|description)\W*$|"
    r"vite \+ \w+\W*$",
    re.IGNORECASE,
)
# "Enter your description here", "This is the site's description".
_OF_DESCRIPTION = re.compile(
    r"(?:this is |(?:(?:todo|fixme)\W+)?(?:write|enter|add|put|type|insert) )?(?:an? |the |my |our |your )?"
    r"(?:(?:short|brief|sample|example|default|meta|site|page|app|website|blog|project)(?:'s)? )*"
    r"description(?: (?:goes )?here| of (?:the|this|my|your) (?:page|site|website|project))?\W*$",
    re.IGNORECASE,
)
# Gaps that a template has left unfilled; the documentation of templates is full of them.
_GAP = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|<%[^<>]*%>|[$#]\{[^{}]*\}|\[object Object\]")
# A gap that the template of a page begins with.
_OF_PAGE = re.compile(
    r"\W{1,3}[=\- ]*(?:block )?(?:\$?(?:page|site|post|meta)\.\w+|title|desc(?:ription)?|summary|excerpt)"
    r" ?[-%]?\W{1,2}",
    re.IGNORECASE,
)


def is_filler(text: str) -> bool:
    """Whether a description is what a generator or a template writes where nobody wrote one."""
    return any(each.match(text) for each in (_FILLER, _STARTER, _OF_DESCRIPTION)) or _has_gap(text)


def says_too_little(text: str) -> bool:
    """Whether a description is no more than two words ("Command line"); other scripts do not tell by spaces."""
    return text.isascii() and len(text.split()) < _MIN_WORDS


def _has_gap(text: str) -> bool:
    """Whether a description says too little without what a template has not filled in, or is all a template."""
    rest, gaps = _GAP.subn("", text)
    first = _GAP.match(text)
    return gaps > 0 and (
        len(rest.split()) <= _MIN_WORDS or (first is not None and _OF_PAGE.fullmatch(first[0]) is not None)
    )
