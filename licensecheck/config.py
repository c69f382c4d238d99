"""The declaration beside a dataset, ``licensecheck.yaml``: its use and its sources, read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from licensecheck import vocabulary
from licensecheck.errors import ConfigError, ExpressionError, UsageError
from licensecheck.expression import parse
from licensecheck.model import Claim, Credit
from licensecheck.rulebook import CLAIM_KINDS
from licensecheck.rulebook.strict import Strict

NAME: Final = "licensecheck.yaml"
CLAIM_KEYS: Final = ("kind", "basis", "by", "acts", "scope", "rights", "derivative_clause", "until", "evidence", "note")
_SOURCE_KEYS: Final = ("location", "license", "path", "title", "creators", "notice", "claims", "upstream")


class DeclaredSource(NamedTuple):
    """A source as its user declares it. ``path`` is where its own papers lie, relative to the declaration."""

    name: str
    line: int
    location: str = ""
    license: str = ""
    path: str = ""
    credit: Credit = Credit()
    claims: tuple[Claim, ...] = ()
    upstream: tuple[str, ...] = ()


class Declaration(NamedTuple):
    """What ``licensecheck.yaml`` says. ``use`` is axis to value, as :func:`vocabulary.make_use` takes it.

    ``sources`` is None where the key is absent; an empty list says that all of it is one's own work.
    """

    path: Path
    use: tuple[tuple[str, str], ...] = ()
    sources: tuple[DeclaredSource, ...] | None = None


def find(target: Path) -> Path | None:
    """The declaration beside ``target`` (a folder, or a file in one), or None."""
    folder = target if target.is_dir() else target.parent
    beside = folder / NAME
    return beside if beside.is_file() else None


def read(path: Path) -> Declaration:
    """The declaration in ``path``. Raises :class:`ConfigError` naming file and line, and the nearest known word."""
    root = Strict.read(path, ConfigError)
    if root.value is None:
        return Declaration(path)
    f = root.keys((), ("use", "sources"))
    use: list[tuple[str, str]] = []
    if "use" in f:
        for key, value in f["use"].items().items():
            pair = (str(key), ",".join(value.texts()))
            try:
                vocabulary.make_use(dict([pair]))
            except UsageError as error:
                raise ConfigError(f"{path}:{getattr(key, 'line', value.line)}: {error}") from None
            use.append(pair)
    sources = tuple(_source(item) for item in f["sources"].list()) if "sources" in f else None
    names = [source.name for source in sources or ()]
    for source in sources or ():
        if names.count(source.name) > 1:
            raise ConfigError(f"{path}:{source.line}: two sources are called `{source.name}`; give each its own name")
    return Declaration(path, tuple(use), sources)


def _source(item: Strict) -> DeclaredSource:
    f = item.keys(("name",), _SOURCE_KEYS)
    text = {key: f[key].text() for key in ("location", "license", "path", "title", "notice") if key in f}
    if "license" in text:
        _expression(f["license"], text["license"])
    upstream = f["upstream"].texts() if "upstream" in f else ()
    for expression in upstream:
        _expression(f["upstream"], expression)
    creators = f["creators"].texts() if "creators" in f else ()
    return DeclaredSource(
        f["name"].text(),
        item.line,
        text.get("location", ""),
        text.get("license", ""),
        text.get("path", ""),
        Credit(text.get("title", ""), creators, text.get("location", ""), text.get("notice", "")),
        tuple(_claim(claim) for claim in f["claims"].list()) if "claims" in f else (),
        upstream,
    )


def _expression(node: Strict, text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        raise node.fail(str(error)) from None


def _claim(item: Strict) -> Claim:
    f = item.keys(("kind",), CLAIM_KEYS[1:])
    acts = f["acts"].texts() if "acts" in f else ()
    rest = {key: f[key].text() for key in CLAIM_KEYS[1:] if key in f and key != "acts"}
    return Claim(kind=f["kind"].text(CLAIM_KINDS, "kind of claim"), acts=acts, **rest)
