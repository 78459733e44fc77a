"""Formats that other programs read, written from plain records."""
