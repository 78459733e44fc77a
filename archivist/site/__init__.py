"""What a reader sees: pages, files, and the text in them."""
