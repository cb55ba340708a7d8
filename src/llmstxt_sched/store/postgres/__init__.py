"""Postgres itself: connections, migrations, statements, rows, dumps."""
