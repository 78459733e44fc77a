"""The index of the site, made for French: words, lexicon, where words stand, related posts."""
