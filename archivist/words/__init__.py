"""Words that stay: what a checksum is made of, and what has changed."""
