"""Measurements of the service on servers of its own; `make bench` runs them."""
