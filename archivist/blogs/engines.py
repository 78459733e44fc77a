"""Jekyll, Hugo, Zola, Pelican, Eleventy: how each is known, and what it called its texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from archivist.addresses.slugs import to_slug
from archivist.blogs.engine import DATA, Engine
from archivist.blogs.permalinks import fill
from archivist.blogs.settings import look_up, look_up_text
from archivist.blogs.texts import DRAFT, BlogText
from archivist.errors import ArchiveError

# 2018-06-22-billet.md
_JEKYLL_NAME = re.compile(r"[0-9]{2,4}-[0-9]{1,2}-[0-9]{1,2}-.+")


class Jekyll(Engine):
    """https://jekyllrb.com/docs/permalinks/."""

    name = "Jekyll"
    settings_files = ("_config.yml", "_config.yaml", "_config.toml")
    marks = (*settings_files, "_posts")
    base_setting = "baseurl"
    contents = ()
    statics = ("",)
    lists: ClassVar[Mapping[str, str]] = {}
    is_spaced = True
    _STYLES: ClassVar[Mapping[str, str]] = {
        "date": "/:categories/:year/:month/:day/:title:output_ext",
        "pretty": "/:categories/:year/:month/:day/:title/",
        "ordinal": "/:categories/:year/:y_day/:title:output_ext",
        "none": "/:categories/:title:output_ext",
    }

    def leave(self, path: PurePosixPath) -> str:
        """Return in French why the text at *path* is no post: drafts, pages, names without a day."""
        folders = path.parts[:-1]
        if "_drafts" in folders:
            return DRAFT
        if "_posts" not in folders:
            return "page"
        return "" if _JEKYLL_NAME.fullmatch(path.name) else "nom sans date"

    def find_defaults(self, name: str) -> Mapping[str, Any]:
        """Return the values of the `defaults` whose scope *name* is in."""
        found: dict[str, Any] = {}
        entries = look_up(self.settings, "defaults")
        for entry in entries if isinstance(entries, list) else ():
            path, kind = (look_up_text(entry, "scope", key).strip("/") for key in ("path", "type"))
            values = look_up(entry, "values")
            if kind in {"", "posts"} and name.startswith(path) and isinstance(values, Mapping):
                found |= values
        return found

    def find_categories(self, text: BlogText) -> list[str]:
        """Return the folders around `_posts`."""
        return [part for part in text.folder.split("/") if part and not part.startswith("_")]

    def find_path(self, text: BlogText) -> str:
        """Return what the header, the collection or the site says, or the style by date."""
        if not {"_posts", "_drafts"}.intersection(PurePosixPath(text.name).parts):
            return text.say("permalink") or f"/{PurePosixPath(text.name).with_suffix('.html')}"
        of_posts = look_up_text(self.settings, "collections", "posts", "permalink")
        of_site = look_up_text(self.settings, "permalink")
        setting = text.say("permalink") or of_posts or of_site or "date"
        named = text.list("categories")
        if len(named) == 1 and "," not in named[0]:
            named = named[0].split()
        labels = [*self.find_categories(text), *named, *text.list("category")]
        categories = "/".join(dict.fromkeys(each.lower().strip() for each in labels))
        slug = text.say("slug") or text.stem.replace(" ", "-")
        values = {"title": slug, "slug": to_slug(slug), "name": text.dated_name}
        values |= dict.fromkeys(("categories", "slugified_categories"), categories)
        values["output_ext"] = ".html"
        whole = fill(self._STYLES.get(setting, setting), values, text.date)
        # A pattern that ends in a name is that of a file, not of a folder.
        return whole if not whole or whole.endswith(("/", ".html")) else f"{whole}.html"


class Hugo(Engine):
    """https://gohugo.io/content-management/urls/."""

    name = "Hugo"
    settings_files = tuple(
        f"{folder}{name}{ending}"
        for folder in ("", "config/_default/")
        for name in ("hugo", "config")
        for ending in DATA
    )
    marks = settings_files
    needed_folder = "content"
    url_setting = "baseURL"
    statics = ("static", "assets")

    def find_path(self, text: BlogText) -> str:
        """Return what the header, or the pattern of its section, says, or the path of the file."""
        if url := text.say("url"):
            return f"/{url.lstrip('/')}"
        sections, slug = self.place(text), text.say("slug")
        section = sections.partition("/")[0]
        patterns = look_up(self.settings, "permalinks") or {}
        pattern = look_up_text(patterns, "page", section) or look_up_text(patterns, section)
        values = {"section": section, "sections": sections, "title": _urlize(text.title)}
        values |= dict.fromkeys(("filename", "contentbasename"), _urlize(text.dated_name))
        values |= dict.fromkeys(
            ("slugorfilename", "slugorcontentbasename"), _urlize(slug or text.dated_name)
        )
        values["slug"] = _urlize(slug or text.title)
        path = fill(pattern or "/:sections/:slugorfilename/", values, text.date)
        if text.language not in {"", look_up_text(self.settings, "defaultContentLanguage") or "en"}:
            path = f"/{text.language}{path}"
        is_ugly = str(look_up(self.settings, "uglyURLs")).lower() == "true"
        return f"{path.rstrip('/')}.html" if is_ugly else path


def _urlize(text: str) -> str:
    """Return *text* as Hugo writes it in an address: accents stay."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.+-]+", "-", text.lower())).strip("-")


class Zola(Engine):
    """https://www.getzola.org/documentation/content/page/."""

    name = "Zola"
    settings_files = marks = ("config.toml",)
    needed_folder = "content"
    needed_setting = url_setting = "base_url"

    def find_path(self, text: BlogText) -> str:
        """Return the path or the slug that the header gives, or those of the file."""
        if path := text.say("path"):
            return f"/{path.strip('/')}/"
        folders = filter(None, map(to_slug, self.place(text).split("/")))
        return "/".join(["", *folders, text.say("slug") or to_slug(text.stem), ""])


class Pelican(Engine):
    """https://docs.getpelican.com/en/latest/settings.html#url-settings."""

    name = "Pelican"
    marks = ("pelicanconf.py",)
    settings_files = ("publishconf.py", "pelicanconf.py")
    url_setting, title_setting = "SITEURL", "SITENAME"
    statics = ("content", "content/extra")
    lists: ClassVar[Mapping[str, str]] = {"category": "/category/{}.html", "tag": "/tag/{}.html"}

    def leave(self, path: PurePosixPath) -> str:
        """Return in French why the text at *path* is no post: pages have a folder of theirs."""
        return "page" if path.parts[0] == "pages" else ""

    def find_defaults(self, name: str) -> Mapping[str, Any]:
        """Return the category of a text that gives none: its folder."""
        folder = PurePosixPath(name).parent.relative_to(self.content).name
        category = folder or look_up_text(self.settings, "DEFAULT_CATEGORY")
        return {"category": category} if category else {}

    def find_categories(self, text: BlogText) -> list[str]:
        """Return its category: Pelican gives each text one."""
        return [pair.text for pair in text.find("category")][:1]

    def find_path(self, text: BlogText) -> str:
        """Return what the pattern of articles makes of it."""
        authors = [pair.text for pair in text.find("author")] or [self.author]
        values = {
            "slug": text.say("slug") or to_slug(text.title),
            "category": to_slug("".join(self.find_categories(text))),
            "author": to_slug(authors[0]),
            "lang": text.say("lang") or look_up_text(self.settings, "DEFAULT_LANG"),
        }
        pattern = look_up_text(self.settings, "ARTICLE_URL") or "{slug}.html"
        return fill(text.say("url", "save_as") or pattern, values, text.date)


class Eleventy(Engine):
    """https://www.11ty.dev/docs/permalinks/."""

    name = "Eleventy"
    marks = (".eleventy.js", *(f"eleventy.config.{end}" for end in ("js", "mjs", "cjs", "ts")))
    settings_files = tuple(
        f"{folder}_data/{name}{ending}"
        for folder in ("", "src/", "content/")
        for name in ("metadata", "site", "meta")
        for ending in DATA
    )
    contents = ("src", "content")
    statics = ("public", "static", "src", "")
    lists: ClassVar[Mapping[str, str]] = {"tag": "/tags/{}/"}
    unwanted = frozenset({"posts", "post", "all", "nav"})

    def find_defaults(self, name: str) -> Mapping[str, Any]:
        """Return what the data files of its folders say."""
        found: dict[str, Any] = {}
        for folder in reversed(PurePosixPath(name).parents):
            for ending in (".json", ".11tydata.json"):
                found |= self.read_settings(folder / f"{folder.name}{ending}")
        return found

    def find_path(self, text: BlogText) -> str:
        """Return what the header or the data of its folder says, or the path of the file."""
        place = self.place(text)
        stem = f"/{place}/{text.stem}" if place else f"/{text.stem}"
        values = {"fileslug": text.stem, "filepathstem": stem, "title": text.title}
        pattern = text.say("permalink") or "{{ page.filePathStem }}/"
        path = fill(pattern, values | {"slug": text.say("slug")}, text.date)
        return path.removesuffix("index.html")


ENGINES: tuple[type[Engine], ...] = (Jekyll, Pelican, Eleventy, Zola, Hugo)


def recognise(root: Path) -> Engine:
    """Return the blog in the folder *root*. Raises ArchiveError where it is none that is known."""
    found = next((blog for blog in (engine(root) for engine in ENGINES) if blog.is_known), None)
    if found is None:
        names = ", ".join(engine.name for engine in ENGINES)
        advice = "donnez le dossier où sont ses réglages."
        raise ArchiveError(f"{root} : aucun blog reconnu ici ({names}), {advice}")
    return found
