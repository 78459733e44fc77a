"""An archive as a beginner sets it up: Sphinx, MyST, ABlog and Furo, all as they come."""

import re
import shutil
from importlib.util import find_spec
from pathlib import Path

from tests.hostile.constructs import CANARIES

CONF = f"""\
# {CANARIES["settings"]}
project = "Blog"
language = "fr"
extensions = ["myst_parser", "ablog"]
html_theme = "furo"
blog_title = "Blog"
blog_baseurl = "https://exemple.fr/"
blog_authors = {{"amoor": ("a.m.o.o.r.", None)}}
blog_post_pattern = ["posts/*/*"]
# ABlog's own templates make of every page under Furo an error page; these are them, mended.
skip_injecting_base_ablog_templates = True
templates_path = ["_templates"]
"""
BILLET = "2018/billet.md"
INDEX = "# Blog\n\n```{postlist}\n```\n\n```{toctree}\n:hidden:\n\nglossaire\n```\n"
GLOSSARY = "# Glossaire\n\n```{glossary}\nCNFPT\n  Centre national.\n```\n"


# What lets it show all that a post of ours may hold.
RICHER = "myst:\n  enable_extensions: [attrs_inline, colon_fence, deflist]\nredirect: vieux\n"


def enrich(text):
    """Return a post that shows all that ours may, as this stack reads it."""
    header, mark, rest = text.partition("author:")
    without = re.sub(r":::\{update\}.*?:::\n", "", rest, flags=re.DOTALL)
    return f"{header}{RICHER}{mark}{without}"


def _mend(text):
    return text.replace("block body", "block content").replace('"layout.html"', '"page.html"')


def write_docs(folder, posts):
    """Write the archive in *folder*, with *posts* by their path below docs/posts/."""
    docs = Path(folder) / "docs"
    templates = docs / "_templates/ablog"
    shutil.copytree(Path(find_spec("ablog").origin).parent / "templates/ablog", templates)
    for path in templates.glob("*.html"):
        path.write_text(_mend(path.read_text(encoding="utf-8")), encoding="utf-8")
    # What Sphinx's own pages are called is a label, as all file names of posts are.
    posts = posts | {BILLET: posts[BILLET].replace("{sub}", "{ref}`genindex`, {sub}")}
    files = {"conf.py": CONF, "index.md": INDEX, "glossaire.md": GLOSSARY}
    for name, text in (files | {f"posts/{name}": text for name, text in posts.items()}).items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text) if isinstance(text, bytes) else path.write_text(
            text, encoding="utf-8"
        )
    return docs
