"""What grouping ships: counts of words, the scorer of two accounts; and our labels of copies."""
