"""Use cases of projects: one, many, their export, and those that are deleted after a day."""
