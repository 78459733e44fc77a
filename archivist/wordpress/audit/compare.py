"""Tell, in French, how what a reader finds on a page falls short of what an export has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archivist.wordpress.audit.seen import Seen


def compare(wanted: Seen, found: Seen, names: Mapping[str, str]) -> list[str]:
    """Return how *found* falls short of *wanted*; *names* says what its files are called."""
    if wanted.tokens != found.tokens:
        faults = [_tell_words(wanted.tokens, found.tokens)]
    else:
        faults = [*_compare_gaps(wanted, found), *_compare_marks(wanted, found)]
        faults += _compare_targets(wanted, found, names)
    verses = {*wanted.verses, *found.verses}
    codes = [[each for each in seen.codes if each not in verses] for seen in (wanted, found)]
    lists: tuple[tuple[str, list[str], list[str]], ...] = (
        ("images", _tell_pictures(wanted, names), _tell_pictures(found, names)),
        ("titres", wanted.headings, found.headings),
        ("codes", codes[0], codes[1]),
        ("points de liste", wanted.points, found.points),
    )
    for name, one, other in lists:
        faults += _compare_lists(name, one, other)
    for name, needed, there in (
        ("citations", wanted.quotes, found.quotes),
        ("cellules", wanted.cells, found.cells),
    ):
        if needed != there:
            faults.append(f"{name} : {needed} dans l’export, {there} sur le site.")
    return faults


def _tell_words(wanted: Sequence[str], found: Sequence[str]) -> str:
    at = find_difference(wanted, found)
    expected = " ".join(wanted[max(0, at - 4) : at + 6])
    there = " ".join(found[max(0, at - 4) : at + 6])
    counts = f"{len(wanted)} dans l’export, {len(found)} sur le site"
    return f"mots : {counts} ; « {expected} » dans l’export, « {there} » sur le site."


def find_difference(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Return the first place where *found* is not as *wanted*."""
    pairs = enumerate(zip(wanted, found, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(wanted), len(found)))


def _around(seen: Seen, at: int) -> str:
    return " ".join(seen.tokens[max(0, at - 3) : at + 3])


def _compare_gaps(wanted: Seen, found: Seen) -> Iterator[str]:
    for at, (one, other) in enumerate(zip(wanted.gaps, found.gaps, strict=True)):
        if "\n" in one and "\n" not in other:
            yield f"paragraphes ou lignes réunis, vers « {_around(wanted, at)} »."
            return
        if not _is_kept(one, other):
            told = f"{one!r} dans l’export, {other!r} sur le site"
            yield f"espaces : {told}, vers « {_around(wanted, at)} »."
            return


def _is_kept(one: str, other: str) -> bool:
    """Tell whether a gap has all spaces that are no plain ones: typography adds some."""
    rest = iter(other)
    special = [sign for sign in one if sign not in " \n"]
    return all(sign in rest for sign in special) and bool(one) == bool(other)


def _compare_marks(wanted: Seen, found: Seen) -> Iterator[str]:
    """Yield the first words that have lost each mark, and those that have gained it."""
    told = set[str]()
    for at, (one, other) in enumerate(zip(wanted.marks, found.marks, strict=True)):
        changed = (one ^ other) - wanted.maybe[at] - found.maybe[at] - told
        for name in sorted(changed):
            told.add(name)
            verb = "perdu" if name in one else "en trop"
            yield f"mise en forme : {name} {verb}, vers « {_around(wanted, at)} »."


def _compare_targets(wanted: Seen, found: Seen, names: Mapping[str, str]) -> Iterator[str]:
    for at, (one, other) in enumerate(zip(wanted.targets, found.targets, strict=True)):
        if one != other:
            places = (
                f"vers {names.get(each, each)[:120]}" if each else "aucun" for each in (one, other)
            )
            led = "{} dans l’export, {} sur le site".format(*places)
            yield f"lien : {led}, vers « {_around(wanted, at)} »."
            return


def _tell_pictures(seen: Seen, names: Mapping[str, str]) -> list[str]:
    """Return what each picture is, says and leads to, told apart by more than its name."""
    told = []
    for file, alt, target in seen.pictures:
        led = f", lien vers {names.get(target, target)}" if target else ""
        told.append(f"{names.get(file, file)} « {alt} »{led}")
    return told


def _compare_lists(name: str, wanted: Sequence[str], found: Sequence[str]) -> Iterator[str]:
    if list(wanted) == list(found):
        return
    at = find_difference(wanted, found)
    places = (f"« {each[at][:120]} »" if at < len(each) else "rien" for each in (wanted, found))
    counts = f"{len(wanted)} dans l’export, {len(found)} sur le site"
    yield f"{name} : {counts} ; au n° {at + 1}, {' dans l’export, '.join(places)} sur le site."
