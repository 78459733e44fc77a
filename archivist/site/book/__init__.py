"""The book: an EPUB of all posts."""
