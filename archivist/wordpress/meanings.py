"""What each kind of note means to a maintainer, and what to do: in the order of what matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from archivist.wordpress.notes import Kind


class Weight(StrEnum):
    """How much a note matters, as the heading of those that do as much."""

    LOSS = "Pertes"
    DOUBT = "Doutes"
    HARMLESS = "Sans perte"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a kind of note means, and what to do about it, which may be nothing."""

    weight: Weight
    means: str
    remedy: str


_NOTHING = "rien."
_COMPARE = "Comparez le billet avec l’original."
_MEDIA = (
    "Copiez le dossier `wp-content/uploads` du blog et importez à nouveau avec `MEDIA=uploads/`, ou "
    "laissez l’import les télécharger : `archivist import --fetch --media uploads/`."
)
_BY_WEIGHT: Mapping[Weight, Mapping[Kind, tuple[str, str]]] = {
    Weight.LOSS: {
        Kind.LEFT_OUT: (
            "Ce texte n’est pas écrit : la vérification le refuserait, ou sa conversion a échoué.",
            (
                "Corrigez sur le blog, ou dans une copie de l’export, ce que dit la ligne, puis "
                "importez à nouveau."
            ),
        ),
        Kind.SHARED_UNKNOWN: (
            "Le billet montrait un texte partagé entre plusieurs billets, absent de l’export.",
            "Exportez « Tout le contenu », ou recopiez ce texte à la main.",
        ),
        Kind.COMMENT_LEFT: (
            "Ces commentaires ne sont pas écrits : vides, trop longs, ou trop nombreux.",
            "S’ils comptent, résumez-les dans une note ajoutée au billet.",
        ),
        Kind.TEXT_EMPTY: (
            "L’export n’a pas un mot de ce texte publié : une extension ou le thème le remplissait.",
            "Recopiez-le du blog, ou supprimez la page.",
        ),
        Kind.SHORTCODE_EMPTY: (
            "Une extension montrait ici un formulaire, un tableau… que l’export ne contient pas.",
            "Recopiez-le du blog, ou écrivez une phrase à sa place.",
        ),
        Kind.STYLE_LOST: (
            "Les mots y sont, mais le gras, l’italique ou le lien de ce passage n’a pu s’écrire.",
            "Comparez avec l’original, et refaites à la main ce qui a un sens.",
        ),
        Kind.IMAGE_MISSING: (
            (
                "L’image n’est pas dans la copie des fichiers du blog. La page montre à sa place le "
                "texte qui la décrit, et un lien vers l’adresse qu’elle avait."
            ),
            _MEDIA,
        ),
        Kind.FEATURED_MISSING: (
            (
                "L’image mise en avant n’est pas dans la copie des fichiers du blog : sans elle, le "
                "billet n’en montre pas."
            ),
            _MEDIA,
        ),
        Kind.FILE_MISSING: (
            (
                "Le fichier n’est pas dans la copie des fichiers du blog : le lien mène encore à "
                "l’ancien blog, et mourra avec lui."
            ),
            _MEDIA,
        ),
        Kind.IMAGE_REFUSED: (
            "Le site ne montre pas d’image de ce genre, ou de cette taille.",
            (
                "Enregistrez-la en JPEG ou en PNG, plus petite, et mettez-la à sa place dans le "
                "dossier du billet."
            ),
        ),
        Kind.IMAGE_UNREADABLE: (
            "Le fichier est abîmé, ou n’est pas une image.",
            "Retrouvez-en une bonne copie, et mettez-la à sa place dans le dossier du billet.",
        ),
        Kind.FILE_REFUSED: (
            (
                "L’archive ne garde pas de fichier de ce genre, ou de cette taille : le lien mène "
                "encore à l’ancien blog."
            ),
            (
                "Enregistrez-le sous un genre admis, PDF par exemple, à côté du billet, et corrigez "
                "le lien."
            ),
        ),
        Kind.GALLERY_UNKNOWN: (
            "La galerie montrait des images dont l’export ne dit rien.",
            "Exportez « Tout le contenu », et non les seuls articles, puis importez à nouveau.",
        ),
        Kind.FEATURED_UNKNOWN: (
            "L’export ne dit rien de l’image que le billet met en avant.",
            "Exportez « Tout le contenu », et non les seuls articles, puis importez à nouveau.",
        ),
        Kind.IMAGE_WITHOUT_ADDRESS: (
            "L’export ne dit pas où est l’image : elle ne se voyait pas non plus sur le blog.",
            _COMPARE,
        ),
        Kind.ADDRESS_UNREADABLE: (
            "Aucun navigateur ne peut suivre ce lien : ses mots restent, sans lien.",
            "Corrigez l’adresse dans le billet, si vous la devinez.",
        ),
        Kind.ADDRESS_REMOVED: (
            (
                "Le lien mène à un programme, à une machine privée ou nulle part : ses mots restent, "
                "sans lien."
            ),
            "Donnez au lien une adresse du web, s’il y en a une.",
        ),
        Kind.OLD_ADDRESS_REFUSED: (
            "Cette adresse de l’ancien blog ne répondra plus : le site ne peut pas l’avoir.",
            "Si des liens y mènent encore, faites-la suivre par votre hébergeur.",
        ),
        Kind.OLD_ADDRESS_GONE: (
            "Ce que cette ancienne adresse visait n’est plus dans l’archive.",
            "Donnez-lui une autre page dans `docs/redirects.txt`, ou laissez-la.",
        ),
        Kind.DESCRIPTION_CUT: (
            "Une catégorie se décrivait trop longuement : sa description est coupée.",
            "Écrivez-en une plus courte dans docs/categories.yml.",
        ),
        Kind.LABEL_LEFT: (
            "Le billet en porte plus que l’archive n’en admet : ceux-ci manquent.",
            "Gardez les plus utiles dans l’en-tête du billet.",
        ),
        Kind.SUMMARY_LEFT: (
            "L’extrait était un texte entier : les listes montrent le début du billet.",
            "Écrivez-en un plus court, à la ligne `summary:` de l’en-tête.",
        ),
        Kind.CODE_STYLED: (
            "Du code avait des couleurs ou des mots en gras : ses signes y sont, sans ce style.",
            _COMPARE,
        ),
        Kind.FLATTENED: (
            "Des éléments en tenaient trop d’autres : leurs mots y sont, sans cette mise en page.",
            _COMPARE,
        ),
    },
    Weight.DOUBT: {
        Kind.UNPUBLISHED: (
            "Ce texte a été importé, et le blog ne le montre plus.",
            "Supprimez-le de l’archive, si elle ne doit plus le montrer : `make delete`.",
        ),
        Kind.LABEL_RENAMED: (
            "L’archive ne peut pas écrire ce nom comme le blog : il a changé.",
            "Si le nouveau ne convient pas, changez-le partout à la fois : `make tags` le montre.",
        ),
        Kind.PARENT_LEFT: (
            "Cette catégorie ne peut en tenir une autre ainsi : elle est à part.",
            "Rangez-la dans `docs/categories.yml`.",
        ),
        Kind.AUTHOR_APART: (
            "Deux blogs ont cet identifiant sous deux noms : ce sont deux auteurs.",
            "Si c’est une seule personne, importez à nouveau avec `--author IDENTIFIANT=CLÉ`.",
        ),
        Kind.UNTITLED: (
            (
                "Le billet n’avait pas de titre : ses premiers mots en tiennent lieu. Son adresse n’a "
                "pas changé."
            ),
            "Donnez-lui un titre, s’il en mérite un.",
        ),
        Kind.TITLE_CUT: (
            "Le titre était trop long : il est coupé, et le texte commence par le titre entier.",
            "Donnez-lui un titre plus court.",
        ),
        Kind.NAME_RESERVED: (
            "Le site a déjà une page de ce nom : le texte en a reçu un autre.",
            "Rien à faire, si le nouveau nom convient ; sinon : `make rename`.",
        ),
        Kind.SHORTCODE_KEPT: (
            "Une extension du blog mettait autre chose à la place de ce code : il reste tel quel.",
            "Remplacez-le dans le billet par ce qu’il montrait, ou retirez-le.",
        ),
        Kind.CODE_ASIDE: (
            "Un code d’un autre outil n’a pas d’équivalent : il est gardé en remarque.",
            "Écrivez à sa place ce qu’il montrait.",
        ),
        Kind.TAKEN_AS_TEXT: ("D’un dessin, d’une formule, il ne reste que les mots.", _COMPARE),
        Kind.FILE_PAGE_LEFT: (
            "Le blog avait une page pour ce fichier seul, que nul billet ne montre.",
            "Rien à faire, si personne n’en donne l’adresse.",
        ),
        Kind.BROKEN_ACCENTS: (
            "Des accents étaient déjà illisibles sur le blog : ils sont gardés tels quels.",
            "Corrigez-les dans le billet.",
        ),
        Kind.MISREAD: (
            "Une fois écrits, ces passages se liraient autrement : ils sont écrits en HTML.",
            _COMPARE,
        ),
        Kind.BLOCK_AS_TEXT: (
            "Ce passage ne pouvait s’écrire avec sa mise en forme : il est écrit en simple texte.",
            _COMPARE,
        ),
        Kind.SAID_MARKDOWN: (
            "Le blog dit que ce billet était du Markdown ; l’export en donne le HTML.",
            _COMPARE,
        ),
        Kind.NOTE_UNCALLED: (
            "Rien dans le texte ne menait à cette note : elle n’est pas montrée.",
            _COMPARE,
        ),
        Kind.ANCHOR_UNKNOWN: (
            "Le lien visait une partie du billet qui n’existe pas : il mène au début.",
            "Faites-le mener où il faut.",
        ),
        Kind.FAR_ANCHOR_UNKNOWN: (
            "Le lien visait une partie d’un autre billet qui n’existe pas : il mène au début.",
            "Faites-le mener où il faut.",
        ),
        Kind.FILE_PRIVATE: (
            (
                "Le fichier dit par qui, ou en quel lieu, il a été fait. Le site ne publie pas ce que "
                "disent les images ; docs/ le garde, et les documents sont publiés tels quels."
            ),
            "Retirez-le de l’original si docs/ est public.",
        ),
        Kind.KEY_LEFT: (
            "L’en-tête disait autre chose, dont l’archive ne fait rien.",
            "Rien à faire, si cela ne manque pas au billet.",
        ),
        Kind.NO_POST: (
            "Ce fichier n’est pas un billet publié : il n’est pas importé.",
            "S’il devait l’être, donnez-lui une date et un titre.",
        ),
    },
    Weight.HARMLESS: {
        Kind.OLD_ADDRESS_KEPT: (
            "Le lien mène à une page de l’ancien blog que l’export ne contient pas.",
            "`make links` dira s’il est mort.",
        ),
        Kind.PLAYER_LINKED: (
            "Un lecteur de vidéo ou de son est devenu un lien vers ce qu’il jouait.",
            _NOTHING,
        ),
        Kind.IMAGE_CONVERTED: (
            "L’image était trop grande ou d’un genre ancien : elle est réduite ou convertie.",
            _NOTHING,
        ),
        Kind.HIDDEN_REMOVED: (
            "Le lien menait à un texte que personne ne peut lire : ses mots restent, sans lien.",
            _NOTHING,
        ),
        Kind.LAYOUT_REMOVED: (
            "Un code ne servait qu’à la mise en page : ce qu’il tenait est gardé.",
            _NOTHING,
        ),
        Kind.LOOK_LEFT: ("Une couleur, une place ou une taille n’est pas gardée.", _NOTHING),
        Kind.OLD_ADDRESS_BY_HOST: (
            "Deux blogs ont cette adresse : elle y mène selon le domaine.",
            "Si l’hébergeur ne lit ni `_redirects` ni nginx, c’est le premier blog qui répond.",
        ),
        Kind.TOOLTIP_REMOVED: (
            "Un mot qui paraissait au survol d’un lien n’est pas gardé.",
            _NOTHING,
        ),
        Kind.SIGN_REMOVED: ("Un signe que personne ne voit a été retiré du texte.", _NOTHING),
        Kind.CONTROL_REMOVED: (
            "Un signe interdit dans tout fichier XML, et que personne ne voit, a été retiré.",
            _NOTHING,
        ),
        Kind.HEADING_EMPTY: ("Un intertitre ne disait rien : il est retiré.", _NOTHING),
        Kind.REMARK_REMOVED: ("Un commentaire dans le code, que personne ne voit.", _NOTHING),
        Kind.SILENT_REMOVED: ("Un élément sans texte : programme, style, formulaire.", _NOTHING),
        Kind.DYNAMIC_EMPTY: (
            "Le blog y mettait à chaque visite une liste ou un menu : l’archive a les siens.",
            _NOTHING,
        ),
        Kind.MORE_LABEL: (
            "Le lien vers la suite avait ses propres mots : l’archive a les siens.",
            _NOTHING,
        ),
    },
}
MEANINGS: Mapping[Kind, Meaning] = {
    kind: Meaning(weight, *texts) for weight, found in _BY_WEIGHT.items() for kind, texts in found.items()
}  # fmt: skip
"""What each kind means, what matters most first."""
