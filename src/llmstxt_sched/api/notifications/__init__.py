"""Who is told of what, over HTTP."""
