"""What conf.py may say: each setting works as its authors document it, or is refused by name.

What is listed here does nothing in a site of ours, or would make of it what no check has read. A
setting that is not listed works, is an extension's, or is for a builder other than ours, such as
``latex_engine``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.matching import compile_matchers
from sphinx.util.typing import ExtensionMetadata

from archivist.addresses.owned import POSTS
from archivist.dates.today import USUAL_ZONE, ZONE, find_today
from archivist.errors import ArchiveError
from archivist.files import walk
from archivist.problems import suggest
from archivist.settings import Setting, read_written
from archivist.site.furo import find_refused_options
from archivist.site.pages.contributing import find_edit_link
from archivist.site.settings import (
    GONE,
    LISTS,
    TEXTS,
    find_hosted_address,
    find_meant,
    judge,
)
from archivist.syntax.allowed import DEEPEST_HEADING, MYST_DISABLED, MYST_EXTENSIONS, SCHEMES

_READ = "ce qu’un texte peut contenir est fixé par archivist/syntax/allowed.py, que suivent les vérifications"
_WRITTEN = "ce que l’auteur a écrit reste tel quel"
_NO_INDEX = "le glossaire et l’index des noms tiennent lieu d’index"
_NO_SOURCE = "les sources se lisent dans le dépôt : donnez source_repository dans html_theme_options"  # fmt: skip
_OTHER_SEARCH = "la recherche est celle du site, voir archivist/search/"
_UTF_8 = "tout est lu et écrit en UTF-8"
_FRENCH = "le site est en français, et sans catalogue de traductions"
_HTML = "les adresses des billets finissent par .html"

# Settings with a single value that works, and why.
FIXED: Mapping[str, tuple[object, str]] = {
    "language": ("fr", _FRENCH),
    "locale_dirs": ([], _FRENCH),
    "figure_language_filename": ("{root}.absent{ext}.absent", _FRENCH),
    **dict.fromkeys(("root_doc", "master_doc"), ("index", "la page d’accueil est index.md")),
    "source_suffix": ({".md": "markdown"}, "billets et pages sont des fichiers .md"),
    "source_encoding": ("utf-8-sig", _UTF_8),
    "html_output_encoding": ("utf-8", _UTF_8),
    "html_theme": ("furo", "les modèles du site tiennent à Furo"),
    **dict.fromkeys(("html_copy_source", "html_show_sourcelink"), (False, _NO_SOURCE)),
    "html_use_index": (False, _NO_INDEX),
    "html_scaled_image_link": (False, "une image mène où le dit son auteur"),
    "smartquotes": (False, _WRITTEN),
    "myst_enable_extensions": (MYST_EXTENSIONS, _READ),
    "myst_disable_syntax": (MYST_DISABLED, _READ),
    "myst_heading_anchors": (DEEPEST_HEADING, _READ),
    "myst_url_schemes": (SCHEMES, _READ),
}
_NO_SCREEN = "aucune page ne le montre"
_FEED = "les flux Atom et JSON du site, des catégories, des étiquettes et des auteurs sont écrits dès que html_baseurl est connu, avec le texte entier"
_ICONS = "aucun modèle n’a d’icône de Font Awesome : déposez la feuille dans docs/_static/ et nommez-la dans html_css_files"
_PLACES = "écrivez `location:` ou `language:` dans l’en-tête du billet"
_EXCERPT = "l’extrait finit à <!-- more --> dans le billet, sinon après son début"
_COMMENTS = "les commentaires d’époque sont dans <billet>.comments.yml ; la politique des pages n’admet rien d’un autre site"
_DATES = "les dates sont écrites en toutes lettres, d’après `date:` du billet"
_MATH = "aucun texte ne contient de formule : mettez-en l’image"
_NUMBERS = "les billets ne sont dans aucun sommaire : ni leurs titres ni leurs figures n’ont de numéro"  # fmt: skip
_NO_RST = "aucun texte n’est en reStructuredText : écrivez-le en Markdown"
_NO_API = "aucun texte ne décrit de programme"
_MENU = "le menu est docs/_templates/components/menu.html : modifiez-le, ou remplacez-le par un modèle du même nom"

# Settings that do nothing here, by why and what to write instead.
_REASONS: tuple[tuple[str, str], ...] = (
    ("blog_authors blog_default_author", "les auteurs sont dans docs/authors.yml, et `author:` de chaque billet en nomme un"),
    ("blog_title", "écrivez html_title, et project pour les flux et les citations"),
    ("blog_baseurl", "écrivez html_baseurl"),
    ("blog_languages blog_locations blog_default_language blog_default_location", _PLACES),
    ("blog_path blog_post_pattern", "les billets sont dans docs/posts/<année>/, et leurs listes aux adresses du site"),
    ("blog_archive_titles", "les listes montrent l’extrait : voir docs/_templates/components/entry.html"),
    ("blog_feed_archives blog_feed_fulltext blog_feed_length blog_feed_subtitle blog_feed_templates blog_feed_titles", _FEED),
    ("disqus_drafts disqus_pages disqus_shortname", _COMMENTS),
    ("fontawesome_css_file fontawesome_included fontawesome_link_cdn", _ICONS),
    ("post_always_section", "un fichier est un billet, et son titre est le titre du billet"),
    ("post_auto_excerpt", _EXCERPT),
    ("post_auto_image", "écrivez `image:` dans l’en-tête du billet"),
    ("post_auto_orphan", "un billet n’a pas à être dans un sommaire"),
    ("post_date_format post_date_format_short", _DATES),
    ("post_redirect_refresh", "une ancienne adresse mène au billet sans attendre : voir docs/redirects.txt"),
    ("post_show_prev_next", "retirez « Billets voisins » de docs/_templates/post.html"),
    ("skip_injecting_base_ablog_templates", "les modèles d’ABlog ne servent pas : ceux du site sont dans docs/_templates/"),
    ("html_short_title", "écrivez html_title"),
    ("html_style", "écrivez html_css_files pour ajouter une feuille, archive_stylesheets pour remplacer celles du site"),
    ("html_theme_path", "les modèles du site tiennent à Furo : voir templates_path"),
    ("template_bridge", "le site a ses propres modèles : voir templates_path"),
    ("html_sidebars", _MENU),
    ("html_split_index", _NO_INDEX),
    ("html_sourcelink_suffix", _NO_SOURCE),
    ("html_use_opensearch html_search_language html_search_options html_search_scorer html_show_search_summary", _OTHER_SEARCH),
    ("html_file_suffix html_link_suffix", _HTML),
    ("html_last_updated_use_utc", "html_last_updated_fmt montre un jour, sans heure"),
    ("html_codeblock_linenos_style", "les numéros de ligne sont dans le texte du code"),
    ("html_math_renderer html4_writer math_number_all math_eqref_format math_numfig math_numsep", _MATH),
    ("numfig numfig_format numfig_secnum_depth html_secnumber_suffix", _NUMBERS),
    ("today today_fmt", f"{_NO_SCREEN} : écrivez le jour dans le texte, ou html_last_updated_fmt"),
    ("show_authors", f"{_NO_SCREEN} : voir docs/authors.yml"),
    ("rst_prolog rst_epilog default_role trim_footnote_reference_space trim_doctest_flags option_emphasise_placeholders manpages_url", _NO_RST),
    ("add_function_parentheses add_module_names toc_object_entries toc_object_entries_show_parents modindex_common_prefix primary_domain maximum_signature_line_length strip_signature_backslash", _NO_API),
    ("smartquotes_action smartquotes_excludes", _WRITTEN),
    ("gettext_allow_fuzzy_translations translation_progress_classes", _FRENCH),
    ("keep_warnings", "un avertissement arrête la construction : corrigez-le, ou voyez suppress_warnings"),
    ("include_patterns", "écrivez exclude_patterns"),
    ("myst_words_per_minute", "le temps de lecture compte 200 mots par minute : voir archivist/site/pages/post.py"),
    ("myst_html_meta", "écrivez ces balises dans le bloc `extrahead` d’un modèle"),
)  # fmt: skip
REFUSED: Mapping[str, str] = {
    **{name: reason for names, reason in _REASONS for name in names.split()},
    **GONE,
}
# The same of all settings whose names begin so, but for those above.
REFUSED_PREFIXES: Mapping[str, str] = {
    "myst_": _READ,
    "epub_": "le livre est fait par archivist epub : voir docs/_templates/book/",
    "mathjax": _MATH,
    **dict.fromkeys(("c_", "cpp_", "javascript_", "python_"), _NO_API),
    **dict.fromkeys(
        ("applehelp_", "devhelp_", "htmlhelp_", "qthelp_", "singlehtml_", "text_"),
        "ce constructeur de Sphinx n’est pas prévu : employez « html »",
    ),
}
# So begin settings of Sphinx, of MyST, of ABlog and ours: one that none of them has is misspelt.
_OWN_PREFIXES = ("html_", "myst_", "blog_", "archive_")

_HAS_THEME = "les modèles du site tiennent à Furo"
_HAS_PARSER = "les textes sont lus par MyST-Parser, et vérifiés comme lui les lit"
_HAS_SHARING = "les balises de partage et le plan du site sont écrits dès que html_baseurl est connu"  # fmt: skip
_HAS_REDIRECTS = "écrivez docs/redirects.txt, ou `redirect:` dans l’en-tête du billet"
REFUSED_EXTENSIONS: Mapping[str, str] = {
    name: reason
    for names, reason in (
        ("furo sphinx_rtd_theme pydata_sphinx_theme sphinx_book_theme alabaster", _HAS_THEME),
        ("myst_nb recommonmark m2r m2r2 sphinx_mdinclude nbsphinx", _HAS_PARSER),
        ("sphinx_sitemap sphinxext.opengraph sphinx_social_cards", _HAS_SHARING),
        ("sphinx_reredirects sphinxext.rediraffe", _HAS_REDIRECTS),
        ("notfound.extension", "la page 404 est docs/404.md"),
        ("sphinx_search.extension sphinx_docsearch sphinxcontrib.lunrsearch", _OTHER_SEARCH),
        ("sphinx.ext.mathjax sphinx.ext.imgmath sphinxcontrib.katex", _MATH),
        ("sphinx.ext.autodoc sphinx.ext.autosummary sphinx.ext.apidoc sphinx.ext.napoleon sphinx.ext.viewcode sphinx.ext.linkcode sphinx.ext.inheritance_diagram sphinx.ext.doctest sphinx.ext.coverage", _NO_API),
        ("sphinx.ext.graphviz sphinx.ext.ifconfig sphinx.ext.extlinks sphinx.ext.todo", _READ),
    )
    for name in names.split()
}  # fmt: skip


def _is_same(value: object, other: object) -> bool:
    if isinstance(value, list | tuple | set) and isinstance(other, list | tuple | set):
        return sorted(map(repr, value)) == sorted(map(repr, other))
    return value == other


def find_reason(name: str) -> str:
    """Return why the setting *name* does nothing here, or nothing when it works or is fixed."""
    if name in REFUSED:
        return REFUSED[name]
    reasons = (why for start, why in REFUSED_PREFIXES.items() if name.startswith(start))
    return "" if name in FIXED else next(reasons, "")


def _check_values(config: Config) -> Iterator[str]:
    for name, (value, reason) in FIXED.items():
        if not _is_same(config[name], value):
            yield f"{name} : {reason} ; écrivez {name} = {value!r}."
    for name in config.values:
        reason, default = find_reason(name), config.values[name].default
        default = default(config) if reason and callable(default) else default
        if reason and not _is_same(config[name], default):
            yield f"{name} : ce réglage ne sert pas ici ; {reason}."


def _check_own(config: Config, folder: Path, written: Mapping[str, Setting]) -> Iterator[str]:
    """Yield what is wrong with our own settings, computed or written."""
    for name in (*TEXTS, *LISTS):
        # An extension that is not loaded has none.
        if name in config and (fault := judge(name, config[name], folder)):
            yield f"{name} : {fault}"
    said = written.get(ZONE)
    if config[ZONE] != (said.value if said else USUAL_ZONE):
        yield f'{ZONE} : écrivez {ZONE} = "{config[ZONE]}" sur une ligne de conf.py, sans calcul.'


def _check_names(config: Config, written: Mapping[str, Setting]) -> Iterator[str]:
    """Yield what is wrong with names that are those of no setting."""
    # Sphinx keeps what conf.py says, but tells it nobody.
    for name in vars(config)["_raw_config"]:
        if name in config.values or not isinstance(name, str):
            continue
        if name in REFUSED:
            yield f"{name} : ce réglage ne sert plus ; {REFUSED[name]}."
        elif name.startswith(_OWN_PREFIXES):
            yield f"{name} : ce réglage n’existe pas ; {suggest(name, config.values)}"
    for name, setting in written.items():
        if setting.is_used or name in config.values or name.startswith(("_", *_OWN_PREFIXES)):
            continue
        whole = (start + name for start in _OWN_PREFIXES if start + name in config.values)
        if meant := next(whole, "") or find_meant(name, list(config.values)):
            yield f"{name} : ce réglage n’existe pas ; vouliez-vous dire « {meant} » ?"


def _check_excluded(config: Config, folder: Path) -> Iterator[str]:
    """Yield the patterns that would leave out a post: its header does."""
    # A post by its own path, and by those of the folders it is in.
    posts: dict[str, str] = {}
    for here, _, names in walk(folder / POSTS):
        parent = here.relative_to(folder)
        for name in names:
            if name.endswith(".md") and not name.startswith(("_", ".")):
                post = f"{parent.as_posix()}/{name}"
                for path in (post, *map(PurePath.as_posix, (parent, *parent.parents[:-1]))):
                    posts.setdefault(path, post)
    for pattern in config.exclude_patterns:
        (matches,) = compile_matchers([pattern])
        if post := next((post for path, post in posts.items() if matches(path)), ""):
            yield f"exclude_patterns : « {pattern} » écarte {post} ; écrivez-y `draft: true`."


def _check_day(config: Config, folder: Path) -> Iterator[str]:
    try:
        is_known = config.html_last_updated_fmt is None or find_today(folder) is not None
    except ArchiveError as error:
        yield str(error)
        return
    if not is_known:
        yield "html_last_updated_fmt : ni SOURCE_DATE_EPOCH ni git ne dit le jour ; donnez l’un, ou retirez ce réglage."


def _check_repository(config: Config) -> Iterator[str]:
    try:
        find_edit_link(config.html_theme_options)
    except ArchiveError as error:
        yield str(error)


def find_refused(config: Config, folder: Path) -> list[str]:
    """Return what *config*, of the conf.py in *folder*, says that does not work, a line each."""
    extensions = (
        f"extensions : « {name} » ne sert pas ici ; {REFUSED_EXTENSIONS[name]}."
        for name in config.extensions
        if name in REFUSED_EXTENSIONS
    )
    written = read_written(folder)
    return [
        *extensions,
        *_check_own(config, folder, written),
        *_check_values(config),
        *_check_names(config, written),
        *_check_excluded(config, folder),
        *_check_day(config, folder),
        *find_refused_options(config, folder),
        *_check_repository(config),
    ]


def on_config_inited(app: Sphinx, config: Config) -> None:
    """Have the address that the host tells, if conf.py has none; refuse what does not work."""
    config.html_baseurl = config.html_baseurl or find_hosted_address()
    refused = find_refused(config, Path(app.confdir))
    if refused:
        # Not an error of Sphinx's: it would tell that with a traceback.
        raise SystemExit("\n".join(f"conf.py : {line}" for line in refused))


def on_build_finished(_: Sphinx, failure: Exception | None) -> None:
    """Tell in one line of a setting that only showed to be wrong when pages were written."""
    if isinstance(failure, ConfigError):
        raise SystemExit(str(failure)) from failure


def setup(app: Sphinx) -> ExtensionMetadata:
    """Have settings checked before all others, who rely on what is checked here."""
    app.add_config_value(ZONE, USUAL_ZONE, "", str)
    app.connect("config-inited", on_config_inited, priority=100)
    # After the builder, which lets go of what it began.
    app.connect("build-finished", on_build_finished, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
