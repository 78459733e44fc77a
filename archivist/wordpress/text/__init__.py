"""Blocks as Markdown, each proved by reading it back."""
