"""A question and its verdict."""
