"""All of Redis: an index of what Postgres holds, which may vanish at any time and be rebuilt.

`scheduled:jobs` holds what is to come, `generate:queue` what may start now, `job:{id}` what people see of a
job.  Nothing here decides whether a run happens; it makes it happen soon.

Scripts take 25 ids at a time, which is a quarter of a millisecond: 250 took 2.9 ms of a Redis that shares two
cores with everything else, and whatever holds the machine up for some milliseconds comes on top; with 25 that
was above five a third as often as with 50.  A tick is no slower for it.  What need not be
conditional is a transaction and no script, although a script costs the client a third less: what holds the
machine up is then the time of one short command.
"""
