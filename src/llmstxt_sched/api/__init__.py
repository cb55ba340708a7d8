"""HTTP in: a Controller a noun, its wire structs above it, so that a renamed column is no change of the API."""
