"""What becomes of the text of a document on its way to HTML."""
