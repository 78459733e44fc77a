"""A deposit: a bag, a WARC of the site, how its sources are cited."""
