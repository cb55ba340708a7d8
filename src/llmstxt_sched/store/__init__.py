"""All of Postgres: one file a noun, functions that take the connection first.

Statements live in `sql/queries/<noun>.sql`, each with a name and a sentence on what it is for.  Locks are
taken in one order everywhere: project (FOR KEY SHARE), config, run.
"""
