"""The tick and the worker at full load, beside what others do with the same number of jobs.

service   the parts of the service that are measured, wired as the service wires them
fill      many projects with a schedule, a part of them due
ticks     one tick over all that is due
crawls    claim, finish and settle of runs whose crawl finds nothing
outbox    what an event costs the settle that writes it
years     settles on the first day, and after a year of daily runs
bare      inserts of the same rows and nothing else, on the same disk
naive     the loop that is often written first
rivals    arq and rq-scheduler, in an environment of their own
pauses    how long Redis stood still, and because of what
"""
