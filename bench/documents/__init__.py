"""Our reader of pages beside others, on one site that several generators of documentation build.

source      what a page of the site is made of
pages       the site's pages
markup      a page as Markdown, reStructuredText and AsciiDoc
generators  the generators, and how each builds the site
ours        the pages read by the service's own reader
rivals      the pages read by trafilatura and html-to-markdown, in an environment of their own
defuddle    the pages read by defuddle, where node is
score       what each of them made of the pages, against their source
speed       two pages to take the time on, as large as many pages are and as large as some
"""
