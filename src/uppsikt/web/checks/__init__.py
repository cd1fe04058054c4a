"""Check any report: bring a file, see what in it does not hang together, take the marked report along."""
