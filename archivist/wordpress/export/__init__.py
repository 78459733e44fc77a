"""A WordPress export: its records, and what becomes of each."""
