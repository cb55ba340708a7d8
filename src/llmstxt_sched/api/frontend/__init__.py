"""What browsers get: the page, and its scripts, styles and pictures."""
