"""BibTeX, in the dialect of biblatex: the one that says EDTF dates and addresses.

https://ctan.org/pkg/biblatex (§ 2.1.1 `@online`, § 2.3.8 dates). Zotero and JabRef read it too.
"""

from __future__ import annotations

import re

from archivist.dates.edtf import write_edtf
from archivist.formats.citation import Citation, Person, to_plain

_ESCAPES = str.maketrans({
    **{sign: f"\\{sign}" for sign in "%&$#_"},
    # BibTeX counts braces, even after a backslash.
    "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
})  # fmt: skip
# Two signs that TeX would print as one.
_LIGATURES = re.compile(r"([-`',<>])(?=\1)|([?!])(?=`)")
# As babel calls them; of others nothing is said.
_LANGUAGES = {
    "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian",
    "nl": "dutch", "pt": "portuguese",
}  # fmt: skip
# What an address may hold and a field not: biblatex takes the rest as it stands.
_UNSAFE = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '{}\\^"` '})


def escape(text: str) -> str:
    """Return *text* as TeX prints it, letter for letter."""
    return _LIGATURES.sub(r"\g<0>{}", to_plain(text).translate(_ESCAPES))


def _protect(text: str) -> str:
    """Return a part of a name, in braces where BibTeX would see several names in it."""
    escaped = escape(text)
    return f"{{{escaped}}}" if re.search(r",|\band\b", text, re.IGNORECASE) else escaped


def _write_person(person: Person) -> str:
    if person.family:
        return f"{_protect(person.family)}, {_protect(person.given)}"
    return f"{{{escape(person.name)}}}"


def _list_fields(citation: Citation) -> list[tuple[str, str]]:
    return [
        ("author", " and ".join(map(_write_person, citation.authors))),
        # The second braces keep capitals as the author wrote them.
        ("title", f"{{{escape(citation.title)}}}"),
        ("date", write_edtf(citation.date)),
        ("organization", f"{{{escape(citation.container)}}}"),
        ("url", citation.url.translate(_UNSAFE)),
        ("langid", _LANGUAGES.get(citation.language[:2], "")),
        ("keywords", ", ".join(map(escape, citation.keywords))),
        ("note", escape(citation.note)),
    ]


def write_bibtex(citation: Citation) -> str:
    """Return *citation* as one entry."""
    fields = (f"  {name} = {{{value}}},\n" for name, value in _list_fields(citation) if value)
    return f"@online{{{citation.key},\n{''.join(fields)}}}\n"
