"""Use cases: each is one transaction in Postgres, followed by one push to Redis.

The transaction is what counts.  The push only makes things happen sooner and may be lost: the scheduler's tick finds
what is in Postgres but not in Redis (`maintenance/reconcile.py`).
"""
