"""The rules: projects, runs, schedules, addresses.  Pure: nothing here reads a clock, a socket or a random number.

What becomes of a schedule is decided in `cursor.py` as a change of data, which the store writes in one
transaction; so the same decisions can be run by a model without any server.
"""
