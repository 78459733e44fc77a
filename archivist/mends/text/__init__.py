"""The text of a post, written as this archive reads it."""
