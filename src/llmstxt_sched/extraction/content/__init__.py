"""Decides what in a page's tree is its content: `boilerplate` drops what never is, `main_content` picks the rest."""
