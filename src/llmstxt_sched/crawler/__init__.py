"""The web: a start URL and limits in, pages out.  A library that knows nothing of Redis or Postgres.

Besides the rooms that the architecture names, the crawl is cut into what decides (`frontier`, `settle`,
`robots`, `sitemap`), what acts (`fetch`, `manners`, `visit`, `discover`) and what keeps order (`inorder`,
`journal`); `crawl` puts them together.
"""
