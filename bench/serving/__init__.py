"""Published documents over HTTP, beside a bare application of the same server and, where there is one, nginx.

load      keep-alive connections that ask for one file without a pause, in a process of their own
bare      the same bytes by uvicorn and an application that does nothing else
nginx     the same files by nginx
"""
