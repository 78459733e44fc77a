"""What has one right answer in a post, mended: its header, its text, its place, its pictures."""
