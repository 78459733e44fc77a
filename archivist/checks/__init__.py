"""Checks: what the files of docs/ may hold, and what a writer is told."""
