"""A blog in Markdown, brought over: places and names; what its texts become is the mends' to say."""
