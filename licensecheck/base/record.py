"""Named tuples that cost little to define: what a hook pays for each class that it loads.

:class:`typing.NamedTuple` compiles a constructor and every annotation of a class when the class is made, 0.4 ms for
eight fields, and a check of one card loads sixty classes. These are the same to a reader, to type checkers and to
:mod:`pickle`; the constructor is compiled when the first instance is made (``tests/test_record.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import _tuplegetter as getter

    class _Kind(type):
        """Makes the fields of a class from its annotations, in their order."""

        def __new__(meta, name, bases, space):
            if bases:
                fields = tuple(space.get("__annotations__", ()))
                defaults = {field: space[field] for field in fields if field in space}
                if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                    raise TypeError(f"{name}: a field without a default follows one with a default")
                space.update((field, getter(at, "")) for at, field in enumerate(fields))
                space |= {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            return super().__new__(meta, name, bases or (tuple,), space)

        @property
        def __signature__(cls):
            from inspect import signature

            made = signature(vars(cls).get("__new__") or cls._constructor())
            return made.replace(parameters=[*made.parameters.values()][1:])

        def _constructor(cls):
            """What makes instances, compiled."""
            names = ", ".join(cls._fields)
            space = {"new": tuple.__new__, "__name__": cls.__module__}
            made = eval(f"lambda cls, {names}: new(cls, ({names},))", space)  # names of fields in our own code
            made.__defaults__ = tuple(cls._field_defaults.values())
            made.__name__, made.__qualname__ = "__new__", f"{cls.__qualname__}.__new__"
            cls.__new__ = staticmethod(made)
            return made

    class NamedTuple(metaclass=_Kind):
        """A tuple whose members have names."""

        __slots__ = ()

        def __new__(cls, *args, **given):
            """The first instance, for which its constructor is compiled."""
            return cls._constructor()(cls, *args, **given)

        @classmethod
        def _make(cls, members):
            made = tuple.__new__(cls, members)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} members, and {len(made)} were given")
            return made

        def _replace(self, /, **given):
            made = self._make(map(given.pop, self._fields, self))
            if given:
                raise ValueError(f"{type(self).__name__} has no {', '.join(given)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self._asdict().items())})"

        def __getnewargs__(self):
            return tuple(self)
