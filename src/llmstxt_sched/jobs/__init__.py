"""All of Redis: an index of what Postgres holds, which may vanish at any time and be rebuilt.

`scheduled:jobs` holds what is to come, `generate:queue` what may start now, `job:{id}` what people see of a
job.  Nothing here decides whether a run happens; it makes it happen soon.

Scripts take 10 ids at a time, a tenth of a millisecond, so that none takes more than five even where each id costs
thirty times that: while the server writes its file anew in a copy of itself, every page of memory that is written to
is copied first, which on a virtual machine showed 25 ids taking 9 ms, and 10 hardly more than 4.  250 ids took 2.9 ms
without it.  A tick is no slower for small scripts; sent in a pipeline they would be faster, but keep the server busy
for so long that others take its processor from it in the middle of one.  What need not be conditional is a transaction
and no script, although a script costs the client a third less: what holds the machine up is then the time of one
short command.
"""
