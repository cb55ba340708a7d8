"""Jobs in: a pool of coroutines that take runs from `generate:queue` and see them to their end."""
