"""Hides pydantic from the services that tests start: Litestar loads it wherever it is, a twelfth of what a start takes.

It is here for clients of the API alone; where the service is installed it is not.
"""

raise ImportError
