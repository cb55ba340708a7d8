"""What a site's sitemaps and its own llms.txt list."""
