"""Scripts that load a dataset, read by Python's own parser: ``_LICENSE`` as scripts of the Hugging Face hub have it
(huggingface.co/docs/datasets/dataset_script), ``license=`` of ``DatasetInfo`` (also TensorFlow Datasets), ``license`` and ``COPYRIGHT`` of a module
(Korpora, statsmodels).

Adjacent and added texts are one text. A member of an enumeration names the license by its name (``CC_BY_4p0``, ``CC_BY_NC_4_0``). The
license of the script itself stands in its comments, and is not read here.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Final

from licensecheck.base.errors import Unreadable
from licensecheck.base.message import Message
from licensecheck.identification import value
from licensecheck.model import Stance, Standing
from licensecheck.scanners.document import MOST, Document, Said, Told, Words
from licensecheck.scanners.formats import Format

FORMAT: Final = Format(
    signs=("_LICENSE", "_LICENCE", "DatasetInfo", "\nlicense =", "\nlicence =", "\nCOPYRIGHT ="),
    fields="`_LICENSE`, `license=` of `DatasetInfo`, `license`, `COPYRIGHT` of the module",
    notes="stands beside the license of the data; comments with the script's own license are not read",
    endings=("py",),
)

_NAMES: Final = frozenset({"_LICENSE", "_LICENCE", "_LICENSES", "_LICENCES", "license", "licence", "COPYRIGHT"})
_CALLS: Final = ("DatasetInfo", "DatasetMetadata", "MetadataDict")
_LIMIT: Final = 400_000
"""Characters of a script that are parsed."""
_DEEP: Final = 50
_MEMBER: Final = re.compile(r"(?<=\d)(?:p|_)(?=\d)")


def fits(document: Document) -> bool:
    """A Python script, by its ending."""
    return document.name.endswith(".py")


def read(document: Document) -> Told:
    """The licenses that the script names for its data."""
    if len(document.text) > _LIMIT:
        raise Unreadable(Message("the script has more than {most} characters", most=f"{_LIMIT:,}"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(document.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Told()
    known = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: dict[str, Said] = {}
    for name, node in _stated(tree):
        for words in _texts(node, known, 0):
            if words.strip() and len(found) < MOST and not _is_unknown(words):
                at = (node.lineno, node.col_offset + 1)
                note = Message("a license that the script names for its data, in `{name}`", name=name)
                found.setdefault(
                    words,
                    Said(
                        (Words(_named(words), at),), name, note=note, standing=Standing.UNPLACED, prose=len(words) > 60
                    ),
                )
    return Told(tuple(found.values()))


def _stated(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """The values of the variables and arguments that hold licenses."""
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for node in (node for body in bodies for node in body):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name) and target.id in _NAMES:
                yield target.id, node.value
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if str(name).endswith(_CALLS):
            yield from (("license", k.value) for k in call.keywords if k.arg in ("license", "licence"))


def _texts(node: ast.expr, known: Mapping[str, ast.expr], depth: int) -> list[str]:
    """The texts that an expression stands for, as far as that is written; [] where only a run would tell."""
    if depth > _DEEP:
        return []
    match node:
        case ast.Constant(value=str(words)):
            return [words]
        case ast.Name(id=name) if name in known and known[name] is not node:
            return _texts(known[name], known, depth + 10)
        case ast.Attribute(attr="value" | "name", value=ast.Attribute() as member):
            return _texts(member, known, depth + 1)
        case ast.Attribute(attr=member):
            return [_MEMBER.sub(".", member).replace("_", " ").replace(" ", "-")]
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return ["".join((*_texts(left, known, depth + 1), *_texts(right, known, depth + 1)))]
        case ast.JoinedStr(values=parts):
            return ["".join(text for part in parts for text in _texts(part, known, depth + 1))]
        case ast.FormattedValue(value=inner):
            return _texts(inner, known, depth + 1)
        case ast.Call(func=ast.Attribute(value=inner, attr="strip" | "format" | "lstrip" | "rstrip" | "dedent")):
            return _texts(inner, known, depth + 1)
        case ast.Call(args=[inner, *_]):
            return _texts(inner, known, depth + 1)
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return [text for item in items[:MOST] for text in _texts(item, known, depth + 1)]
        case ast.Dict(values=items):
            return [text for item in items[:MOST] for text in _texts(item, known, depth + 1)]
    return []


def _is_unknown(words: str) -> bool:
    """Whether the words only say that no license is known: that is none, and no terms."""
    from licensecheck.scanners.statements import statements

    found = statements(words[:20_000])
    return bool(found) and all(s.stance is Stance.UNKNOWN for s in found)


def _named(words: str) -> str:
    """``words``, with the version as enumerations spell it (``4p0``) where that is then a known name."""
    words = words.strip()
    if " " in words or not _MEMBER.search(words):
        return words
    spelled = _MEMBER.sub(".", words).replace("_", "-")
    return spelled if value(spelled).license else words
