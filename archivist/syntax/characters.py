"""Rules for the bare text of a file, whatever it says: its signs, its leftovers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from archivist.problems import Faults

_BIDI = frozenset("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Marks of control, of direction, of one machine's own alphabet: they show nothing, or lie.
_CONTROLS = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u202a-\u202e\u2066-\u2069"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff]"
)
# What a text copied from the web is full of. No reader sees it, but two labels differ by it.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2028\u2029\u2060-\u2064\ufeff]")
_SIGNS = re.compile(_CONTROLS.pattern[:-1] + _INVISIBLE.pattern[1:])
# What no reader sees, alone or among others: besides these, what Unicode has programs pass over
# (Default_Ignorable_Code_Point), and the empty sign of Braille.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# <<<<<<< HEAD, >>>>>>> branch, ||||||| parent; seven « = » alone may underline a title.
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?")
# ```python, ~~~, > - ```
_FENCE = re.compile(r"(?:[ >*+-]|[0-9]{1,9}[.)] )*(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
# UTF-8 read as Windows-1252: é becomes Ã©, ’ becomes â€™.
_MOJIBAKE = re.compile(
    "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|â€[™œ˜¦“”¢\u009d]|Å[“’¸]"
)
# Where none of these is, there is nothing to look for.
_MOJIBAKE_SIGNS = "ÃÂâÅ"
_MARKUP_SIGNS = "[{#<"
# Shortcodes that may as well be words between brackets.
_WORDS = frozenset({"audio", "video", "playlist", "caption", "more"})
# [gallery ids="1,2"], [/caption], [vc_row]
_SHORTCODE = re.compile(
    r"\[/?(?P<name>caption|gallery|embed|audio|video|playlist|youtube|vimeo|dailymotion|"
    r"googlemaps|contact-form[\w-]*|vc_\w+|et_pb_\w+|su_\w+|wpforms|ngg\w*|more|nextpage)"
    r"(?:\s+[\w-]+=[^\]]{0,500})?\]",
    re.IGNORECASE,
)
# What readers would see as it was typed, and what was meant: [texte](https://a b), (texte)[https://…,
# [texte][nom], {term} `mot`, ##Titre, {width=300px} alone.
_SLIP = re.compile(
    r"(?P<link>!?\[[^\[\]]*\]\(\S*)|(?P<reverse>\([^()]*\)\[\s*(?:https?:|www\.)\S*)"
    r"|(?P<name>\]\[(?![0-9]+\])[^\]]+\])|(?P<role>\{(?:term|ref|abbr|sub|sup|doc)\}.{0,20})"
    r"|(?P<heading>^#{2,6}[^\s#].*)|(?P<size>^\{\s*(?:width|height)=.{0,30})"
)
_MEANT = {
    "link": "écrivez [texte](https://…), sans espace ni accent dans l’adresse.",
    "reverse": "écrivez [texte](https://…), les crochets d’abord.",
    "name": "l’adresse de ce nom manque, ajoutez une ligne « [nom]: https://… ».",
    "role": "écrivez {term}`mot`, collé, entre accents graves.",
    "heading": "laissez une espace après les « # ».",
    "size": "écrivez {width=300px}, collé à l’image.",
}


def check_text(text: str, header_end: int) -> Faults:
    """Yield what is wrong with a text whatever it says; *header_end* is a line, from 0."""
    # One look at all of it: most texts have no line to look for.
    for number, line in enumerate(text.split("\n") if _SIGNS.search(text) else (), start=1):
        fault = find_sign(line, in_header=number <= header_end)
        if fault:
            yield number, fault
    for number, line in _lines_of_text(text) if _CONFLICT.search(text) else ():
        if _CONFLICT.fullmatch(line):
            yield number, f"marque de conflit git « {line[:7]} » : gardez un des deux textes."


def find_sign(text: str, *, in_header: bool) -> str:
    """Return what is wrong with the first sign that readers cannot see, or nothing."""
    found = _CONTROLS.search(text) or (_INVISIBLE.search(text) if in_header else None)
    if found is None:
        return ""
    name = f"U+{ord(found[0]):04X}"
    return f"{_name_sign(found[0])} {name} : retirez-le (ou retapez la ligne)."


def take_out_signs(text: str, *, in_header: bool = False) -> tuple[str, list[str]]:
    """Return *text* without the signs that no text may hold, and the names of those there were."""
    signs = _SIGNS if in_header else _CONTROLS
    taken = [_name_sign(sign) + f" U+{ord(sign):04X}" for sign in signs.findall(text)]
    return (signs.sub("", text), taken) if taken else (text, [])


def strip_invisible(text: str) -> str:
    """Return what readers see of *text*."""
    return _UNSEEN.sub("", text).strip()


def _name_sign(sign: str) -> str:
    if sign in _BIDI:
        return "caractère de contrôle (sens d’écriture)"
    if sign == "\ufffd":
        return "caractère perdu lors d’une conversion"
    return "caractère de contrôle" if unicodedata.category(sign) == "Cc" else "caractère invisible"


def _lines_of_text(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not code, numbered from 1."""
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        match = _FENCE.match(line)
        if fence:
            fence = "" if line.strip(" >").startswith(fence) else fence
        elif match:
            fence = match["fence"]
        else:
            yield number, line


def find_leftovers(text: str) -> Iterator[str]:
    """Yield what is wrong in a piece of text that readers see."""
    # Written as an entity or an escape, a sign is not seen before.
    # markdown-it writes a lost character for NUL, which was told already.
    sign = find_sign(text.replace("\ufffd", ""), in_header=False)
    if sign:
        yield sign
    broken = find_broken_accents(text)
    if broken:
        yield broken
    if any(sign in text for sign in _MARKUP_SIGNS):
        yield from _find_markup(text)


def find_broken_accents(text: str) -> str:
    """Return what is wrong with the first letters that a conversion spoilt, or nothing."""
    may_be = any(sign in text for sign in _MOJIBAKE_SIGNS)
    broken = _MOJIBAKE.search(text) if may_be else None
    if broken is None:
        return ""
    return f"accents abîmés « {broken[0]} » : retapez ce mot, enregistrez en UTF-8."


def mend_accents(text: str) -> str:
    """Return *text* with the letters that a conversion spoilt, `Ã©` for `é`, as they were."""
    may_be = any(sign in text for sign in _MOJIBAKE_SIGNS)
    return _MOJIBAKE.sub(lambda found: _read_again(found[0]), text) if may_be else text


def _read_again(spoilt: str) -> str:
    try:
        return spoilt.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return spoilt


# <o:p>, </o:p>
WORD_TAG = re.compile(r"</?[movwx]:\w+[^<>]{0,200}>")
"""What Word has among its HTML."""
# [le compte rendu](mon billet/Compte rendu.pdf)
_FILE = re.compile(r"!?\[[^\[\]]*\]\((?P<path>[^()]{1,200}\.\w{2,5})\)")


def _find_file(text: str) -> str:
    """Return what to do with the file that a link names and that no address can, or nothing."""
    found = _FILE.match(text)
    path = found["path"] if found else ""
    if re.match(r"(?i)file:|[a-z]:[\\/]", path):
        return f"« {path} » est un fichier de votre ordinateur : copiez-le à côté du billet."
    if not path or ":" in path:
        return ""
    letters = unicodedata.normalize("NFKD", path)
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    plain = re.sub(r"[^a-z0-9._/]+", "-", bare.lower())
    told = f"« {path} » a une espace, un accent ou un signe"
    return f"{told} : renommez le fichier, et écrivez « {plain} »."


def _find_markup(text: str) -> Iterator[str]:
    code = _SHORTCODE.search(text)
    # « [audio] » alone may be a word between brackets.
    if code and (code[0][1] == "/" or "=" in code[0] or code["name"].lower() not in _WORDS):
        yield f"code de WordPress « {code[0][:40]} » : remplacez-le par du Markdown."
    if tag := WORD_TAG.search(text):
        yield f"balise de Word « {tag[0][:40]} » : retirez-la, avec celle qui la ferme."
    slip = _SLIP.search(text)
    if slip:
        kind = slip.lastgroup or "link"
        fault = _find_file(text[slip.start() :]) if kind == "link" else ""
        yield fault or f"Markdown mal écrit « {slip[0][:40]} » : {_MEANT[kind]}"
    if "<!--" in text:
        yield "commentaire jamais fermé : ajoutez « --> », ou retirez « <!-- »."
