"""Rules (`---`) that part two texts stay; those that part nothing go without a warning."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms import SphinxTransform


def parts_texts(node: nodes.transition) -> bool:
    """Tell whether there is text of the same page before and after a rule."""
    if not isinstance(node.parent, (nodes.document, nodes.section)):
        return False
    before = node.previous_sibling()
    if before is None or isinstance(before, (nodes.title, nodes.transition)):
        return False
    place: nodes.Element = node
    while place.parent is not None and place.parent.index(place) == len(place.parent) - 1:
        place = place.parent
    # docutils moves a rule up to what follows; MyST has one of its own above footnotes.
    return place.parent is not None and not isinstance(
        place.parent[place.parent.index(place) + 1], nodes.transition
    )


class DropIdleTransitions(SphinxTransform):
    """Remove the rules that docutils would complain of."""

    # Before docutils moves them up the tree (830).
    default_priority = 829

    def apply(self, **_: object) -> None:
        """Remove the rules that part nothing."""
        for node in list(self.document.findall(nodes.transition)):
            if not parts_texts(node):
                node.parent.remove(node)
