"""A built site beside the export it came from."""
