"""The text below a header, mended: other tools' signs, HTML, boxes, headings, then links."""

from __future__ import annotations

from archivist.mends.text.around import Around
from archivist.mends.text.boxes import mend_attributes, mend_boxes
from archivist.mends.text.foreign import mend_foreign
from archivist.mends.text.headings import mend_headings
from archivist.mends.text.html import mend_html
from archivist.mends.text.links import mend_links
from archivist.words.canonical import WordReader, join_words

# What one mend writes another may mend.
_MOST_ROUNDS = 4


def mend_signs(text: str, around: Around) -> str:
    """Return the body *text* as this archive writes it; its links stay as they are."""
    for _ in range(_MOST_ROUNDS):
        mended = mend_attributes(mend_boxes(mend_html(mend_foreign(text, around))))
        if mended == text:
            break
        text = mended
    headed = mend_headings(text)
    is_same = headed == text or read_plain(headed) == read_plain(text)
    return headed if is_same else text


def mend_body(text: str, around: Around) -> str:
    """Return the body *text* mended, its links too: they lead where *around* says."""
    for _ in range(_MOST_ROUNDS):
        mended = mend_links(mend_signs(text, around), around)
        if mended == text:
            break
        text = mended
    return text


def read_plain(text: str) -> str:
    """Return the words of the body *text*, as its checksum is made of them."""
    reader = WordReader()
    reader.read(text, 1)
    return join_words(reader.passages)
