"""Pictures of the site, as they are shown; lighter variants, made once for the same original."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import PIL
from PIL import features

from archivist.files import hash_file
from archivist.pictures.picture import publish_picture, read_picture
from archivist.site.files.file import SiteFile, keep
from archivist.site.site import Site
from archivist.site.text.images import Shape, find_shape, name_variant
from archivist.syntax.allowed import PICTURES

QUALITY = 80
# Of 0 to 6: two thirds of the time that 6 takes, for files heavier by three hundredths.
_METHOD = 4
# Each of them has a whole picture in memory.
_MOST_AT_ONCE = 4


def draw_variant(source: Path, width: int) -> bytes:
    """Return *source*, turned as its camera says, as a WebP *width* wide."""
    picture = read_picture(source)
    whole = picture.measure()
    small = picture.shrink((width, max(1, round(whole[1] * width / whole[0]))))
    written = io.BytesIO()
    # Colours stand for others where they are no more red, green and blue.
    profile = small.info.get("icc_profile") if small.mode in {"RGB", "RGBA"} else None
    small = small.convert("RGBA" if small.has_transparency_data else "RGB")
    small.save(written, "WEBP", quality=QUALITY, method=_METHOD, icc_profile=profile)
    return written.getvalue()


class _Shelf:
    """Pictures made in earlier builds, by what they are made of; the others go."""

    def __init__(self, site: Site) -> None:
        self._folder = site.plan.cache / "pictures" if site.plan.cache else None
        self._used: set[Path] = set()
        self._missing: dict[Path, Callable[[], bytes]] = {}
        self._progress = site.plan.progress
        self._is_same = site.plan.is_same
        self._docs, self._hashes = site.docs, dict(site.plan.hashes)

    def keep(self, source: str, name: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
        """Return what makes something of *source*, unless it is here; *name* says what."""
        if self._folder is None:
            return make
        if source not in self._hashes:
            self._hashes[source] = hash_file(self._docs / source)
        # Names change with the original, and with all that draws what is made of it.
        made_by = "-".join(map(str, (PIL.__version__, features.version("webp"), QUALITY, _METHOD)))
        path = self._folder / f"{self._hashes[source]}-{made_by}-{name}"
        self._used.add(path)
        if not self._is_same(source) and not path.exists():
            self._missing[path] = make
        return partial(keep, path, make)

    def fill(self) -> None:
        """Make what is missing, several at once: most of it is done where other code can run."""
        self._progress.begin("images", len(self._missing))
        at_once = min(_MOST_AT_ONCE, os.cpu_count() or 1)
        # What each of them sets for itself would be left to others.
        with warnings.catch_warnings(), ThreadPoolExecutor(at_once) as pool:
            warnings.simplefilter("ignore")
            for _ in pool.map(keep, self._missing, self._missing.values()):
                self._progress.step()

    def tidy(self) -> None:
        """Delete what nothing uses any more."""
        for path in self._folder.iterdir() if self._folder and self._folder.exists() else ():
            if path not in self._used:
                path.unlink()


def list_pictures(site: Site) -> Iterator[SiteFile]:
    """Yield the images of all documents, their variants, and what links lead to."""
    shelf = _Shelf(site)
    files = list(_list_made(site, shelf))
    shelf.fill()
    yield from files
    shelf.tidy()
    site.plan.progress.begin("recherche")


def _list_made(site: Site, shelf: _Shelf) -> Iterator[SiteFile]:
    for uri, name in site.images.items():
        source, is_fixed = site.docs / uri, site.plan.is_same(uri)
        shape = find_shape(source)
        yield SiteFile(f"_images/{name}", _publish(site, uri, shape, shelf), is_fixed)
        for width in shape.widths:
            make = shelf.keep(uri, f"{width}.webp", partial(draw_variant, source, width))
            yield SiteFile(f"_images/{name_variant(name, width)}", make, is_fixed)
    for uri, name in site.downloads.items():
        source = site.docs / uri
        is_picture = source.suffix.lower() in PICTURES
        made = _publish(site, uri, find_shape(source), shelf) if is_picture else source.read_bytes
        yield SiteFile(f"_downloads/{name}", made, site.plan.is_same(uri))


def _publish(site: Site, uri: str, shape: Shape, shelf: _Shelf) -> Callable[[], bytes]:
    """Return what makes the file to publish; only one to be turned takes long."""
    source = site.docs / uri
    make = partial(publish_picture, source)
    return shelf.keep(uri, f"turned{source.suffix}", make) if shape.is_turned else make
