"""The crawl: a start URL and limits in, pages out.  A library that knows nothing of Redis or Postgres.

Some modules decide (`frontier`, `canonical`, `robots`, `sitemap`), some act (`visit`, `robots_cache`, `discovery`,
`parser_pool`), some keep order (`ordered_tasks`, `journal`); `crawl` puts them together.
"""
