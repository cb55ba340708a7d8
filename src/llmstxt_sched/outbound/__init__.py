"""Outbound HTTP: one client, and one gate that every request to the internet passes.

client            the only module that connects to hosts outside the service
gate              which URLs may be fetched, and which IP addresses may be connected to
networks          the networks that are not part of the public internet
content_encoding  decompression of bodies, within a size limit
headers           parsing of response headers
"""
