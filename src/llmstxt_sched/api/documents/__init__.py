"""What the service wrote: its files, what changed in them, the pages they came from, and what the site serves."""
