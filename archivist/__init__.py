"""The machine behind the archive: posts as files in, a site out."""

__version__ = "1.0.0"
