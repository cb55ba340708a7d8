"""What the items of a list begin with, a number or a checkbox, and what a description list holds.  Pure."""
