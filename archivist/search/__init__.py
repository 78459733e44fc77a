"""The index of the site, made for French: words, lexicon, Pagefind's files, related posts."""
