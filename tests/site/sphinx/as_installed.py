"""Each defect of test_ablog_defects.py is there in the stack as installed: a check can fail.

Not a part of `make test`: it changes with the stack alone. `make soak` runs it.
"""

import pytest

from tests.site.sphinx.test_ablog_defects import CHECKS, Builder, helpers, write_naive

__all__ = ["helpers"]


@pytest.mark.parametrize("check", CHECKS, ids=lambda function: function.__name__)
def test_it_is_wrong_on_the_stack_as_installed(check, helpers, tmp_path):
    with pytest.raises((AssertionError, AttributeError, TypeError, ValueError)):
        check(Builder(write_naive, helpers.Site, tmp_path), helpers.write_post)
