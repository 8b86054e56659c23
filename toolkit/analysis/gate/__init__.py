"""The gate: whether a change of an extractor may pass, judged on gold against a baseline."""
