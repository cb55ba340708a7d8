"""The documents of projects: `writing` makes a version of them; the rest reads them back: files, changes, reasons."""
