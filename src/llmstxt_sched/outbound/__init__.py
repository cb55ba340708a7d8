"""All that leaves the process goes through one gate, by one client.

client            the only place that opens connections to strangers
gate              which address may be asked for, and which may be dialled
networks          what is not the public internet
content_encoding  compressed bodies, within a budget
headers           reading response headers
"""
