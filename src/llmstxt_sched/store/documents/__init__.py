"""Pages that runs saw, the versions and changes that they wrote, and what of them is public."""
