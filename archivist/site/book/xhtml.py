"""Pages as a book has them: strict XHTML, without what only a browser on the web knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree, html

_START = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{0}" xml:lang="{0}">
"""
# What old readers know of notes by another name, and show above the text.
_NOTES = {"doc-noteref": "noteref", "doc-footnote": "footnote"}
# lxml does not know that it is always empty.
_BREAK = re.compile(r"<wbr\b[^>]*>", re.IGNORECASE)


def _take_originals(page: html.HtmlElement, names: Mapping[str, str]) -> None:
    """Leave of each picture what all readers can show, by its name in the book."""
    for picture in page.findall(".//picture"):
        image = picture.find(".//img")
        image.tail = picture.tail
        picture.getparent().replace(picture, image)
    for image in page.iter("img"):
        folder, slash, name = image.get("src").rpartition("/")
        image.set("src", folder + slash + names.get(name, name))
        for name in ("loading", "decoding", "data-whole"):
            image.attrib.pop(name, None)


def write_page(text: str, lead: Callable[[str], str], pictures: Mapping[str, str]) -> str:
    """Return the HTML page *text* as XHTML.

    *lead* tells where each link leads from now on; nothing, where it leads nowhere. *pictures*
    has the names of pictures that are called otherwise in the book.
    """
    parser = html.HTMLParser(remove_comments=True)
    page = html.document_fromstring(_BREAK.sub(r"\g<0></wbr>", text), parser=parser)
    _take_originals(page, pictures)
    for link in list(page.iter("a")):
        address = lead(link.get("href", ""))
        if address:
            link.set("href", address)
        else:
            link.drop_tag()
    for role, name in _NOTES.items():
        for note in page.xpath("//*[@role=$role]", role=role):
            note.set("epub:type", name)
    for details in page.iter("details"):
        # Not all readers can open it.
        details.set("open", "")
    # A page of paper does not scroll.
    for region in page.find_class("scroll"):
        region.drop_tag()
    parts = (etree.tostring(part, encoding="unicode", with_tail=False) for part in page)
    return _START.format(page.get("lang")) + "\n".join(parts) + "\n</html>\n"
