"""SPDX 3.0.1 as JSON-LD, with the dataset and AI profiles; needs the extra ``spdx3``.

For: bills of materials.

spdx-python-model writes it (https://spdx.github.io/spdx-spec/v3.0.1/).
Each dataset has exactly one ``hasConcludedLicense`` and one ``hasDeclaredLicense``, as the dataset profile asks.
``builtTime`` and ``releaseTime``, which it asks for as well, are left out: no verdict knows them, and none is invented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from licensecheck import __version__
from licensecheck.base.errors import UsageError
from licensecheck.base.message import Message
from licensecheck.report import bom
from licensecheck.report.json_v1 import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from licensecheck.model import Verdict
    from licensecheck.report import Options

VERSION: Final = "3.0.1"


def render(verdict: Verdict, options: Options) -> str:
    """The document. Raises UsageError, naming what to install, where spdx-python-model is not there."""
    try:
        from spdx_python_model import v3_0_1 as model
    except ImportError:
        raise UsageError(
            Message(
                "SPDX 3 needs the package spdx-python-model. Install it with `pip install 'dataset-licensecheck[spdx3]'`, or take --format spdx for SPDX 2.3"
            )
        ) from None
    made = bom.bill(verdict, options)
    whole = _Graph(model, made, bom.created())
    objects = model.SHACLObjectSet(whole.elements())
    return dumps(model.JSONLDSerializer().serialize_data(objects, force_at_graph=True), 2)


class _Graph:
    """The elements of one document, each made once."""

    def __init__(self, model: Any, made: bom.Bill, when: datetime) -> None:
        self._model = model
        self._made = made
        self._base = f"https://spdx.org/spdxdocs/licensecheck-{bom.ident(made, f'spdx-{VERSION}')}#"
        self._creation = model.CreationInfo(created=when, specVersion=VERSION)
        self._creation._id = "_:creation"
        self._elements: list[Any] = []
        self._licenses: dict[str, Any] = {}
        self._agents: dict[str, Any] = {}
        self._texts: dict[str, str] = {}

    def elements(self) -> Iterable[Any]:
        """All of them, the document last."""
        made, model = self._made, self._model
        tool = self._new(model.SoftwareAgent, "licensecheck", name=f"licensecheck {__version__}")
        self._creation.createdBy = [tool._id]
        for n, one in enumerate(made.named, 1):
            text = self._new(
                model.simplelicensing_SimpleLicensingText,
                f"text-{n}",
                name=one.name,
                simplelicensing_licenseText=one.text,
                comment="The words that name it; its whole text is not copied here.",
            )
            self._texts[one.id] = text._id
        result = self._package(made.result, made.kind)
        lineage = "trainedOn" if made.kind == "model" else "generates"
        for work in made.sources:
            source = self._package(work, "data")
            ends = (source, result) if lineage == "generates" else (result, source)
            self._relate(f"{work.ref}-{lineage}", lineage, *ends)
            for n, above in enumerate(work.above, 1):
                ancestor = bom.Work(f"{work.ref}-from-{n}", f"what {work.name} is made from", above, bom.NOASSERTION)
                self._relate(f"{ancestor.ref}-descendant", "descendantOf", source, self._package(ancestor, "data"))
        packages = [e for e in self._elements if isinstance(e, model.software_Package)]
        profiles = ["core", "software", "simpleLicensing"]
        profiles += ["dataset"] if any(isinstance(e, model.dataset_DatasetPackage) for e in packages) else []
        profiles += ["ai"] if made.kind == "model" else []
        license = self._license("CC0-1.0")._id
        self._new(
            model.SpdxDocument,
            "document",
            name=made.result.name,
            comment=f"The use that was judged: {made.use}",
            rootElement=[result._id],
            element=sorted(e._id for e in self._elements),
            profileConformance=[getattr(model.ProfileIdentifierType, name) for name in profiles],
            dataLicense=license,
        )
        return [self._creation, *self._elements]

    def _new(self, kind: Any, ref: str, **properties: Any) -> Any:
        made = kind(_id=f"{self._base}{ref}", creationInfo=self._creation)
        for name, value in properties.items():
            if value not in ("", [], None):
                setattr(made, name, value)
        self._elements.append(made)
        return made

    def _package(self, work: bom.Work, kind: str) -> Any:
        model = self._model
        purpose = model.software_SoftwarePurpose
        made = self._new(
            model.ai_AIPackage if kind == "model" else model.dataset_DatasetPackage,
            work.ref,
            name=work.name,
            software_primaryPurpose=purpose.model if kind == "model" else purpose.data,
            software_downloadLocation=work.url,
            software_copyrightText=work.copyright,
            software_attributionText=list(work.credits),
            originatedBy=[self._agent(", ".join(work.creators))._id] if work.creators else [],
            comment="\n".join(work.remarks),
        )
        if kind == "data":
            made.dataset_datasetType = [model.dataset_DatasetType.noAssertion]
        self._relate(f"{work.ref}-concluded", "hasConcludedLicense", made, self._license(work.concluded))
        self._relate(f"{work.ref}-declared", "hasDeclaredLicense", made, self._license(work.declared))
        if work.answer:
            self._new(
                model.Annotation,
                f"{work.ref}-answer",
                annotationType=model.AnnotationType.review,
                subject=made._id,
                statement=work.answer,
            )
        return made

    def _agent(self, name: str) -> Any:
        if name not in self._agents:
            self._agents[name] = self._new(self._model.Agent, f"maker-{len(self._agents) + 1}", name=name)
        return self._agents[name]

    def _license(self, expression: str) -> Any:
        """The element of ``expression``, or the name of the individual for "none" and for "no assertion"."""
        model = self._model
        if expression == bom.NOASSERTION:
            return _Individual(model.expandedlicensing_IndividualLicensingInfo.NoAssertionLicense)
        if expression == bom.NONE:
            return _Individual(model.expandedlicensing_IndividualLicensingInfo.NoneLicense)
        if expression not in self._licenses:
            custom = [
                model.DictionaryEntry(key=ref, value=self._texts[ref]) for ref in dict.fromkeys(bom.refs(expression))
            ]
            self._licenses[expression] = self._new(
                model.simplelicensing_LicenseExpression,
                f"license-{len(self._licenses) + 1}",
                simplelicensing_licenseExpression=expression,
                simplelicensing_customIdToUri=custom,
            )
        return self._licenses[expression]

    def _relate(self, ref: str, kind: str, start: Any, end: Any) -> None:
        self._new(
            self._model.Relationship,
            ref,
            from_=start._id,
            to=[end._id],
            relationshipType=getattr(self._model.RelationshipType, kind),
        )


class _Individual:
    """A named individual of the model: an id without properties of its own in the document."""

    def __init__(self, id: str) -> None:
        self._id = id
