"""Where Sphinx, MyST-Parser and ABlog are told what to do."""
