"""The picture of a shared page, as those who show it read it."""

import io

import pytest
from PIL import Image

from archivist.site.files.cards import SIZE, draw_card

SHORT = "Été"
LONG = "Petit à petit, l’oiseau fait son nid : une méthode pour des services publics et inclusifs"
FOOT = (0, 440, *SIZE)


def read_card(title, below="vers juin 2018"):
    with Image.open(io.BytesIO(draw_card(title, below, "Archives"))) as card:
        card.load()
        return card.convert("RGB")


@pytest.mark.parametrize("title", [LONG, f"{LONG}, {LONG}", " ".join([LONG] * 9), "Mmm" * 60])
def test_a_long_title_leaves_room_for_what_stands_below_it(title):
    card = read_card(title)

    assert card.crop(FOOT).tobytes() == read_card(SHORT).crop(FOOT).tobytes()
    assert len(card.crop((0, 425, SIZE[0], 440)).getcolors()) == 1


def test_letters_are_white_on_the_accent_and_smooth():
    shades = [shade for _, shade in read_card(SHORT).getcolors()]

    assert {(31, 78, 140), (255, 255, 255)} <= set(shades)
    assert 10 < len(shades) <= 16


def test_a_card_does_not_depend_on_those_drawn_before_it():
    first = draw_card(SHORT, "2017", "Archives")
    for year in range(40):
        draw_card(f"{LONG} {year}", str(year), "Archives")

    assert draw_card(SHORT, "2017", "Archives") == first
    assert draw_card(SHORT, "2018", "Archives") != first
