"""The documents over HTTP: the files, their changes, the pages they were made from, and what the site itself serves."""
