"""Looks at the pages of a service that is filled for it: pictures, and how fast they are."""
