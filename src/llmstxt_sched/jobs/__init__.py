"""All of Redis: an index of what Postgres holds, which may vanish at any time and be rebuilt.

`scheduled:jobs` holds what is to come, `generate:queue` what may start now, `job:{id}` what people see of a
job.  Nothing here decides whether a run happens; it makes it happen soon.

Scripts take 100 ids at a time: 250 took 2.9 ms of a Redis that shares two cores with everything else, where
100 take one.  What need not be conditional is a transaction and no script, although a script costs the
client a third less: Redis looks at the clock between a transaction's commands, and a moment in which the
machine had other things to do is then that of one short command.
"""
