"""Decides what in a page's tree is its content: `boilerplate` drops what never is, `main_element` picks the rest."""
