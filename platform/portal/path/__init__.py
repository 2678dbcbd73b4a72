"""My path and its steps: a learner's home."""
