"""The HTTP API: one module for each noun, with a Controller and its wire structs.

The wire structs are separate from the structs of `store`, so that renaming a column does not change the API.
"""
