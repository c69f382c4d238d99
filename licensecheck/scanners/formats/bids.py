"""BIDS ``dataset_description.json`` (bids-specification, Dataset description): ``License`` of the dataset, ``SourceDatasets`` as sources.

The specification recommends ``PD``, ``PDDL`` or ``CC0``. A derivative (``DatasetType``, ``GeneratedBy``) has a file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from licensecheck.scanners.document import Document, Said, Told, credit, field, items, text, words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    names=("dataset_description.json",),
    signs=("BIDSVersion",),
    fields="`License`",
    notes="`SourceDatasets` are sources; `derivatives/` and `sourcedata/` have files of their own",
)


def fits(document: Document) -> bool:
    """An object with ``BIDSVersion``, or of the file's name with ``Name`` or ``License``."""
    tree = document.tree
    named = document.name == "dataset_description.json"
    return isinstance(tree, Mapping) and ("BIDSVersion" in tree or (named and bool({"Name", "License"} & tree.keys())))


def read(document: Document) -> Told:
    """The license, its authors and the datasets that it was made from."""
    tree = document.tree
    said = tuple(Said((w,), "License", vocabulary="bids") for w in words(tree, (), "License"))
    sources = [text(field(item, "URL", "DOI")[0]) for item, _ in items(tree.get("SourceDatasets"))]
    doi = text(tree.get("DatasetDOI")).removeprefix("doi:")
    address = f"https://doi.org/{doi}" if doi.startswith("10.") else doi
    made = credit(tree.get("Name"), tree.get("Authors"), address, tree.get("HowToAcknowledge"))
    return Told(said, made, tuple(filter(None, sources)))
