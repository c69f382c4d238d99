"""Our named tuples are those of typing, but for what they cost to define."""

from __future__ import annotations

import copy
import inspect
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest

from licensecheck.base import record


class Ours(record.NamedTuple):
    """A place."""

    path: str
    line: int = 1
    words: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Both."""
        return f"{self.path}:{self.line}"


class Theirs(typing.NamedTuple):
    """A place."""

    path: str
    line: int = 1
    words: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Both."""
        return f"{self.path}:{self.line}"


def fails(kind: Any, *args: Any, **given: Any) -> bool:
    with pytest.raises(TypeError):
        kind(*args, **given)
    return True


def matched(one: Any) -> tuple[Any, ...]:
    match one:
        case Ours(path, line) | Theirs(path, line):
            return path, line
    return ()


SAME: dict[str, Callable[[Any], Any]] = {
    "by place": lambda kind: kind("a", 2, ("x",)),
    "by name": lambda kind: kind(words=("x",), path="a"),
    "defaults": lambda kind: kind("a"),
    "fields": lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__, list(kind.__annotations__)),
    "words": lambda kind: repr(kind("a", 2)).replace(kind.__name__, ""),
    "replace": lambda kind: kind("a")._replace(line=7),
    "dictionary": lambda kind: kind("a")._asdict(),
    "make": lambda kind: kind._make(["a", 2, ()]),
    "hash": lambda kind: hash(kind("a")),
    "equal to a tuple": lambda kind: kind("a") == ("a", 1, ()),
    "order": lambda kind: kind("a") < kind("b"),
    "unpacked": lambda kind: [*kind("a", 3)],
    "method": lambda kind: kind("a", 3).shown,
    "pickled": lambda kind: pickle.loads(pickle.dumps(kind("a", 3))),
    "copied": lambda kind: copy.deepcopy(kind("a", 3)),
    "matched": lambda kind: matched(kind("a", 3)),
    "docstring": lambda kind: kind.__doc__,
    "no dictionary": lambda kind: hasattr(kind("a"), "__dict__"),
    "nothing given": lambda kind: fails(kind),
    "too much given": lambda kind: fails(kind, "a", 1, (), 2),
    "unknown name": lambda kind: fails(kind, "a", column=2),
    "twice": lambda kind: fails(kind, "a", path="b"),
    "too few to make": lambda kind: fails(kind._make, ["a"]),
    "signature": lambda kind: [(p.name, p.default) for p in inspect.signature(kind).parameters.values()],
}


@pytest.mark.parametrize("what", sorted(SAME))
def test_it_is_the_same(what: str) -> None:
    assert SAME[what](Ours) == SAME[what](Theirs)


def test_what_it_takes_is_known_before_the_first_instance() -> None:
    class Fresh(record.NamedTuple):
        a: int
        b: int = 2

    assert str(inspect.signature(Fresh)) == "(a, b=2)"
    assert Fresh(3) == (3, 2)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Ours("a").path = "b"  # type: ignore[misc]


def test_a_name_that_is_no_field_cannot_be_replaced() -> None:
    with pytest.raises((TypeError, ValueError), match="column"):
        Ours("a")._replace(column=2)  # type: ignore[call-arg]


def test_the_first_instance_is_like_all_others() -> None:
    class New(record.NamedTuple):
        a: int
        b: int = 2

    assert New(a=1) == New(1) == (1, 2)
    assert type(New(1)) is New


def test_a_field_without_a_default_may_not_follow_one_with_it() -> None:
    source = "class Bad(record.NamedTuple):\n    a: int = 1\n    b: int"
    with pytest.raises(TypeError, match="without a default"):
        exec(source, {"record": record})
