"""Targets of notifications, the log of deliveries, and the links in mails, over HTTP."""
