"""Intervals, paired tests, corrections and planning, from counts of documents alone."""
