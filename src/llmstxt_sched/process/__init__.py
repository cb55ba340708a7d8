"""What runs the process.

supervise     the members of the process: started, started again, stopped by stages
serve         an ASGI app on a socket that is already bound
waiting       for servers at the start; for the stop or a time
outage        a server that is away is said once
crash_points  death on purpose, for tests
"""
