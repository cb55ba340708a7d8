"""What runs saw and wrote: pages, versions, changes, and to whom they are told in public."""
