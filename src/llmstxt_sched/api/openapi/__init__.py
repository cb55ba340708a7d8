"""The description of the API in OpenAPI 3.1, made from the handlers, their types and a file of words.

Not Litestar's own: it describes a list of structs by the type of the list, leaves out what is nested in a default, and
knows nothing of errors.  msgspec, which reads and writes every body, says what it takes.
"""
