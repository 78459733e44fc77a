"""A page of HTML as a browser's parser cuts it, well enough to see what does not belong there."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_LANDMARKS = frozenset({"article", "aside", "body", "footer", "header", "main", "nav"})
# Elements whose text is looked at.
_TOLD = ("h1", "script", "style")
# A browser ends these sooner than html.parser does.
_SOONER = (
    (re.compile(r"<!---?>"), "<!-- -->"),
    (re.compile(r"--!>"), "-->"),
    (re.compile(r"<!\[CDATA\[[^>]*>"), "<!-- -->"),
)


# What is open outside these cannot be closed inside them, but by an end of their own kind.
_BARRIERS = frozenset("caption marquee object select table td template th".split())
_OF_BARRIERS = _BARRIERS | {"tbody", "tfoot", "thead", "tr"}


@dataclass(frozen=True)
class Element:
    """A start tag: its name, its attributes, and the path of elements that hold it."""

    name: str
    attributes: dict[str, str]
    path: tuple[str, ...]

    @property
    def classes(self):
        return self.attributes.get("class", "").split()


def _is_in_text(element):
    """Tell whether *element* is of the text of a page, as the notices of docutils are."""
    return "system-message" in element.classes or "section" in {
        name.partition(".")[0] for name in element.path
    }


@dataclass
class Page(HTMLParser):
    """All elements of *text*, in order; *texts* are those of h1, script and style."""

    text: str
    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self._open, self._names = [], []
        text = self.text
        for pattern, instead in _SOONER:
            text = pattern.sub(instead, text)
        # A comment that nothing closes hides the rest.
        unclosed = text.find("<!--", text.rfind("-->") + 1)
        if unclosed >= 0:
            text = text[:unclosed]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in reversed(attrs)}
        self.elements.append(Element(tag, attributes, tuple(self._open)))
        if tag not in _VOID:
            first = attributes.get("class", "").split()[:1]
            self._open.append(".".join([tag, *first]))
            self._names.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._close(-1)

    def handle_endtag(self, tag):
        for place in range(len(self._names) - 1, -1, -1):
            if self._names[place] == tag:
                self._close(place)
                return
            if self._names[place] in _BARRIERS and tag not in _OF_BARRIERS:
                return

    def _close(self, place):
        del self._open[place:], self._names[place:]

    def handle_data(self, data):
        for name in _TOLD:
            if name in self._names:
                self.texts.append((name, data))

    def unknown_decl(self, data):
        """Leave aside what a browser takes for a comment."""

    @cached_property
    def landmarks(self):
        """Where the large parts are, each with how many times it is there."""
        return Counter(
            " ".join((*each.path, each.name, *each.classes[:1]))
            for each in self.elements
            if each.name in _LANDMARKS and not _is_in_text(each)
        )

    @cached_property
    def classes(self):
        """The classes that elements wear, each with how many times."""
        return Counter(name for each in self.elements for name in each.classes)

    @cached_property
    def names(self):
        """The names of elements, each with how many times."""
        return Counter(each.name for each in self.elements)

    @cached_property
    def heading(self):
        """What the h1 says."""
        return "".join(text for name, text in self.texts if name == "h1").strip()
