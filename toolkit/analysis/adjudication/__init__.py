"""What two annotators agree on and what they do not; decisions on it, and the gold they make."""
