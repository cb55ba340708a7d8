"""Finds a page's place in its site, by the site's navigation, the page's breadcrumbs and lists of contents."""
