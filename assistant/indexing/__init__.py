"""Index generations: built aside, verified, swapped in atomically, rolled back."""
