"""The commands of `archivist`, a module each."""
