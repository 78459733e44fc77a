"""What WordPress's export means: its paragraphs, its shortcodes."""
