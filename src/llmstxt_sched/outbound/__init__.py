"""Outbound HTTP: one client, and one gate that every request to the internet passes.

client            the only module that connects to hosts outside the service
redirects         where a redirect leads, and following it hop by hop
responses         the head and the body of a response, within a budget
failures          why there was no response, in words
origin_headers    headers for one origin alone
traffic           counts of what a client sent and received
dial              names to addresses, and a socket for each that the gate lets through
gate              which URLs may be fetched, and which IP addresses may be connected to
allowed           the networks and names that the operator allows beside the public internet
own_ports         the ports of the service itself, which the gate refuses
networks          the networks that are not part of the public internet
content_encoding  decompression of bodies, within a size limit
headers           parsing of response headers
"""
