"""What a process that builds sites needs: loaded once, by the one that others are forked from."""

import ablog  # noqa: F401
import furo  # noqa: F401
import myst_parser.sphinx_ext.main  # noqa: F401
import sphinx.cmd.build
import sphinx.environment  # noqa: F401

import archivist.build.build
import archivist.site.book.book
import archivist.site.contents  # noqa: F401
