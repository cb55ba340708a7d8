"""The crawler: takes a start URL and limits, returns pages.  A library that knows nothing of Redis or Postgres.

The modules that decide are `frontier`, `canonical`, `robots` and `sitemap`.  Those that do I/O are `visit`,
`robots_cache`, `discovery`, `pace` and `parser_pool`.  `ordered_tasks` and `journal` keep the results in order, and
`crawl` connects them all.
"""
