"""Markdown cut up: what GitHub and others write that CommonMark leaves out, read as it was meant."""
