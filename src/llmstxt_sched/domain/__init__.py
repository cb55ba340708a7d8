"""The rules for projects, runs, schedules and addresses.  Pure: no clock, no I/O, no random numbers.

`schedule.moves` decides what happens to a schedule and returns it as data, which the store writes in one transaction.
Tests can therefore run the same decisions in a model without any server.
"""
