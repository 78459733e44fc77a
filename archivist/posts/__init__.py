"""Posts, pages and registers: what the files of docs/ say."""
