"""licensecheck: may this data be used so, and what is owed?

The public face is small: :func:`check`, :func:`scan`, :func:`evaluate`, :func:`identify`. Each is
loaded when it is first asked for, so that ``import licensecheck`` costs nothing.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

_PUBLIC: dict[str, str] = {}

__all__ = ["__version__"]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
