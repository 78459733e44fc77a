"""What has one right answer in a text, put right."""
