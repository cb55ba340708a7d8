"""All access to Postgres: one module for each noun, with functions that take the connection as first argument.

The statements are in `sql/queries/<noun>.sql`, each with a name and a comment on its purpose.  To avoid deadlocks,
locks are taken in the same order everywhere: project (FOR KEY SHARE), schedule (FOR UPDATE), run.
"""
