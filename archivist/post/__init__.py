"""A post as a file: read, checked, normalised. Nothing here imports Sphinx."""
