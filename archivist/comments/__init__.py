"""Comments of the time: their file and their text."""
