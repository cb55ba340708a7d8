"""Reads what a page shows once its reader asks for it: tabs, what a button unfolds, popovers, tooltips.  Pure."""
