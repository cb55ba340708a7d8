"""Pages that a site serves as Markdown: `own_copy` and `markdown_page` say what is one, `copy_fetcher` asks for it."""
