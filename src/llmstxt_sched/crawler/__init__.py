"""The crawler: takes a start URL and limits, returns pages.  A library that knows nothing of Redis or Postgres.

`fetch_result` and `binary_files` decide what an answer is, `identity` whether it is a page of its own.  `frontier`,
`robots`, `sitemaps` and `revisits` decide what is fetched next, `failing_server` whether to go on.  `site_markdown`
deals with pages that a site serves as Markdown.  `visit`, `robots`, `sitemaps`, `host_pace` and `parser_pool` do I/O.
`ordered_tasks` and `journal` keep the results in order, and `crawl` connects them all.
"""
