"""One delivery each: webhooks, chats, mail, heartbeats, deploy hooks and Git repositories.

Each sender takes what is to be told and returns the answer that it got; it neither knows the database nor decides
whether to try again.  HTTP goes through the outbound client, so that every address passes the gate; mail goes to the
server of the operator's settings.

Chats are webhooks in the form that each of them takes.  Apprise knows many more, but sends by `requests`:
synchronously, with redirects and name look-ups of its own, past the one client whose gate checks each address that the
service connects to.
"""
