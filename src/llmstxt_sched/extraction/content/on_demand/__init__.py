"""Reads what a page shows on demand: tabs, folded parts, popovers, tooltips.  Pure."""
