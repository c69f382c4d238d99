"""The formats of a report. One module a format, found by its name: to add a format is to add a module here.

A module gives ``render(verdict, options) -> str``. Its name is the format's: ``spdx3.py`` is ``spdx3``, and an underscore
is a dot between digits, else a hyphen (``cyclonedx_1_7.py`` is ``cyclonedx-1.7``). The docstring documents the format:
its first paragraph says what the report holds, and a paragraph that begins with ``For:`` says who reads it.
"""
