"""Pictures: read once, judged by what decoding them takes, cleaned of all that is not drawn."""
