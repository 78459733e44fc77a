raise SystemExit("ce fichier ne doit jamais être exécuté")
AUTHOR = "Nadia Faure"
SITENAME = "Chroniques"
SITEURL = ""
PATH = "content"
DEFAULT_LANG = "fr"
ARTICLE_URL = "articles/{date:%Y}/{slug}.html"
