"""What a text may be written with: characters, YAML, HTML, Markdown, and how much of each."""
