"""What WordPress wrote and showed, read as blocks."""
