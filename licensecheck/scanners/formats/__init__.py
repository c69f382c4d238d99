"""The formats of metadata. Each is a module with ``fits(document)`` and ``read(document) -> Told``, and a line here.

A format is known by what is in the file (``conformsTo``, ``@context``, keys of its schema) before its name.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final, Protocol

from licensecheck.scanners.document import Document, Told

FORMATS: Final = (
    "reuse", "spdx", "spdx3", "cyclonedx", "croissant", "rocrate", "codemeta", "citation", "stac", "iiif", "csvw", "datacite",
    "eml", "ddi", "dcat", "dcat_rdf", "kaggle", "datapackage", "commons", "zenodo", "dataverse", "figshare", "ckan",
    "openml", "github", "hub", "tfds", "dvc", "openaddresses", "odregistry", "datagokr", "schema_org", "generic",
)  # fmt: skip
"""Asked in this order; the first that fits reads the file."""


class Format(Protocol):
    """What every module of ``FORMATS`` offers."""

    def fits(self, document: Document) -> bool:
        """Whether the document is of this format."""

    def read(self, document: Document) -> Told:
        """What the document says of licences, its makers and its sources."""


def read(document: Document) -> tuple[Told, str]:
    """What ``document`` says, and the name of the format that read it."""
    for name in FORMATS:
        format: Format = import_module(f"{__name__}.{name}")
        if format.fits(document):
            return format.read(document), name
    return Told(), "metadata"
