"""What a post is cited by: a reference to read, and records for reference managers."""
