"""Links to other sites: what became of them, where a copy is. Asks the web; never in a build."""
