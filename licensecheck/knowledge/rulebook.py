"""The knowledge: licenses, rules, duties and the noncommercial table, read strictly from ``rules/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from licensecheck import vocabulary
from licensecheck.base import compiled
from licensecheck.base.errors import RuleError
from licensecheck.base.message import Message, literal, text_of
from licensecheck.model import Grade, License, OutboundSpec, Owed, Rule, Term, Wording

PATTERNS: Final = (
    "candidates.yaml",
    "claims.yaml",
    "constraints.yaml",
    "duties.yaml",
    "noncommercial.yaml",
    "remedies.yaml",
    "terms/*.yaml",
    "licenses/*.yaml",
    "lexicon/restrictions/*.yaml",
)
SHIPPED: Final = (*PATTERNS, "names/spdx.yaml")
"""The shipped files of the rulebook: a pack has those of :data:`PATTERNS`."""
BY_ENTRY: Final = ("licenses",)
"""Sections of the table of which a run asks for a few keys."""
if TYPE_CHECKING:
    from licensecheck.base.strict import Strict
    from licensecheck.knowledge.rules import Case

CLAIM_KINDS: Final = ("permission", "assignment", "additional-permission", "exception", "unprotected", "expired")
CODE: Final = (
    "vocabulary.py",
    "model.py",
    "base/message.py",
    "base/yamlio.py",
    "knowledge/rulebook.py",
    "knowledge/bases.py",
    "knowledge/licenses.py",
    "knowledge/creative_commons.py",
    "knowledge/rules.py",
    "base/strict.py",
)


class Rulebook:
    """What is known, never changed. Licenses are built when they are first asked for; ``digest`` names this state."""

    def __init__(self, table: Mapping[str, Any], digest: str) -> None:
        """``table`` as :func:`build` makes it; ``digest`` as the report shows it."""
        self.table: Final = table
        self.rules: Final = tuple(_rule(row) for row in table["rules"])
        self.digest: Final = digest
        self._built: Final[dict[str, License]] = {}

    @cached_property
    def duties(self) -> Mapping[str, str]:
        """Each code of a duty with its words."""
        return _texts(self.table["duties"])

    @cached_property
    def remedies(self) -> Mapping[str, str]:
        """Each code of a remedy with its words."""
        return _texts(self.table["remedies"])

    @cached_property
    def terms(self) -> Mapping[str, str]:
        """Each term with what it means."""
        return _texts(self.table["terms"])

    @property
    def noncommercial(self) -> Mapping[str, Mapping[str, str]]:
        """Purpose and compensation to ``nc``, ``unclear`` or ``commercial``."""
        found: Mapping[str, Mapping[str, str]] = self.table["noncommercial"]
        return found

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """The licenses that are tried for a work of one's own, in this order."""
        return tuple(self.table["candidates"])

    @cached_property
    def claims(self) -> Mapping[str, Mapping[str, Any]]:
        """A basis, and each of its other names, to what it needs and how far it reaches."""
        return {
            key: {**row, "message": text_of(row["message"]), "cannot": text_of(row["cannot"])}
            for key, row in self.table["claims"].items()
        }

    @cached_property
    def constraints(self) -> Mapping[str, tuple[str, str]]:
        """A member of the axis ``contains`` to its clause and message."""
        return {key: (clause, text_of(message)) for key, (clause, message) in self.table["constraints"].items()}

    def _key(self, name: str) -> str | None:
        found: str | None = name if name in self.table["licenses"] else self.table["spelled"].get(name.lower())
        return found

    def find(self, name: str) -> License | None:
        """The license with this id, in any case and with or without ``LicenseRef-``; else None."""
        key = self._key(name)
        if key is None:
            return None
        found = self._built.get(key)
        if found is None:
            found = self._built[key] = _license(self.table["licenses"][key])
        return found

    def canonical(self, name: str) -> str:
        """``name`` as the rulebook spells it, or unchanged where it is not known."""
        return self._key(name) or name

    def licenses(self) -> Iterator[License]:
        """Every license, in the order of the files."""
        for key in self.table["licenses"]:
            found = self.find(key)
            if found is not None:
                yield found

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every license's table, as the files give it."""
        yield from self.table["licenses"].values()

    def rule(self, name: str) -> Rule | None:
        """The rule with this id, else None."""
        return next((rule for rule in self.rules if rule.id == name), None)


def _texts(rows: Mapping[str, str | Mapping[str, str]]) -> Mapping[str, str]:
    return {key: text_of(value) for key, value in rows.items()}


def _spelled(made: Mapping[str, Mapping[str, Any]], retired: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The ids, their other spellings and the ids that SPDX has retired, in lower case, with and without ``LicenseRef-``."""
    index: dict[str, str] = {}
    for key, row in made.items():
        for spelled in (key, key.removeprefix("LicenseRef-"), *row.get("aka", ())):
            index.setdefault(spelled.lower(), key)
    for name, ids in retired.items():
        if ids[0].lower() in index:
            index.setdefault(name.lower(), index[ids[0].lower()])
    return index


def _caveat(row: str | Mapping[str, str]) -> Message:
    """A remark on a license: a text, or a sentence that ``says`` something with words in its slots."""
    if isinstance(row, str) or "says" not in row:
        return literal(text_of(row))
    return Message(row["says"], **{slot: words for slot, words in row.items() if slot != "says"})


def _license(row: Mapping[str, Any]) -> License:
    plain = {
        key: row[key]
        for key in (
            "id",
            "name",
            "short",
            "category",
            "family",
            "version",
            "jurisdiction",
            "deprecated",
            "confidence",
            "label",
            "database_right",
            "outbound_choice",
            "contract",
        )
        if key in row
    }
    spec = row.get("outbound")
    return License(
        **plain,
        urls=tuple(row.get("urls", ())),
        grants=tuple(row.get("grants", {}).items()),
        terms=tuple((key, Term(clause, text_of(note))) for key, (clause, note) in row.get("terms", {}).items()),
        duties=tuple(Owed(code, clause, tuple(on), text_of(text)) for code, clause, on, text in row.get("duties", ())),
        outbound=OutboundSpec(
            Grade(spec["default"]),
            spec["clause"],
            tuple((Grade(grade), tuple(selectors)) for grade, selectors in spec["rows"]),
            tuple((key, Grade(value)) for key, value in spec.get("share_alike", {}).items()),
            tuple((Grade(grade), tuple(ids)) for grade, ids in spec.get("combined", ())),
        )
        if spec
        else OutboundSpec(Grade.UNCLEAR, ""),
        adapted_by=tuple(row.get("adapted_by", {}).items()),
        clauses=tuple(row.get("clauses", {}).items()),
        caveats=tuple(map(_caveat, row.get("caveats", ()))),
        permits=tuple(row.get("permits", ())),
        requires=tuple(row.get("requires", ())),
        prohibits=tuple(row.get("prohibits", ())),
        members=tuple(row.get("members", ())),
        translations=tuple(row.get("translations", {}).items()),
        statement=Wording(**row["statement"]) if "statement" in row else None,
        copies_under=tuple(row.get("copies_under", ())),
    )


def build(paths: list[Path], pack: frozenset[Path] = frozenset()) -> dict[str, Any]:
    """The rulebook's table from its files. Raises RuleError, naming file and line, where one does not hold.

    Those of ``paths`` that are in ``pack`` belong to an organisation: they add, and may only be stricter.
    """
    from licensecheck.base.strict import Strict
    from licensecheck.knowledge import bases, creative_commons, licenses, rules

    read = {path: Strict.read(path) for path in paths}

    def merged(name: str, reader: Callable[[Strict], dict[str, Any]]) -> dict[str, Any]:
        """All files of this name as one mapping; a key given in two of them is an error."""
        table: dict[str, Any] = {}
        for path, node in read.items():
            if path.name == name and path.parent.name != "restrictions":
                new = reader(node)
                if twice := table.keys() & new.keys():
                    raise RuleError(Message("{path}:1: `{name}` is given already", path=str(path), name=min(twice)))
                table |= new
        return table

    duties = merged("duties.yaml", _words)
    remedies = merged("remedies.yaml", _words)
    table_nc = merged("noncommercial.yaml", _noncommercial)
    constraints = merged("constraints.yaml", _constraints)
    candidates = [
        name
        for path, node in read.items()
        if path.name == "candidates.yaml"
        for name in node.keys(("candidates",))["candidates"].texts()
    ]
    codes = frozenset(duties)
    claimed = merged("claims.yaml", lambda node: bases.read_claims(node, codes))
    term_nodes = [
        (path, node.keys(("means", "rules"), ("term",))) for path, node in read.items() if path.parent.name == "terms"
    ]
    terms = frozenset(f["term"].text() for _, f in term_nodes if "term" in f)
    common = frozenset(f["term"].text() for path, f in term_nodes if "term" in f and path not in pack)
    means = {f["term"].text(): f["means"].sentence() for _, f in term_nodes if "term" in f}
    retired = {
        str(name): list(ids.texts())
        for path, node in read.items()
        if path.parent.name == "names" and "retired" in node.items()
        for name, ids in node.items()["retired"].items().items()
    }
    made: dict[str, Any] = {}
    own: dict[str, str] = {}
    for path, node in read.items():
        rows: list[dict[str, Any]] = []
        if path.parent.name == "licenses":
            f = node.keys((), ("defaults", "licenses", "creative-commons"))
            defaults = f["defaults"].items() if "defaults" in f else {}
            if "licenses" in f:
                rows += [licenses.read_entry(entry, defaults, terms, codes) for entry in f["licenses"].list()]
            if "creative-commons" in f:
                rows += creative_commons.expand(f["creative-commons"], codes)
        elif path.parent.name == "restrictions":
            # A kind of restriction may bring the license by which it is judged.
            entry = node.items()["license"]
            rows += [] if isinstance(entry.value, str) else [licenses.read_entry(entry, {}, terms, codes)]
        for row in rows:
            if row["id"] in made:
                raise RuleError(
                    Message("{path}:1: license `{license}` is defined twice", path=str(path), license=row["id"])
                )
            made[row["id"]] = row
            if path in pack:
                own[row["id"]] = str(path)
    ruled: dict[str, dict[str, Any]] = {}
    for path, f in term_nodes:
        for rule in f["rules"].list():
            row, _cases = rules.read_rule(rule, f["term"].text() if "term" in f else "", terms)
            if row["id"] in ruled:
                raise rule.fail(Message("rule `{name}` is given twice", name=row["id"]))
            if path in pack and row["effect"] == "permit" and ("term" not in f or f["term"].text() in common):
                raise rule.fail(
                    Message("a rule of a pack may permit only by a term of its own: it can be stricter, not looser")
                )
            ruled[row["id"]] = row
    _check_clauses(made, ruled.values())
    return {
        "licenses": made,
        "own": own,
        "retired": retired,
        "spelled": _spelled(made, retired),
        "rules": list(ruled.values()),
        "duties": duties,
        "remedies": remedies,
        "noncommercial": table_nc,
        "candidates": candidates,
        "claims": claimed,
        "constraints": constraints,
        "terms": means,
    }


def _constraints(node: Strict) -> dict[str, list[Any]]:
    members = node.items()
    for key, value in members.items():
        value.keys(("clause", "message"))
        if key not in vocabulary.AXES["contains"]:
            raise value.fail(Message("unknown constraint `{key}`", key=key))
    return {
        str(key): [value.items()["clause"].text(), value.items()["message"].sentence()]
        for key, value in members.items()
    }


def _words(node: Strict) -> dict[str, Any]:
    return {str(code): text.sentence() for code, text in node.items().items()}


def _noncommercial(node: Strict) -> dict[str, dict[str, str]]:
    purposes = {*vocabulary.AXES["purpose"], "unstated"}
    table: dict[str, dict[str, str]] = {}
    for row in node.keys(("cite", "rows"))["rows"].list():
        f = row.keys(("purposes", "assessment"))
        cells = f["assessment"].keys(vocabulary.AXES["compensation"])
        for purpose in f["purposes"].texts(sorted(purposes), "purpose"):
            table[purpose] = {str(k): v.text(("nc", "unclear", "commercial")) for k, v in cells.items()}
    missing = purposes - set(table)
    if missing:
        raise node.fail(Message("no row for the purpose `{purpose}`", purpose=min(missing)))
    return table


def applies(rule: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether the license-side conditions of a rule's table hold for a license's table."""
    when = rule["when"]
    return not row.get("members") and all(
        (key != "term" or set(values) & set(row.get("terms", {})))
        and (key != "version" or row.get("version", "") in values)
        and (key != "grants" or set(values) & set(row.get("grants", {})))
        and (key != "database_right" or row.get("database_right", "silent") in values)
        and (key != "confidence" or row.get("confidence", "high") in values)
        and (key != "category" or row.get("category") in values)
        and (key != "relabel" or row.get("label", "same") in values)
        for key, values in when.items()
    )


def clause_of(clause: str, row: Mapping[str, Any], when: Mapping[str, Any]) -> str:
    """The citation that ``clause`` gives for a license: itself, or the license's own where it is ``@topic``.

    ``@term`` is the clause of the rule's term, ``@grant:share`` that of a grant, ``@outbound`` that
    of the outbound rule, any other topic one of the license's ``clauses``. "" where it has none.
    """
    if not clause.startswith("@"):
        return clause
    topic = clause[1:]
    found = ""
    if topic == "term":
        found = next((row["terms"][t][0] for t in when.get("term", ()) if t in row.get("terms", {})), "")
    elif topic.startswith("grant:"):
        found = row.get("grants", {}).get(topic[6:], "")
    elif topic == "outbound":
        found = row.get("outbound", {}).get("clause", "")
    else:
        found = row.get("clauses", {}).get(topic, "")
    return cite(row["short"], found) if found else ""


def cite(short: str, clause: str) -> str:
    """A clause with the license's short name before it, where it is a bare number or place of its text."""
    if clause.startswith("§"):
        return f"{short} {clause}"
    return f"{short}, {clause}" if clause[:1].islower() or clause.startswith("(") else clause


def _check_clauses(made: Mapping[str, Any], ruled: Iterable[dict[str, Any]]) -> None:
    for rule in ruled:
        if not rule["clause"].startswith("@"):
            continue
        for row in made.values():
            if applies(rule, row) and not clause_of(rule["clause"], row, rule["when"]):
                raise RuleError(
                    Message(
                        "{place}: rule `{name}` cites `{clause}`, but license `{license}` has no such clause",
                        place=rule["where"],
                        name=rule["id"],
                        clause=rule["clause"],
                        license=row["id"],
                    )
                )


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        row["id"],
        row["effect"],
        tuple((key, frozenset(values)) for key, values in row["when"].items()),
        text_of(row["message"]),
        row["clause"],
        tuple(row["remedies"]),
        row["where"],
    )


def load(*packs: str) -> Rulebook:
    """The shipped rulebook, with the rule packs in the folders ``packs`` over it ("" is none).

    A pack has the shape of ``rules/``: ``licenses/``, ``terms/``, ``duties.yaml`` and so on. Raises
    :class:`RuleError` where a file does not hold, or where a pack is no folder with such files.
    """
    return _load(tuple(filter(None, packs)))


@cache
def _load(packs: tuple[str, ...]) -> Rulebook:
    folders = {Path(pack).resolve(): pack for pack in packs}
    if not folders:
        table = compiled.compiled("rulebook", SHIPPED, build, CODE, BY_ENTRY)
    else:
        table = compiled_with_packs("pack", SHIPPED, build, CODE, tuple(folders.values()), BY_ENTRY)
    return Rulebook(table, table.content)


def compiled_with_packs(
    name: str,
    patterns: tuple[str, ...],
    build: Callable[[list[Path], frozenset[Path]], Any],
    code: tuple[str, ...],
    folders: tuple[str, ...],
    by_entry: tuple[str, ...] = (),
) -> compiled.Table:
    """The table that ``build`` makes of the shipped files that match ``patterns`` and of the packs in ``folders``."""
    shipped = compiled.files(compiled.rules_dir(), patterns)
    own = [path for folder in folders for path in pack_files(folder)]
    return compiled.compiled_once(
        name, [*shipped, *own], lambda: build([*shipped, *own], frozenset(own)), code, by_entry
    )


def pack_files(folder: str) -> list[Path]:
    """The files of the rule pack in ``folder``. Raises :class:`RuleError` where there are none."""
    own = compiled.files(Path(folder), PATTERNS)
    if not own:
        raise RuleError(
            Message("{folder}:1: no rule pack is here: none of {known}", folder=folder, known=", ".join(PATTERNS))
        )
    return own


def cases(extra: str = "") -> list[Case]:
    """Every case of every shipped rule, or of the rules of the pack in the folder ``extra``."""
    from licensecheck.base.strict import Strict
    from licensecheck.knowledge import rules

    terms = frozenset(load(extra).table["terms"])
    paths = pack_files(extra) if extra else compiled.files(compiled.rules_dir(), ("terms/*.yaml",))
    found: list[Case] = []
    for path in paths:
        if path.parent.name != "terms":
            continue
        f = Strict.read(path).keys(("means", "rules"), ("term",))
        for rule in f["rules"].list():
            found += rules.read_rule(rule, f["term"].text() if "term" in f else "", terms)[1]
    return found
