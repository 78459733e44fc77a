"""What an import notes of what it loses or doubts, each under its kind.

`archivist/wordpress/meanings.py` says what each means.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What is lost or doubtful, as the report says it."""

    # Texts
    UNTITLED = "billet sans titre"
    TITLE_CUT = "titre coupé, donné en entier dans le texte"
    HEADING_EMPTY = "titre vide"
    TAKEN_AS_TEXT = "dessin, formule ou formulaire gardé en texte"
    CODE_STYLED = "mise en forme dans du code"
    STYLE_LOST = "mise en forme perdue"
    FLATTENED = "éléments imbriqués trop profond, aplatis"
    BLOCK_AS_TEXT = "bloc écrit en texte"
    MISREAD = "relecture de l’ensemble"
    SIGN_REMOVED = "signe invisible retiré"
    BROKEN_ACCENTS = "accents abîmés dans l’original"
    SAID_MARKDOWN = "billet marqué comme du Markdown par une extension"
    NOTE_UNCALLED = "note que rien n’appelle"
    SHORTCODE_KEPT = "code court gardé en texte"
    SHORTCODE_EMPTY = "code court dont le contenu n’est pas dans l’export"
    TEXT_EMPTY = "texte vide, dont le contenu est ailleurs"
    SHARED_UNKNOWN = "bloc partagé introuvable"
    COMMENT_LEFT = "commentaire vide, trop long ou de trop, laissé"
    NAME_RESERVED = "nom réservé, changé"
    LABEL_LEFT = "étiquette, catégorie ou auteur de trop, laissé"
    SUMMARY_LEFT = "extrait trop long pour un résumé, laissé"
    AUTHOR_APART = "auteur dont l’identifiant est déjà celui d’un autre, sous une autre clé"
    DESCRIPTION_CUT = "description de catégorie trop longue, coupée"
    PARENT_LEFT = "catégorie en elle-même ou en trop d’autres, détachée"
    LEFT_OUT = "billet ou page laissé"
    UNPUBLISHED = "publié lors d’un import, et qui ne l’est plus"
    NO_POST = "fichier du blog qui n’est pas un billet publié, laissé"
    KEY_LEFT = "clé d’en-tête sans emploi ici"
    CODE_ASIDE = "code d’un autre outil, gardé en remarque"
    # Links
    ADDRESS_UNREADABLE = "adresse illisible"
    ADDRESS_REMOVED = "adresse interdite, privée ou incomplète retirée"
    HIDDEN_REMOVED = "lien vers un texte non publié retiré"
    ANCHOR_UNKNOWN = "partie du billet introuvable"
    FAR_ANCHOR_UNKNOWN = "partie d’un autre billet introuvable"
    OLD_ADDRESS_REFUSED = "ancienne adresse impossible à reprendre"
    OLD_ADDRESS_BY_HOST = "ancienne adresse qu’un autre blog a déjà, écrite avec son domaine"
    FILE_PAGE_LEFT = "page d’un fichier que nul billet ne montre, son adresse ne mène nulle part"
    OLD_ADDRESS_GONE = "ancienne adresse mise en remarque : ce qu’elle visait n’est plus"
    # Files
    FILE_MISSING = "fichier manquant, lien laissé vers l’ancien blog"
    FILE_REFUSED = "genre ou taille de fichier refusé, lien laissé"
    IMAGE_MISSING = "image manquante"
    IMAGE_REFUSED = "image refusée"
    IMAGE_UNREADABLE = "image illisible"
    IMAGE_WITHOUT_ADDRESS = "image sans adresse"
    GALLERY_UNKNOWN = "image de galerie introuvable dans l’export"
    FEATURED_UNKNOWN = "image à la une introuvable dans l’export"
    FEATURED_MISSING = "image à la une manquante"
    # What tells of no loss
    CONTROL_REMOVED = "caractère interdit retiré de l’export"
    PLAYER_LINKED = "lecteur devenu lien"
    TOOLTIP_REMOVED = "info-bulle retirée"
    REMARK_REMOVED = "commentaire HTML retiré"
    SILENT_REMOVED = "élément sans texte retiré"
    LAYOUT_REMOVED = "code court de mise en page retiré"
    LOOK_LEFT = "couleur, place ou apparence laissée"
    DYNAMIC_EMPTY = "bloc dynamique sans contenu"
    OLD_ADDRESS_KEPT = "adresse de l’ancien blog gardée telle quelle"
    LABEL_RENAMED = "étiquette écrite autrement"
    MORE_LABEL = "libellé du lien « lire la suite »"
    IMAGE_CONVERTED = "image convertie ou réduite"
    FILE_PRIVATE = "fichier où se lit par qui, ou en quel lieu, il a été fait"


Noter: TypeAlias = Callable[[Kind, str], None]
"""Notes that something is lost or doubtful: of what kind, and which or where."""


def note_nothing(_: Kind, __: str) -> None:
    """Take no note."""
