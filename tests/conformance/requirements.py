# SPDX-License-Identifier: Apache-2.0
"""The list of requirements; the modules rows_*.py add to it."""

ROWS = []


def must(section, text):
    """Declare a function of a Box as one requirement of the OCI runtime specification 1.1."""
    def add(function):
        ROWS.append((section, text, function))
        return function
    return add
