"""All access to Redis, which holds an index of what is in Postgres: it may vanish at any time and is then rebuilt.

`scheduled:jobs` holds upcoming jobs, `generate:queue` jobs that may start now, and `job:{id}` what is shown of a job.
Nothing in Redis decides whether a run happens; Redis only makes it happen soon.  `pace:{host}`, `robots:{origin}` and
`limit:{what}:{who}` keep the delay between requests to a host and copies of robots.txt, and count what clients do,
across all replicas.

A Lua script blocks the whole server, so each gets at most 10 ids.  That normally takes 0.1 ms and stays below 5 ms in
the worst case: while the server forks to rewrite its append-only file, every page of memory that is written to must
be copied first.  Measured on a virtual machine during such a rewrite: 25 ids took 9 ms, 10 ids about 4 ms (without a
rewrite, 250 ids took 2.9 ms).  Scripts are sent one after another, not pipelined or several at a time: that would be
faster, but keeps the server busy for so long that the operating system preempts it in the middle of a script.

What needs no condition is done in a transaction instead of a script.  It costs the client half as much again, but
blocks the server only for one short command at a time.
"""
