"""Licences as people write them lead to the text that they name, and to no other."""

import pytest

from archivist.formats.licences import find_licence

COMMONS = "https://creativecommons.org/licenses"


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("CC BY-SA 4.0", f"{COMMONS}/by-sa/4.0/"),
        ("cc-by-nc-nd 3.0 FR", f"{COMMONS}/by-nc-nd/3.0/fr/"),
        ("Creative Commons BY 2.0 France", f"{COMMONS}/by/2.0/fr/"),
        ("Licence CC BY 4.0 FR", f"{COMMONS}/by/4.0/"),
        ("Creative Commons Attribution – Partage dans les mêmes conditions 4.0 International", f"{COMMONS}/by-sa/4.0/"),
        ("Attribution - Pas d’utilisation commerciale - Pas de modification 3.0 France", f"{COMMONS}/by-nc-nd/3.0/fr/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("Licence Ouverte 2.0", "https://spdx.org/licenses/etalab-2.0.html"),
        ("WTFPL", "http://www.wtfpl.net/about/"),
        ("Voir https://exemple.fr/droits.", "https://exemple.fr/droits"),
        ("CC BY", ""),
        ("Tous droits réservés", ""),
        ("ACCBY 4.0", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_licence_is_known_by_its_words(words, address):
    assert find_licence(words) == address
