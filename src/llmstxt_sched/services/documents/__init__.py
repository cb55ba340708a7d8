"""What the service writes: which pages, as which version; and reading it back: files, changes, reasons, a check."""
