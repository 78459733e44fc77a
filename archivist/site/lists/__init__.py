"""Lists of posts: where their pages are cut, what an entry shows, how many a month holds."""
