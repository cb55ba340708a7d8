"""The crawler: takes a start URL and limits, returns pages.  A library that knows nothing of Redis or Postgres.

What an answer is, is decided by `fetch_result` and `signatures`, whether it is a page of its own in `identity`, what
comes next by `frontier`, `robots`, `sitemaps` and `revisits`, whether to go on by `strain`.  `site_markdown` deals with
what a site serves as Markdown.  `visit`, `robots`, `sitemaps`, `host_pace` and `parser_pool` do I/O.
`ordered_tasks` and `journal` keep the results in order, and `crawl` connects them all.
"""
