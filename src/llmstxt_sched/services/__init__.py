"""Use cases: one transaction, then one push to Redis.

The transaction is the deed; the push only makes it quick, and may be lost: the tick's reconciling step
finds what Postgres holds and Redis doesn't.
"""
