"""Posts that move or go: every address that answered goes on answering."""
