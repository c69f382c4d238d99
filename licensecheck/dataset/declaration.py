"""The declaration of a repository: ``licensecheck.yaml``, or ``[tool.licensecheck]`` in ``pyproject.toml``, read strictly.

The nearest one from the dataset's folder up to the repository's root counts. Its ``use``, ``clarify``, ``waive``,
``policy`` and ``rules`` hold for everything below it; its ``sources`` are those of the dataset in its own folder.
"""

# Annotations are evaluated: to compile each as a string, as NamedTuple else does, takes longer than the rest.

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensecheck import vocabulary
from licensecheck.base import regex, yamlio
from licensecheck.base.errors import ConfigError, ConfigUnread, ExpressionError, Unreadable, UsageError
from licensecheck.base.files import DECLARATION, LIMIT, digest, inside, leads_out
from licensecheck.base.message import Message
from licensecheck.base.strict import Strict
from licensecheck.engine import proof
from licensecheck.engine.claims import DAY
from licensecheck.expression import parse
from licensecheck.knowledge.rulebook import CLAIM_KINDS
from licensecheck.model import Claim, Credit, replace

NAME: Final = DECLARATION
PROJECT: Final = "pyproject.toml"
_NEARLY: Final = ("licensecheck.yml", ".licensecheck.yaml", ".licensecheck.yml")
"""What people call a declaration by mistake: it would be passed over in silence."""
CLAIM_KEYS: Final = (
    "kind",
    "basis",
    "by",
    "acts",
    "scope",
    "rights",
    "derivative_clause",
    "until",
    "evidence",
    "note",
    "exclusive",
    "territory",
    "medium",
    "sublicensing",
)
KEYS: Final = ("use", "sources", "clarify", "waive", "policy", "rules")
ROLES: Final = ("train", "eval", "index-only", "reference")
PAPERS: Final = ("noted", "required")
_SOURCE_KEYS: Final = (
    "location", "revision", "license", "path", "title", "creators", "notice", "year", "updated", "role", "claims", "upstream", "parts",
)  # fmt: skip
_TEXTS: Final = ("location", "license", "path", "title", "notice", "year", "updated", "revision")
_HASH: Final = regex.compile(r"(?:sha256:)?([0-9a-f]{64})\Z")


class DeclaredSource(NamedTuple):
    """A source as its user declares it. ``path`` is where its own papers lie, relative to the declaration.

    ``role`` is what it is used for in the dataset; it is shown and changes no verdict. ``parts`` are globs of it
    that are under another license, as (glob, expression).
    """

    name: str
    line: int
    location: str = ""
    license: str = ""
    path: str = ""
    credit: Credit = Credit()
    claims: tuple[Claim, ...] = ()
    upstream: tuple[str, ...] = ()
    revision: str = ""
    role: str = ""
    parts: tuple[tuple[str, str], ...] = ()


class Clarification(NamedTuple):
    """What a person concluded of one place: a file relative to the declaration, or an address.

    It holds while the text there has the hash ``sha256`` (of its bytes with ``\\n`` as line end).
    """

    path: str
    line: int
    license: str
    sha256: str
    basis: str
    reviewer: str = ""
    date: str = ""
    evidence: str = ""


class Waiver(NamedTuple):
    """A finding that a person has decided to live with: its rule, where, why, and until when (inclusive).

    ``source`` and ``path`` are globs; "" is everywhere. ``line`` is that of the declaration.
    """

    rule: str
    line: int
    reason: str
    source: str = ""
    path: str = ""
    until: str = ""
    by: str = ""
    evidence: str = ""


class Policy(NamedTuple):
    """What an organisation asks beyond the law: it can only be stricter. License ids are globs; ``place`` is file:line."""

    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    papers: str = "noted"
    place: str = ""


class Declaration(NamedTuple):
    """What a declaration says. ``use`` is axis to value, as :func:`vocabulary.make_use` takes it.

    ``sources`` is None where the key is absent; an empty list says that all of it is one's own work. ``rules`` are the
    folders of rule packs, and ``above`` the policies of declarations further up, which hold here too.
    """

    path: Path
    use: tuple[tuple[str, str], ...] = ()
    sources: tuple[DeclaredSource, ...] | None = None
    clarify: tuple[Clarification, ...] = ()
    waive: tuple[Waiver, ...] = ()
    policy: Policy = Policy()
    rules: tuple[str, ...] = ()
    above: tuple[Policy, ...] = ()

    @property
    def base(self) -> Path:
        """The folder that its paths are relative to."""
        return self.path.parent


def find(target: Path) -> Path | None:
    """The nearest declaration from ``target`` (a folder, or a file in one) up to the root of its repository, or None."""
    return next(_along(target), None)


def near(target: Path) -> Declaration | None:
    """The nearest declaration, with the policies and rule packs of those above it, which can only be stricter; or None.

    Raises :class:`ConfigError` as :func:`read` does, also for one above.
    """
    files = list(_along(target))
    made = read(files[0]) if files else None
    for file in files[1:]:
        made = under(made, _above(file, file.stat().st_mtime_ns)) if made else None
    return made


def below(root: Path, targets: Iterable[Path]) -> Iterator[Declaration]:
    """The declarations in the folders of ``targets``, and in those between them and ``root``, each once.

    Raises :class:`ConfigError` as :func:`near` does.
    """
    folders = {target if target.is_dir() else target.parent for target in targets}
    between = {folder for home in folders for folder in (home, *home.parents) if folder.is_relative_to(root)}
    for folder in sorted(between - {root}):
        file = next(_in(folder), None)
        if file is not None:
            yield _above(file, file.stat().st_mtime_ns)


def under(inner: Declaration, outer: Declaration) -> Declaration:
    """``inner`` with what ``outer`` asks beyond the law."""
    above = dict.fromkeys(p for p in (*inner.above, outer.policy, *outer.above) if p != inner.policy)
    return replace(inner, above=tuple(above), rules=tuple(dict.fromkeys((*inner.rules, *outer.rules))))


@lru_cache(maxsize=64)
def _above(path: Path, _changed: int) -> Declaration:
    return read(path)


def _along(target: Path) -> Iterator[Path]:
    """The declarations that lie on the way up from ``target`` to the root of its repository, the nearest first."""
    folder = (target if target.is_dir() else target.parent).absolute()
    for here in (folder, *folder.parents):
        for path in _in(here):
            shown = target if target.is_dir() else target.parent
            yield shown / path.name if here == folder else path
        if (here / ".git").exists():
            break


def _in(folder: Path) -> Iterator[Path]:
    """The declarations in ``folder``, the one that counts first. Raises :class:`ConfigError` for a misspelled name."""
    for name in (NAME, PROJECT):
        path = folder / name
        if path.is_file() and own(path) and (name == NAME or _has_table(path)):
            yield path
    for name in _NEARLY:
        if (folder / name).is_file():
            says = "{path}:1: rename this file; a declaration is called {name}"
            raise ConfigError(Message(says, path=folder / name, name=NAME))


def own(path: Path) -> bool:
    """True for a file of the repository. Raises :class:`ConfigError` for a link that leads out of it."""
    if leads_out(path):
        raise ConfigError(
            Message("{path}:1: this link leads out of the repository; pass the file with --config", path=path)
        )
    return True


def _has_table(path: Path) -> bool:
    """Whether a pyproject.toml has our table, however TOML lets it be written. Raises :class:`ConfigError` where one
    that names us cannot be read."""
    try:
        with path.open("rb") as file:
            text = file.read(4 * yamlio.MAX_CHARS)
    except OSError as error:
        why = str(error.strerror or error)
        raise ConfigUnread(Message("{path}:1: cannot be read: {why}", path=path, why=why)) from None
    return b"licensecheck" in text and _may_have_table(text) and isinstance(_tool(path)[0], dict)


def _may_have_table(text: bytes) -> bool:
    """Whether TOML can have the key ``licensecheck`` in its table ``tool``: a line has both, or one is the head of
    that table. A project that only requires licensecheck needs no parser of TOML."""
    lines = text.splitlines()
    return any(b"licensecheck" in line.partition(b"tool")[2] for line in lines) or any(
        line.partition(b"#")[0].strip().strip(b"[]").strip().strip(b"\"'") == b"tool" for line in lines
    )


def _tool(path: Path) -> tuple[Any, str]:
    """``tool.licensecheck`` of a pyproject.toml (None where it has none), and the text of the file."""
    from licensecheck.base import tomlio

    try:
        text = yamlio.read(path)
        tree: Any = tomlio.parse(text)
    except Unreadable as error:
        raise ConfigError(
            Message("{path}:{line}: cannot be read: {why}", path=path, line=error.line, why=error.message)
        ) from None
    except (OSError, ValueError) as error:
        raise ConfigError(Message("{path}:1: cannot be read: {why}", path=path, why=str(error))) from None
    tool = tree.get("tool")
    return tool.get("licensecheck") if isinstance(tool, dict) else None, text


def read(path: Path) -> Declaration:
    """The declaration in ``path``. Raises :class:`ConfigError` naming file and line, and the nearest known word."""
    root = _table(path) if path.name == PROJECT else Strict.read(path, ConfigError)
    if root.value is None:
        return Declaration(path)
    f = root.keys((), KEYS)
    use: list[tuple[str, str]] = []
    if "use" in f:
        for key, value in f["use"].items().items():
            pair = (str(key), ",".join(value.texts()))
            try:
                vocabulary.make_use(dict([pair]))
            except UsageError as error:
                raise ConfigError(
                    Message("{place}: {why}", place=f"{path}:{getattr(key, 'line', value.line)}", why=error.message)
                ) from None
            use.append(pair)
        try:
            vocabulary.make_use(dict(use))
        except UsageError as error:
            raise f["use"].fail(error.message) from None
    sources = tuple(_source(item) for item in f["sources"].list()) if "sources" in f else None
    names = Counter(source.name for source in sources or ())
    for source in sources or ():
        if names[source.name] > 1:
            raise ConfigError(
                Message(
                    "{path}:{line}: two sources have the name `{name}`; give each its own",
                    path=path,
                    line=source.line,
                    name=source.name,
                )
            )
    clarify = tuple(_clarification(item) for item in f["clarify"].list()) if "clarify" in f else ()
    lines: dict[str, int] = {}
    for c in clarify:
        if lines.setdefault(c.path, c.line) != c.line:
            says = "{place}: line {line} already has a conclusion for `{name}`; keep one of them"
            raise ConfigError(Message(says, place=f"{path}:{c.line}", name=c.path, line=lines[c.path]))
    return Declaration(
        path,
        tuple(use),
        sources,
        clarify,
        tuple(_waiver(item) for item in f["waive"].list()) if "waive" in f else (),
        _policy(f["policy"]) if "policy" in f else Policy(),
        (_rules(f["rules"]),) if "rules" in f else (),
    )


def _table(path: Path) -> Strict:
    """``[tool.licensecheck]``: its values at the line of the table, since TOML's reader keeps no places."""
    inner, text = _tool(path)
    at = re.search(r"^\s*\[{0,2}\s*(?:tool\b.*)?licensecheck", text, re.M)
    line = text.count("\n", 0, at.end()) + 1 if at else 1
    try:
        return Strict(_placed(inner, line), str(path), line, ConfigError)
    except (ValueError, RecursionError) as error:  # a number of too many digits, a table in a table without end
        raise ConfigError(
            Message("{place}: {why}", place=f"{path}:{line}", why=Message("cannot be read: {why}", why=str(error)))
        ) from None


def _placed(value: Any, line: int) -> Any:
    if isinstance(value, dict):
        made = yamlio.Mapping({yamlio.Text(key, line, 1): _placed(inner, line) for key, inner in value.items()})
        made.line, made.column, made.repeated = line, 1, ()
        return made
    if isinstance(value, list):
        several = yamlio.Sequence(_placed(inner, line) for inner in value)
        several.line, several.column = line, 1
        return several
    plain = str(value).lower() if isinstance(value, bool) else str(value)
    return None if value is None else yamlio.Text(plain, line, 1)


def _path(node: Strict) -> Path:
    """The place that a path leads to from the declaration: nothing need be there, but the system can be asked."""
    place = Path(node.path).parent / node.text()
    try:
        place.resolve().exists()
    except (OSError, ValueError, RuntimeError) as error:
        why = str(getattr(error, "strerror", None) or error)
        raise node.fail(Message("cannot be read: {why}", why=why)) from None
    return place


def _rules(node: Strict) -> str:
    folder = _path(node)
    if not folder.is_dir():
        raise node.fail(
            Message("`{text}` is not a folder; a rule pack has the same layout as the shipped rules", text=node.text())
        )
    return str(folder)


def _source(item: Strict) -> DeclaredSource:
    f = item.keys(("name",), _SOURCE_KEYS)
    text = {key: f[key].text() for key in _TEXTS if key in f}
    if "path" in f:
        _path(f["path"])
    if text.get("year") and not re.fullmatch(r"(?:19|20)\d\d", text["year"]):
        raise f["year"].fail(Message("`{text}` is not a year; write it as 2027", text=text["year"]))
    if text.get("updated"):
        _day(f["updated"])
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
        Credit(
            text.get("title", ""),
            creators,
            text.get("location", ""),
            text.get("notice", ""),
            text.get("year", ""),
            text.get("updated", ""),
        ),
        tuple(_claim(claim) for claim in f["claims"].list()) if "claims" in f else (),
        upstream,
        text.get("revision", ""),
        f["role"].text(ROLES, "role") if "role" in f else "",
        tuple(_part(part) for part in f["parts"].list()) if "parts" in f else (),
    )


def _part(item: Strict) -> tuple[str, str]:
    f = item.keys(("path", "license"))
    _expression(f["license"], f["license"].text())
    return f["path"].text(), f["license"].text()


def _expression(node: Strict, text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        raise node.fail(error.message) from None


def _claim(item: Strict) -> Claim:
    f = item.keys(("kind",), CLAIM_KEYS[1:])
    if "until" in f:
        _day(f["until"])
    acts = f["acts"].texts() if "acts" in f else ()
    for key in ("exclusive", "sublicensing"):
        if key in f:
            f[key].text(("yes", "no"), key)
    lists: dict[str, str] = {key: ",".join(f[key].texts()) for key in ("territory", "medium") if key in f}
    plain = (key for key in CLAIM_KEYS[1:] if key in f and key not in ("acts", *lists))
    rest: dict[str, str] = {key: f[key].text() for key in plain}
    rest |= lists
    words = [rest.get(key, "") for key in ("rights", "scope", "derivative_clause")]
    if wrong := proof.not_in_vocabulary(acts, *words):
        raise item.fail(wrong)
    if "scope" in rest:
        rest["scope"] = vocabulary.check_value("scope", rest["scope"])
    return Claim(kind=f["kind"].text(CLAIM_KINDS, "kind of claim"), acts=acts, **rest)


def is_day(text: str) -> bool:
    """Whether ``text`` is a day of the calendar, written as 2027-01-31 (ISO 8601)."""
    from datetime import date

    try:
        return DAY.match(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _clarification(item: Strict) -> Clarification:
    f = item.keys(("path", "license", "basis"), ("sha256", "reviewer", "date", "evidence"))
    _expression(f["license"], f["license"].text())
    if not f["basis"].text().strip(" ."):
        raise f["basis"].fail(Message("`basis` is empty; say what the conclusion rests on"))
    place = _path(f["path"]) if "://" not in f["path"].text() else None
    if "sha256" not in f:
        raise item.fail(
            Message(
                "`sha256` is missing; for the current text of {path} it is {digest}",
                path=f["path"].text(),
                digest=_now(place, Path(item.path).parent) if place else "-",
            )
        )
    found = _HASH.match(f["sha256"].text().lower())
    if not found:
        raise f["sha256"].fail(Message("expected 64 hexadecimal digits: the SHA-256 of the text that was read"))
    if "date" in f:
        _day(f["date"])
    rest = {key: f[key].text() for key in ("reviewer", "date", "evidence") if key in f}
    path = f["path"].text().replace("\\", "/").removeprefix("./")
    return Clarification(path, item.line, f["license"].text(), found[1], f["basis"].text(), **rest)


def _now(path: Path, base: Path) -> str:
    """The hash of the text at ``path``, or that there is none: a text elsewhere is not told of, not even so."""
    try:
        if path.is_file() and inside(path, base) and path.stat().st_size <= LIMIT:
            return digest(path.read_bytes())
    except OSError:
        pass
    return "-"


def _waiver(item: Strict) -> Waiver:
    f = item.keys(("rule", "reason"), ("source", "path", "until", "by", "evidence"))
    if not f["reason"].text().strip():
        raise f["reason"].fail(Message("`reason` is empty; say why the finding is accepted"))
    if "source" not in f and "path" not in f:
        raise item.fail(Message("a waiver needs `source` or `path` (a glob; `*` is everywhere)"))
    if "until" in f:
        _day(f["until"])
    rest = {key: f[key].text() for key in ("source", "path", "until", "by", "evidence") if key in f}
    return Waiver(f["rule"].text(), item.line, f["reason"].text(), **rest)


def _day(node: Strict) -> None:
    if not is_day(node.text()):
        raise node.fail(Message("`{text}` is not a date; write it as 2027-01-31", text=node.text()))


def _policy(node: Strict) -> Policy:
    f = node.keys((), ("allow", "deny", "papers"))
    if "allow" in f and not f["allow"].texts():
        raise f["allow"].fail(Message("`allow` is empty; list the allowed licenses or remove the key"))
    for key in ("allow", "deny"):
        for license in f[key].texts() if key in f else ():
            if not re.match(r"[A-Za-z0-9.*?+-]+\Z", license):
                raise f[key].fail(
                    Message(
                        "`{license}` is not a license id; write one id or glob per item, such as CC-BY-NC-*",
                        license=license,
                    )
                )
    return Policy(
        f["allow"].texts() if "allow" in f else (),
        f["deny"].texts() if "deny" in f else (),
        f["papers"].text(PAPERS, "value of papers") if "papers" in f else "noted",
        f"{node.path}:{node.line}",
    )
