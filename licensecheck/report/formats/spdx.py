"""SPDX 2.3 as JSON: the dataset, its sources and their licenses.

For: bills of materials.

spdx-tools writes and validates it (https://spdx.github.io/spdx-spec/v2.3/). SPDX 2.3 has no package purpose for data,
so it is ``OTHER``; credits are ``attributionTexts`` (7.22), licenses that SPDX does not list
``hasExtractedLicensingInfos`` (10), and the answer for the use is an annotation (12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from licensecheck import __version__
from licensecheck.base.errors import LicensecheckError
from licensecheck.base.message import Message
from licensecheck.report import bom
from licensecheck.report.json_v1 import Json, dumps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from licensecheck.model import Verdict
    from licensecheck.report import Options

_TOGETHER: Final = 100


def render(verdict: Verdict, options: Options) -> str:
    """The document. Raises LicensecheckError, naming what spdx-tools refuses, rather than write one that is not valid."""
    made = bom.bill(verdict, options, listed_only=True)
    when = bom.created()
    namespace = f"https://spdx.org/spdxdocs/licensecheck-{bom.ident(made, 'spdx-2.3')}"
    first, *more = (_written(part, namespace, when) for part in _parts(made))
    named = {row["licenseId"]: row for part in (first, *more) for row in part.get("hasExtractedLicensingInfos", ())}
    if named:
        first["hasExtractedLicensingInfos"] = [named[id] for id in sorted(named)]
    for part in more:
        first["packages"] += part["packages"][1:]
        first["relationships"] += part["relationships"][1:]
    return dumps(first, 2)


def _parts(made: bom.Bill) -> Iterable[bom.Bill]:
    """``made`` by some sources at a time: spdx-tools takes time by the square of the packages in a document."""
    for start in range(0, max(len(made.sources), 1), _TOGETHER):
        sources = made.sources[start : start + _TOGETHER]
        used = {ref for work in (made.result, *sources) for ref in bom.named_in(work)}
        yield made._replace(sources=sources, named=tuple(one for one in made.named if one.id in used))


def _written(made: bom.Bill, namespace: str, when: datetime) -> Json:
    from spdx_tools.spdx.jsonschema.document_converter import DocumentConverter
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    document = _document(made, namespace, when)
    if refused := validate_full_spdx_document(document):
        raise LicensecheckError(
            Message(
                "the SPDX document would not be valid: {refused}. This is a fault of licensecheck: please report it; --format spdx3 or cyclonedx may serve until then",
                refused=refused[0].validation_message,
            )
        )
    converter: Any = DocumentConverter
    row: Json = converter().convert(document)
    return row


def _document(made: bom.Bill, namespace: str, when: datetime) -> Any:
    from spdx_tools.spdx.model.actor import Actor, ActorType
    from spdx_tools.spdx.model.document import CreationInfo, Document
    from spdx_tools.spdx.model.extracted_licensing_info import ExtractedLicensingInfo
    from spdx_tools.spdx.model.relationship import Relationship, RelationshipType
    from spdx_tools.spdx.model.spdx_no_assertion import SpdxNoAssertion

    tool = Actor(ActorType.TOOL, f"licensecheck-{__version__}")
    packages = [_package(work) for work in (made.result, *made.sources)]
    links = [Relationship("SPDXRef-DOCUMENT", RelationshipType.DESCRIBES, _id(made.result))]
    for work in made.sources:
        links.append(Relationship(_id(made.result), RelationshipType.GENERATED_FROM, _id(work)))
        for n, above in enumerate(work.above, 1):
            if above == bom.NOASSERTION:
                target: Any = SpdxNoAssertion()
            else:
                ancestor = bom.Work(f"{work.ref}-from-{n}", f"what {work.name} is made from", above, bom.NOASSERTION)
                packages.append(_package(ancestor))
                target = _id(ancestor)
            links.append(Relationship(_id(work), RelationshipType.DESCENDANT_OF, target))
    return Document(
        CreationInfo(
            spdx_version="SPDX-2.3",
            spdx_id="SPDXRef-DOCUMENT",
            name=made.result.name,
            document_namespace=namespace,
            creators=[tool],
            created=when,
            document_comment=f"The use that was judged: {made.use}",
        ),
        packages=packages,
        annotations=[_annotation(work, tool, when) for work in (made.result, *made.sources)],
        relationships=links,
        extracted_licensing_info=[
            ExtractedLicensingInfo(
                one.id,
                one.text,
                one.name,
                [url for url in one.urls if _web(url)],
                "The words that name it; its whole text is not copied here.",
            )
            for one in made.named
        ],
    )


def _package(work: bom.Work) -> Any:
    from spdx_tools.spdx.model.package import Package, PackagePurpose
    from spdx_tools.spdx.model.spdx_no_assertion import SpdxNoAssertion

    return Package(
        _id(work),
        work.name,
        work.url if _web(work.url) else SpdxNoAssertion(),
        files_analyzed=False,
        license_concluded=_license(work.concluded),
        license_declared=_license(work.declared),
        license_comment="\n".join(work.remarks) or None,
        copyright_text=work.copyright or SpdxNoAssertion(),
        comment=f"Made by: {', '.join(work.creators)}" if work.creators else None,
        attribution_texts=list(work.credits),
        primary_package_purpose=PackagePurpose.OTHER,
    )


def _annotation(work: bom.Work, tool: Any, when: datetime) -> Any:
    from spdx_tools.spdx.model.annotation import Annotation, AnnotationType

    return Annotation(_id(work), AnnotationType.REVIEW, tool, when, work.answer)


def _license(expression: str) -> Any:
    from spdx_tools.common.spdx_licensing import spdx_licensing
    from spdx_tools.spdx.model.spdx_no_assertion import SpdxNoAssertion
    from spdx_tools.spdx.model.spdx_none import SpdxNone

    if expression == bom.NOASSERTION:
        return SpdxNoAssertion()
    return SpdxNone() if expression == bom.NONE else spdx_licensing.parse(expression)


def _web(url: str) -> bool:
    """Whether spdx-tools takes ``url``: it knows no bare host names, for one."""
    from spdx_tools.spdx.validation.uri_validators import validate_url

    return bool(url) and not validate_url(url)


def _id(work: bom.Work) -> str:
    return f"SPDXRef-{work.ref}"
