"""Mail to people: whose addresses may be written to, when, and what each mail says."""
