"""What a reader sees: one Sphinx extension a module, listed in docs/conf.py."""
