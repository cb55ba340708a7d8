"""All of Redis: an index of what Postgres holds, which may vanish at any time and be rebuilt.

`scheduled:jobs` holds what is to come, `generate:queue` what may start now, `job:{id}` what people see of a
job.  Nothing here decides whether a run happens; it makes it happen soon.
"""
