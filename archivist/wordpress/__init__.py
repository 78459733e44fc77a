"""The importer: a WordPress blog becomes posts, pages, comments and files of docs/."""
