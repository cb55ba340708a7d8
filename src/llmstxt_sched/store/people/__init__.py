"""The records of users, their sessions, sign-in links and tokens, and the audit log."""
