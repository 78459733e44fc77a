"""What a shortcode becomes by its kind: a picture, links, a heading with what follows; in HTML."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol
from urllib.parse import unquote

from archivist.wordpress.export.plan import Medium, Plan
from archivist.wordpress.html.blocks import NEXT_PAGE
from archivist.wordpress.html.shortcodes import Shortcode
from archivist.wordpress.html.values import (
    ADDRESS,
    IS_FILE,
    find_addresses,
    find_link,
    find_numbers,
    find_place,
    read_numbers,
    say,
)
from archivist.wordpress.notes import Kind, Noter
from archivist.wordpress.players import name_player

# What [caption] holds: <a href="…"><img src="…"></a> The caption
_CAPTIONED = re.compile(
    r"\s*(?P<shown>(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(?P<caption>.*)",
    re.DOTALL | re.IGNORECASE,
)
_IS_PICTURE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|bmp|avif)(?:\?\S*)?", re.IGNORECASE)
_TITLES = (
    "title", "heading", "headline", "heading_text", "title_content", "title_text", "h2",
    "field_title", "label", "name", "titre",
)  # fmt: skip
_WORDS = (
    "subtitle", "subhead", "subheading", "sub_heading", "h4", "text", "description", "desc", "body",
    "quote", "author", "position", "job_title", "company_name", "caption", "options", "price",
)  # fmt: skip
_SHOWN = ("button_text", "link_text", "linktext", "text", "title", "label", "name", "anchor")
_PICTURES = ("image", "src", "image_url", "picture", "photo", "img", "attachment")


class CodeSetting(Protocol):
    """What a shortcode stands in."""

    post: int
    plan: Plan  # knows the rest of the export

    @property
    def note(self) -> Noter:
        """What hears of what is lost or doubtful."""

    def expand_shortcodes(self, text: str) -> str:
        """Return *text* with HTML for each shortcode that is known."""

    def call_note(self, text: str) -> str:
        """Return the call of a new footnote that says *text*."""


def make_caption(around: CodeSetting, code: Shortcode) -> str:
    """Return a picture with its caption."""
    content = around.expand_shortcodes(code.content or "")
    found = _CAPTIONED.fullmatch(content)
    said = code.attributes.get("caption", "")
    if not found:
        return f"<div>{content} {said}</div>"
    caption = " ".join(filter(None, (said, found["caption"].strip())))
    text = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="{code.attributes.get("align", "")}">{found["shown"]}{text}</figure>'


def make_gallery(around: CodeSetting, code: Shortcode) -> str:
    """Return the pictures that a gallery names, or those attached to the post."""
    numbers = find_numbers(code)
    found = [around.plan.media.get(number) for number in numbers]
    owner = read_numbers(code.attributes.get("id", ""))
    if not numbers and (code.name == "gallery" or (code.name == "slideshow" and not owner)):
        found = list(around.plan.list_media((owner or [around.post])[0]))
    images = [each for each in found if each and each.is_image]
    if numbers and len(found) > len(images):
        around.note(Kind.GALLERY_UNKNOWN, f"{len(found) - len(images)} sur {len(found)}")
    links = code.attributes.get("link") != "none"
    shown = "".join(_show_medium(each, links=links) for each in images)
    return f'<div class="gallery">{shown}</div>' if shown else ""


def _show_medium(medium: Medium, *, links: bool) -> str:
    image = f'<img src="{html.escape(medium.url)}" alt="{html.escape(medium.alt)}">'
    shown = f'<a href="{html.escape(medium.url)}">{image}</a>' if links else image
    caption = f"<figcaption>{medium.caption}</figcaption>" if medium.caption.strip() else ""
    return f"<figure>{shown}{caption}</figure>"


def make_links(around: CodeSetting, code: Shortcode) -> str:
    """Return links to what would be shown or played: of addresses, names of files, or a number."""
    found = list(find_addresses(code)) or list(filter(None, [find_place(code)]))
    found = [around.plan.find_upload(each) for each in dict.fromkeys(found)]
    titles = re.findall(r"\|titles=([^|\]]*)", code.raw.partition("]")[0])
    title = say(code, "title", "caption") or "".join(titles)
    if len(found) == 1:
        return _link_files([(found[0], title)])
    return (f"<p>{title}</p>" if title and found else "") + _link_files(
        (each, "") for each in found
    )


def make_playlist(around: CodeSetting, code: Shortcode) -> str:
    """Return links to the media that a list names."""
    found = [around.plan.media.get(each) for each in read_numbers(code.attributes.get("ids", ""))]
    return "" if None in found else _link_files((each.url, each.title) for each in found if each)


def make_media(around: CodeSetting, code: Shortcode) -> str:
    """Return what a viewer shows of its own: pictures by their numbers, or links."""
    return make_gallery(around, code) if name_pictures(around, code) else make_links(around, code)


def name_pictures(around: CodeSetting, code: Shortcode) -> list[Medium]:
    """Return the pictures that a code names by their numbers, if all of them are pictures."""
    found = [around.plan.media.get(number) for number in find_numbers(code)]
    images = [each for each in found if each and each.is_image]
    return images if len(images) == len(found) else []


def make_button(around: CodeSetting, code: Shortcode) -> str:
    """Return a link in a line, or the words of a button that leads nowhere."""
    shown = around.expand_shortcodes(code.content or "").strip() or say(code, *_SHOWN)
    address = find_link(code) or next((each for each in code.values if ADDRESS.fullmatch(each)), "")
    if not address and not shown:
        return ""
    return (
        f' <a href="{html.escape(address)}">{shown or html.escape(address)}</a> '
        if address
        else shown
    )


def make_panel(around: CodeSetting, code: Shortcode) -> str:
    """Return a heading and what is under it."""
    title = say(code, *_TITLES, "expand_text", "more_text") or " ".join(code.values)
    return _head(title, code.attributes) + _part(around.expand_shortcodes(code.content or ""))


def make_heading(around: CodeSetting, code: Shortcode) -> str:
    """Return words as a heading."""
    said = around.expand_shortcodes(code.content or "").strip()
    return _head(said or say(code, *_TITLES, "text"), code.attributes)


def _head(title: str, attributes: Mapping[str, str]) -> str:
    said = (attributes.get(key, "") for key in ("size", "tag", "level"))
    level = next((each[-1] for each in said if re.fullmatch("h?[2-6]", each)), "3")
    return f"\n\n<h{level}>{title}</h{level}>\n\n" if title else ""


def make_box(around: CodeSetting, code: Shortcode) -> str:
    """Return what stands apart, under its title in bold."""
    title = say(code, *_TITLES)
    bold = f"\n\n<p><strong>{title}</strong></p>\n\n" if title else ""
    return bold + _part(around.expand_shortcodes(code.content or ""))


def make_field(around: CodeSetting, code: Shortcode) -> str:
    """Return the words of a field of a form."""
    said = " : ".join(
        filter(None, (say(code, "label", "field_title", "title"), say(code, "options")))
    )
    return _part(said) + make_part(around, code)


def make_quote(around: CodeSetting, code: Shortcode) -> str:
    """Return a quotation, with who said it."""
    who, content = (
        say(code, "cite", "author", "name"),
        around.expand_shortcodes(code.content or ""),
    )
    said = f"\n\n<p>{who}</p>" if who else ""
    return f"\n\n<blockquote>\n\n{content}{said}\n\n</blockquote>\n\n"


def make_part(around: CodeSetting, code: Shortcode) -> str:
    """Return what is in a column or a row."""
    return _part(around.expand_shortcodes(code.content or ""))


def make_inline(around: CodeSetting, code: Shortcode) -> str:
    """Return what is in a piece of a line."""
    return around.expand_shortcodes(code.content or "")


def make_mark(around: CodeSetting, code: Shortcode) -> str:
    """Return words that are highlighted."""
    return f"<mark>{around.expand_shortcodes(code.content or '')}</mark>"


def make_tooltip(around: CodeSetting, code: Shortcode) -> str:
    """Return words, with a footnote that says what was shown above them."""
    words = around.expand_shortcodes(code.content or "")
    said = " ".join(filter(None, (say(code, key) for key in ("title", "content", "text", "tip"))))
    return words + around.call_note(said) if said else words


def make_note(around: CodeSetting, code: Shortcode) -> str:
    """Return the call of a footnote; where it says nothing, the code."""
    text = (code.content or "").strip()
    return around.call_note(text) if text else code.raw


def make_page(around: CodeSetting, code: Shortcode) -> str:
    """Return the end of a page within a post."""
    return f'\n\n<hr class="{NEXT_PAGE}">\n\n{make_panel(around, code)}'


def make_raw(around: CodeSetting, code: Shortcode) -> str:
    """Return HTML that a page builder holds in signs that end no code."""
    content = code.content or ""
    try:
        text = base64.b64decode(re.sub("<[^<>]*>|\\s", "", content), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return around.expand_shortcodes(content)
    return _part(unquote(text))


def make_module(around: CodeSetting, code: Shortcode) -> str:
    """Return what a part of a page builder shows: its title, pictures, words, content and link."""
    title, link, shown = (
        say(code, *_TITLES),
        find_link(code),
        say(code, "button_text", "link_text", "linktext"),
    )
    content = (code.content or "").strip()
    pictures = "".join(_find_pictures(around, code))
    if _IS_PICTURE.fullmatch(content):
        content, pictures = "", pictures or _picture(content, "")
    if link and pictures and not _IS_PICTURE.fullmatch(link):
        pictures = f'<a href="{html.escape(link)}">{pictures}</a>'
    elif link and (shown or not title) and not _IS_PICTURE.fullmatch(link):
        shown = f"<p>{write_link(link, html.unescape(shown))}</p>"
    elif link and title and not shown:
        title = f'<a href="{html.escape(link)}">{title}</a>'
    said = dict.fromkeys(say(code, key) for key in (*_TITLES, *_WORDS))
    words = "".join(f"<p>{each}</p>" for each in said if each and each != say(code, *_TITLES))
    made = (
        _head(title, code.attributes),
        pictures,
        words,
        around.expand_shortcodes(content),
        shown,
    )
    return _part("\n\n".join(filter(None, made)))


def _find_pictures(around: CodeSetting, code: Shortcode) -> Iterator[str]:
    if images := name_pictures(around, code):
        yield from (_show_medium(each, links=False) for each in images)
        return
    found = (code.attributes.get(key, "") for key in _PICTURES)
    for address in dict.fromkeys(each for each in found if _IS_PICTURE.fullmatch(each)):
        yield _picture(address, say(code, "alt"))


def _picture(address: str, alt: str) -> str:
    return f'<img src="{html.escape(html.unescape(address))}" alt="{html.escape(alt)}">'


def _part(text: str) -> str:
    """Return *text* apart from what stands around it."""
    return f"\n\n<div>\n\n{text}\n\n</div>\n\n" if text.strip() else ""


def _link_files(files: Iterable[tuple[str, str]]) -> str:
    """Return a link to each file, an address and what to show of it."""
    links = (
        (each, shown or name_player(each, (IS_FILE.search(each) and each.rpartition("/")[2]) or ""))
        for each, shown in files
    )
    return "".join(
        f"<p>{write_link(address, html.unescape(shown))}</p>" for address, shown in links
    )


def write_link(address: str, shown: str = "") -> str:
    """Return a link to *address*, in HTML."""
    shown = shown or name_player(address, address)
    return f'<a href="{html.escape(address)}">{html.escape(shown, quote=False)}</a>'
