"""What a reorganisation brings with it: money left behind, budget to move, roles, rounds and statements."""
