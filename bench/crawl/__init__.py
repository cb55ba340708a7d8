"""A whole crawl by the service, beside what others do with the same pages, and the API and the memory meanwhile.

site       many pages of one size on 127.0.0.1, in a process of its own
processes  the processor time and the memory of a process and of all that it started
service    the service in a process of its own, with its Postgres and its Valkey
latency    how long the API takes to answer
meanwhile  both, for many tiny pages
spiders    Scrapy and Crawlee with html-to-markdown, in an environment of their own
speed      the service, `generate` and the others on the same pages
"""
