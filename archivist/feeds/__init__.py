"""Feeds: what is new, for readers that are programs."""
