"""Words: how texts and searches are taken apart, the same on every database."""
