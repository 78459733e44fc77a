"""Settings of the site. The machine is in archivist/; `extensions` lists its parts."""

from archivist.syntax.allowed import DEEPEST_HEADING, MYST_DISABLED, MYST_EXTENSIONS, SCHEMES

# -- The site ------------------------------------------------------------------
project = "Archives de l’innovation publique"
language = "fr"
# Where the site is served, as https://exemple.fr/archives/. When it is known, pages name
# their lasting address; `archivist build --base-url` sets it for one build.
html_baseurl = ""

# Whom readers tell what keeps them from reading: an e-mail or web address.
archive_contact = ""

# The licence of the posts for which neither their header nor authors.yml states one, as
# CC BY-SA 4.0; nothing where their rights stay with their authors.
archive_license = ""

# The zone by whose clock a post comes out on its day, as Europe/Paris or Indian/Reunion.
archive_timezone = "Europe/Paris"

# The folder where archives.epub and archives.zip (`make epub offline`) are published, as
# https://exemple.fr/fichiers/. When it is known, docs/emporter.md leads to them.
archive_takeaway = ""

# Options of Furo: logos, colours, announcement, icons of the footer… What does not work here is
# refused, with what to write instead: https://pradyunsg.me/furo/customisation/
html_theme_options = {
    # Where the sources are hosted, as https://github.com/moi/archives; when it is known, pages
    # offer to correct a post or to propose one. For a host of one's own, "source_edit_link".
    "source_repository": "",
    "source_branch": "main",
    "source_directory": "docs/",
}

# -- The machine ---------------------------------------------------------------
extensions = [
    "archivist.site.sphinx.parser",  # MyST, its tokenizer made once
    "archivist.site.sphinx.ablog",  # ABlog: references to lists, {postlist}
    "archivist.site.sphinx.posts",  # reads and checks the posts
    "archivist.site.sphinx.builder",  # documents to fragments, fragments to pages
    "archivist.site.sphinx.settings",  # refuses what does not work of what is said here
    "archivist.site.sphinx.documents",  # what texts hold: notes, figures, images, tables
    "archivist.site.sphinx.directives",  # {contact}, {rgaa}, {takeaway}, {postlist}
    "archivist.site.book.book",  # fragments to the chapters of an EPUB
]
# What is hidden is no page; archivist/site/sphinx/posts.py refuses any that the checks did not read.
exclude_patterns = ["_*", ".*", "**/_*", "**/.*", "**/*~", "**/#*#"]
source_suffix = {".md": "markdown"}

# Neither catalogues nor images in other languages: they would say what no check has read.
locale_dirs = []
figure_language_filename = "{root}.absent{ext}.absent"

# -- Text ----------------------------------------------------------------------
myst_enable_extensions = MYST_EXTENSIONS
myst_disable_syntax = MYST_DISABLED
myst_heading_anchors = DEEPEST_HEADING
myst_url_schemes = SCHEMES
# The author's quotes and dashes are the author's.
smartquotes = False
# A reference that leads nowhere is a mistake.
nitpicky = True
# What `archivist check` tells better, and old posts may be excused of; pages are in the menu.
suppress_warnings = ["myst.header", "misc.highlighting_failure", "toc.not_included"]

# -- The book ------------------------------------------------------------------
# Pages that say nothing outside the site.
archive_not_in_book = [
    *("404", "accessibilite", "emporter"),
    *("contribuer", "ecrire-un-billet", "verifications", "tenir-l-archive"),
]

# -- Pages ---------------------------------------------------------------------
html_theme = "furo"
html_title = project
templates_path = ["_templates"]
html_static_path = ["_static"]
archive_stylesheets = [
    "variables.css",
    "layout.css",
    "posts.css",
    "citing.css",
    "comments.css",
    "links.css",
    "print.css",
]
# What posts and standing pages can do without. In all of these, a marker such as /*! rich */ begins
# what some pages alone load: see ARCHITECTURE.md.
archive_list_stylesheets = ["listings.css", "search.css"]
html_favicon = "_static/favicon.svg"
# What keeps AA contrast, in the light and in the dark.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_show_sphinx = False
# A picture leads where its writer says, and nowhere else.
html_scaled_image_link = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_permalinks_icon = "#"
