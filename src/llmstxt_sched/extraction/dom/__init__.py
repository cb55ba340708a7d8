"""From a page's bytes to its tree: the encoding, a bound on nesting, the parsers, and the tree itself."""
