"""Finds a page's place in its site, as the site's navigation, the page's breadcrumbs and lists of contents say it."""
