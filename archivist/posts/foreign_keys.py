"""Keys that other tools put in the header of a post, and what this archive calls them.

They are those of Jekyll, Hugo, Pelican, Zola, Eleventy, Obsidian, Notion and Quarto, and what
people write in French.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from archivist.addresses.slugs import to_slug
from archivist.posts.fields import FIELDS

TITLE = "#"
"""What a title becomes: no key, but the first line of the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignKey:
    """What becomes of a key of another tool."""

    ours: str
    """What it is called here, or TITLE, or nothing where it is to be taken out."""
    advice: str
    """The same for a writer, in French: the end of a sentence."""
    hides: frozenset[str] | None = None
    """The values, in small letters, that ask for `draft: true`; others ask for nothing. None
    where the value stays as it is."""


_CALLED = "ici, cette clé s’appelle « {} »."
_ADDRESS = "une ancienne adresse s’écrit « redirect: /2018/06/mon-billet/ »."
_PICTURE = "l’image d’en-tête s’écrit « featured_image: mon-billet/photo.jpg »."
_TITLE = "le titre s’écrit « # Titre », sous l’en-tête."
_FILE = "c’est le nom du fichier qui fait l’adresse : retirez cette clé."
_DRAFT = "un billet à ne pas publier a la ligne « draft: true » ; retirez celle-ci."
_NOT_HERE = "elle ne sert pas ici : retirez-la."

# Ours, the advice, and theirs, as `_fold` has them.
_NAMES: tuple[tuple[str, str, str], ...] = (
    ("date", _CALLED, """
        created createdat createdtime createddate datecreated creationdate datedecreation
        pubdate publishdate publishedat publisheddate publishedon datepublished publicationdate
        datepublication datedepublication publication posted postdate jour"""),
    ("updated", _CALLED, """
        lastmod lastmodified lastmodifiedat modified modifiedat modifieddate datemodified
        dateupdated updatedat updateddate updatedon lastupdated lastupdate lastedited
        lasteditedtime update maj datemaj miseajour datedemiseajour modifie modifiele"""),
    ("author", _CALLED, """
        authors auteur auteurs auteure auteures autrice autrices writer creator byline by
        signature createdby"""),
    ("tags", _CALLED, """
        tag keywords keyword motscles motcle motsclefs etiquettes etiquette labels label topics
        hashtags themes taxonomies"""),
    ("category", _CALLED, "categories categorie rubrique rubriques cat section sections"),
    ("summary", _CALLED, """
        description abstract resume chapo chapeau intro introduction lead teaser extrait excerpt
        metadescription seodescription subtitle soustitre"""),
    ("language", _CALLED, "lang locale langue langues languagecode"),
    ("location", _CALLED, "lieu lieux locations place ville"),
    ("series", _CALLED, "serie"),
    ("license", _CALLED, "licence rights copyright"),
    ("source", _CALLED, "sourceurl original originalurl"),
    ("canonical_link", _CALLED, "canonical canonicalurl"),
    ("external_link", _CALLED, "link lien externalurl"),
    ("sticky", _CALLED, "pinned pin epingle featured"),
    ("redirect", _ADDRESS, """
        permalink url path saveas aliases alias redirectfrom redirects oldurl ancienneadresse"""),
    ("featured_image", _PICTURE, """
        image images thumbnail thumb cover coverimage banner hero heroimage headerimage
        featureimage featuredimage feature imageurl ogimage socialimage previewimage cardimage
        teaserimage featuredmedia img photo illustration visuel vignette couverture poster"""),
    ("featured_alt", _CALLED, "imagealt alt coveralt thumbnailalt heroalt"),
    (TITLE, _TITLE, "title titre headline"),
    ("", _FILE, "slug basename filename"),
    ("", "un billet ne change pas les réglages du site : retirez cette clé.", "myst"),
    ("", _NOT_HERE, """
        layout type posttype template theme weight order position navorder nav navigation menu
        menus parent sidebar toc showtoc tocopen tocdepth tableofcontents comments comment
        commentaires allowcomments disablecomments commentsenabled disqus share sharing social
        mail email authorprofile readtime readingtime classes class cssclass cssclasses css style
        styles id uid uuid guid wordpressid notionid math mathjax katex mermaid highlight sitemap
        robots noindex seo ref extra params cascade output outputs markup engine execute editor
        jupyter jupytext kernelspec bibliography csl numbersections freeze pagelayout
        titleblockbanner listing about resources pagination paginateby sortby pagetemplate render
        insearchindex insertanchorlinks iscjklanguage expirydate eleventycomputed
        eleventynavigation linktitle shorttitle search index orphan substitutions numbering
        exports htmlmeta generator version revision lasteditedby property header footer"""),
)  # fmt: skip
_HIDING: tuple[tuple[str, str], ...] = (
    ("brouillon hidden unlisted private isdraft eleventyexcludefromcollections", "true yes oui on"),
    ("published publish publie public", "false no non off"),
    ("status statut state etat visibility", "draft brouillon hidden private prive pending"),
)


@cache
def list_foreign_keys() -> Mapping[str, ForeignKey]:
    """Return what becomes of each key of other tools, by its name, letters and figures alone."""
    named = {
        name: ForeignKey(ours=ours, advice=advice.format(ours))
        for ours, advice, names in _NAMES
        for name in names.split()
    }
    return named | {
        name: ForeignKey(ours="draft", advice=_DRAFT, hides=frozenset(values.split()))
        for names, values in _HIDING
        for name in names.split()
    }


def find_foreign(key: str) -> ForeignKey | None:
    """Return what becomes of a *key*, as `last_modified_at`, `lastMod` or `Mots-clés`, if known."""
    return list_foreign_keys().get(to_slug(key).replace("-", "").replace("_", ""))


def find_name(key: str) -> str:
    """Return what a *key* is called here whose value stays as it is: `date` for `Created`."""
    if key.casefold() in FIELDS:
        return key.casefold()
    foreign = find_foreign(key)
    return foreign.ours if foreign and foreign.hides is None and foreign.ours != TITLE else ""


def find_kind(key: str) -> str:
    """Return what kind of value a *key* of any tool takes, as `list`, or nothing."""
    name = find_name(key)
    return FIELDS[name].kind if name else ""
