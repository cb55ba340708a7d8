"""The command line: `main` reads it, and each command has a module of its own."""
