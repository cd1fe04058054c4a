"""What the running text says in figures, and what those figures should agree with."""
