"""Licences as people name them, and the address that programs know each by."""

from __future__ import annotations

import re

# CC BY-SA 4.0, CC-BY-NC-ND 3.0 FR, Creative Commons BY 4.0
_SHORT = re.compile(
    r"\b(?:CC|Creative Commons)[\s-]+(?P<kind>BY(?:[\s-](?:NC|ND|SA))*)"
    r"[\s-]*(?P<version>[1-4]\.[05])?(?:[\s-](?P<place>FR|France)\b)?",
    re.IGNORECASE,
)
# Attribution – Partage dans les mêmes conditions 4.0 International
_LONG = re.compile(
    r"\bAttribution\b.*?(?P<version>[1-4]\.[05])(?:\s+(?P<place>France)\b)?", re.IGNORECASE
)
_PARTS = {
    "nc": re.compile(r"non[\s-]?commercial|utilisation commerciale", re.IGNORECASE),
    "nd": re.compile(r"no[\s-]?deriv|pas de modification", re.IGNORECASE),
    "sa": re.compile(r"share[\s-]?alike|partage|mêmes conditions", re.IGNORECASE),
}
_OTHERS = (
    (re.compile(r"\bCC[\s-]?0\b|\bCC Zero\b", re.IGNORECASE), "https://creativecommons.org/publicdomain/zero/1.0/"),
    (re.compile(r"\b(?:Licence Ouverte|Open Licence|Etalab)\b.*2\.0", re.IGNORECASE), "https://spdx.org/licenses/etalab-2.0.html"),
    (re.compile(r"\bWTFPL\b", re.IGNORECASE), "http://www.wtfpl.net/about/"),
)  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def find_licence(words: str) -> str:
    """Return the address of the licence that *words* name, or nothing.

    Nothing is guessed: « CC BY » without its version names no text.
    """
    if found := _ADDRESS.search(words):
        return found[0]
    if short := _SHORT.search(words):
        return _name_commons(re.sub(r"[\s-]+", "-", short["kind"].lower()), short)
    if long := _LONG.search(words):
        kinds = [kind for kind, pattern in _PARTS.items() if pattern.search(words)]
        return _name_commons("-".join(["by", *kinds]), long)
    return next((address for pattern, address in _OTHERS if pattern.search(words)), "")


def _name_commons(kind: str, found: re.Match[str]) -> str:
    place = "fr/" if found["place"] else ""
    version = found["version"]
    address = f"https://creativecommons.org/licenses/{kind}/{version}/"
    # Since version 4.0 there are no licences for a country.
    return (address + ("" if version == "4.0" else place)) if version else ""
