"""Dates: read, written, spelled in French; the day of a build."""
