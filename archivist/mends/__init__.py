"""What has one right answer, mended: the text that a writer meant, in this archive's Markdown."""
