"""Rules for how much a text holds, and how deep: beyond, it is lost or takes too long."""

from __future__ import annotations

from archivist.posts.file import PostFile
from archivist.problems import Faults
from archivist.syntax.limits import MOST_ADDRESSED, MOST_HEADINGS, MOST_PARTS, MOST_TOKENS


def check_depth(source: PostFile) -> Faults:
    """Refuse what is nested deeper than anyone reads, or has too many parts."""
    for place in source.body.deep[:1]:
        yield place.line, "trop de niveaux imbriqués : le texte serait perdu, aplatissez."
    if len(source.body.headings) > MOST_HEADINGS or len(source.body.labels) > MOST_PARTS:
        yield 1, f"plus de {MOST_HEADINGS} titres ou {MOST_PARTS} étiquettes : faites-en plusieurs."
    if source.body.addressed > MOST_ADDRESSED:
        yield 1, "les adresses des liens sont trop longues ensemble : raccourcissez-les."


def check_lengths(source: PostFile) -> Faults:
    """Refuse what is cut into more pieces than a post is; how long it is was seen before."""
    if source.body.tokens > MOST_TOKENS:
        yield 1, "ce billet est trop long ou trop découpé : faites-en plusieurs."


LENGTH_RULES = (check_depth, check_lengths)
