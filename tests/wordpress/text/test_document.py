"""What each kind of block says of itself, and that all kinds are known to who writes them."""

import pytest

from archivist.wordpress.text import document as doc
from archivist.wordpress.text.blocks import WRITERS, Writer
from archivist.wordpress.text.cells import Cell
from archivist.wordpress.text.parts import InlinePicture, Run
from archivist.wordpress.text.read_back import read_back
from archivist.wordpress.text.tidy import normalise, shift_headings


def write(word):
    return (doc.Paragraph(parts=(Run(text=word),)),)


HEADS = (Cell(blocks=write("Un"), is_head=True), Cell(blocks=write("Deux"), is_head=True))
CELLS = (Cell(blocks=write("trois")), Cell(blocks=write("quatre")))
BLOCKS = [
    *write("Un"),
    doc.SectionHeading(level=2, parts=(Run(text="Titre"),)),
    doc.Quote(blocks=write("dit")),
    doc.Footnote(label="a", blocks=write("note")),
    doc.List(start=2, items=(write("un"), write("deux")), letters="a", is_reversed=True),
    doc.Box(name="columns", blocks=(doc.Box(name="column", blocks=write("Côte")),)),
    doc.Details(summary=(Run(text="Vu"),), blocks=write("caché")),
    doc.Code(text="x = 1", language="python"),
    doc.ThematicBreak(),
    doc.More(),
    doc.Target(name="ici"),
    doc.Table(rows=(HEADS, CELLS), head=1, caption=(Run(text="Légende"),)),
    doc.Figure(picture=InlinePicture(target="a.png", alt="A"), caption=write("Vue")),
    doc.Definitions(items=(((Run(text="mot"),), (write("sens"),)),)),
]


def list_kinds(kind=doc.BlockNode):
    # A dataclass with slots is made anew: the class before it may be there still.
    below = [each for each in kind.__subclasses__() if getattr(doc, each.__name__) is each]
    return {kind} if not below else {each for one in below for each in list_kinds(one)}


def read_signs(blocks):
    return "".join(doc.text_of(blocks).split())


def names(block):
    return type(block).__name__


def test_each_kind_of_block_is_written_and_tried_here():
    assert WRITERS.keys() == list_kinds()
    assert {type(block) for block in BLOCKS} == list_kinds()


@pytest.mark.parametrize("block", BLOCKS, ids=names)
def test_a_block_reads_back_as_itself(block):
    note = "x[^a]\n\n" if isinstance(block, doc.Footnote) else ""

    assert block in normalise(read_back(note + Writer().write(block)))


@pytest.mark.parametrize("block", BLOCKS, ids=names)
def test_a_block_of_which_nothing_is_changed_stays_itself(block):
    assert block.rebuild(tuple, tuple) == block


@pytest.mark.parametrize("block", BLOCKS, ids=names)
def test_no_word_is_lost_when_a_block_is_taken_apart(block):
    assert read_signs(block.take_apart()) == read_signs([block])


def test_what_is_inside_comes_in_the_order_of_reading():
    assert read_signs(BLOCKS) == (
        "UnTitreditnoteundeuxCôteVucachéx=1LégendeUnDeuxtroisquatreVuemotsens"
    )


def test_headings_in_blocks_are_shifted_with_the_others():
    def nest(*levels):
        first, second = (doc.SectionHeading(level=each, parts=(Run(text="T"),)) for each in levels)
        return (first, doc.Quote(blocks=(second,)))

    assert shift_headings(nest(3, 4)) == nest(2, 3)
    assert shift_headings(nest(1, 6)) == nest(2, 6)
    assert shift_headings(nest(2, 5)) == nest(2, 5)
