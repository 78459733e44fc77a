"""What a reader takes away: the parts of a book, and a copy to read from a folder."""
