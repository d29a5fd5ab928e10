"""Checking: what must be true of the result, whoever made it."""
