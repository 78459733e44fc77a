"""A build: what it is made of, what it goes on from, how it is put in place."""
