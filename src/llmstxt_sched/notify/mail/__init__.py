"""Mail: its texts from templates, its form by RFC 5322, and the server of the operator's settings that takes it."""
