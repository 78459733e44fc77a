"""Pages of the site, a module a kind."""
