"""The crawler: takes a start URL and limits, returns pages.  A library that knows nothing of Redis or Postgres.

`fetch_result` and `signatures` decide what an answer is; `canonical`, `copies` and `soft_404`, with `likeness`, whether
it is a page of its own; `frontier`, `robots` and `sitemap` what comes next.  `markdown_page` and `own_markdown` deal
with what a site serves as Markdown.  Those that do I/O are `visit`, `copy_fetcher`, `robots_cache`, `discovery`, `pace`
and `parser_pool`.  `ordered_tasks` and `journal` keep the results in order, and `crawl` connects them all.
"""
