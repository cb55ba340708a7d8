"""Keeps a website's llms.txt true: crawls it, writes its documents, and does it again on a schedule."""
