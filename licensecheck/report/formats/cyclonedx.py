"""CycloneDX 1.6 as JSON: the dataset and its sources as components.

For: bills of materials.

:func:`document` also makes 1.7. The format: https://cyclonedx.org/docs/1.6/json/. It is written here, because
cyclonedx-python-lib 11 has neither ``component.data`` nor ``modelCard``, which CycloneDX has for datasets and models.
Tests validate it with the schemas that the library ships.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from licensecheck import __version__
from licensecheck.report import bom
from licensecheck.report.json_v1 import Json, dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from licensecheck.knowledge.rulebook import Rulebook
    from licensecheck.model import Verdict
    from licensecheck.report import Options

_TYPES: Final = {"data": "data", "model": "machine-learning-model"}
_TOOL: Final[Json] = {"type": "application", "name": "licensecheck", "version": __version__}


def render(verdict: Verdict, options: Options) -> str:
    """The bill of materials in version 1.6."""
    return dumps(document(verdict, options, "1.6"), 2)


def document(verdict: Verdict, options: Options, version: str) -> Json:
    """The bill of materials in ``version``, 1.6 or 1.7.

    The result is ``metadata.component``, what it is made from ``components``. The concluded license of a
    component is in ``licenses``; what it declares itself in ``evidence.licenses``, and since 1.7 beside the concluded
    one: 1.6 has either a list of licenses or exactly one expression.
    """
    made = bom.bill(verdict, options)
    when = f"{bom.created().isoformat()}Z"
    works = (made.result, *made.sources)
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "serialNumber": f"urn:uuid:{bom.ident(made, f'cyclonedx-{version}')}",
        "version": 1,
        "metadata": {
            "timestamp": when,
            "tools": {"components": [_TOOL]},
            "component": _result(made, options.book, version),
            "properties": [{"name": "licensecheck:use", "value": made.use}],
        },
        "components": [_source(work, options.book, version) for work in made.sources],
        "dependencies": [
            {"ref": made.result.ref, "dependsOn": [work.ref for work in made.sources]},
            *({"ref": work.ref} for work in made.sources),
        ],
        "annotations": [
            {
                "subjects": [work.ref],
                "annotator": {"component": _TOOL},
                "timestamp": when,
                "text": work.answer,
            }
            for work in works
        ],
    }


def _result(made: bom.Bill, book: Rulebook | None, version: str) -> Json:
    row = _component(made.result, _TYPES[made.kind], book, version)
    if made.kind == "model":
        row["modelCard"] = {"modelParameters": {"datasets": [{"ref": work.ref} for work in made.sources]}}
        return row
    row["pedigree"] = {"ancestors": [{"type": "data", "name": work.name} for work in made.sources]}
    row["data"] = [_data(made.result)]
    if made.personal:
        row["data"][0]["sensitiveData"] = ["personal data"]
    return row


def _source(work: bom.Work, book: Rulebook | None, version: str) -> Json:
    row = _component(work, "data", book, version)
    if work.above:
        ancestors = [
            {"type": "data", "name": f"what {work.name} is made from"} | _concluded(above, book) for above in work.above
        ]
        row["pedigree"] = {"ancestors": ancestors}
    row["data"] = [_data(work)]
    return row


def _component(work: bom.Work, kind: str, book: Rulebook | None, version: str) -> Json:
    row: Json = {"type": kind, "bom-ref": work.ref, "name": work.name}
    if work.creators:
        row["authors"] = [{"name": name} for name in work.creators]
    row |= _concluded(work.concluded, book)
    if version != "1.6" and work.declared not in (bom.NONE, bom.NOASSERTION):
        row.setdefault("licenses", []).append(_choice(work.declared, "declared", book))
    if work.copyright:
        row["copyright"] = work.copyright
    if work.url:
        row["externalReferences"] = [{"type": "website", "url": work.url}]
    for id in dict.fromkeys(part.strip("()") for part in work.concluded.split()):
        if url := bom.address(id, book):
            row.setdefault("externalReferences", []).append({"type": "license", "url": url, "comment": id})
    if work.stated:
        row["evidence"] = {"licenses": _stated(work.stated, book)}
    properties = [
        ("decision", work.decision),
        ("license", work.concluded if work.concluded in (bom.NONE, bom.NOASSERTION) else ""),
        *(("attribution", text) for text in work.credits),
        *(("remark", text) for text in work.remarks),
    ]
    row["properties"] = [{"name": f"licensecheck:{name}", "value": value} for name, value in properties if value]
    return row


def _data(work: bom.Work) -> Json:
    row: Json = {"type": "dataset", "name": work.name}
    if work.url:
        row["contents"] = {"url": work.url}
    return row


def _concluded(expression: str, book: Rulebook | None) -> Json:
    """``licenses`` with the concluded license; nothing where there is none, or none is known."""
    if expression in (bom.NONE, bom.NOASSERTION):
        return {}
    return {"licenses": [_choice(expression, "concluded", book)]}


def _choice(expression: str, acknowledgement: str, book: Rulebook | None) -> Json:
    if not bom.single(expression):
        return {"expression": expression, "acknowledgement": acknowledgement}
    return {"license": {**_license(expression, book), "acknowledgement": acknowledgement}}


def _stated(expressions: Sequence[str], book: Rulebook | None) -> list[Json]:
    if len(expressions) == 1:
        return [_choice(expressions[0], "declared", book)]
    return [{"license": {**_license(text, book), "acknowledgement": "declared"}} for text in expressions]


def _license(text: str, book: Rulebook | None) -> Json:
    """``id`` only of a license of the SPDX list: the schema knows no other."""
    row: Json = {"id": text} if bom.listed(text) else {"name": text}
    if bom.single(text) and (url := bom.address(text, book)):
        row["url"] = url
    return row
