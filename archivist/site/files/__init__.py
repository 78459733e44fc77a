"""Files of the site that are no pages, a module a kind."""
