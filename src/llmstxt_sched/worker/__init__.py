"""The worker: a pool of coroutines that take jobs from `generate:queue` and carry out their runs."""
