"""Running the process.

supervise      starts the members of the process, restarts them after a crash, stops them in stages
serve          serves an ASGI app on a socket that is already bound
http_protocol  one HTTP connection, with limits on what a client can use up
status_phrase  what a status of HTTP is called
right_of_way   has crawls wait while a request is answered
threads        has the event loop wait little for threads that compute
private_file   files that hold a secret
waiting        waits for servers at the start, and for the stop event or a timeout
child_pool     has child processes work on one message after the other
child_process  starts them, confined
garbage        tunes the collection of garbage
outage         logs the beginning and the end of a server's outage once each
crash_points   ends the process on purpose, for tests
"""
