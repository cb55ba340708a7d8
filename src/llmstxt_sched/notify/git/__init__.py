"""The documents in a Git repository, by the REST APIs of GitHub and GitLab: as commits, or as one open request.

Whatever was tried before, the bytes in the repository are compared first: what is there already is not written again,
so an attempt whose answer was lost does no harm.  Nothing is forced, and no redirect is followed, because a token must
not go where nobody sent it.
"""
