"""Attributes of binary files as text: netCDF-3, netCDF-4 and HDF5 (NWB too) through the extra ``netcdf``, as ``ncdump -h`` writes them.

Only the attributes are read, never the data. The library is written in C: who checks files of strangers may leave the extra out.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, Final

from licensecheck.base.errors import Unreadable
from licensecheck.base.message import Message

_STARTS: Final = (b"CDF\x01", b"CDF\x02", b"CDF\x05", b"\x89HDF\r\n\x1a\n")
"""First bytes of netCDF-3 in its three forms, and of HDF5."""
_MOST: Final = 2_000
"""Groups and variables of one file whose attributes are read."""
_LONG: Final = 20_000


def reads(path: Path) -> bool:
    """Whether the attributes of the file can be read here, by its first bytes."""
    if not _is_installed():
        return False
    try:
        return _start(path).startswith(_STARTS)
    except OSError:
        return False


def _start(path: Path) -> bytes:
    """The first bytes of a regular file, b"" of any other."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(8)


@cache
def _is_installed() -> bool:
    return find_spec("netCDF4") is not None


def header(path: Path) -> str | None:
    """The attributes of a file as CDL; None where the file is of no kind that is read here.

    Raises :class:`Unreadable` where it is, and the library is not there or does not understand it.
    """
    if not _start(path).startswith(_STARTS):
        return None
    if not _is_installed():
        raise Unreadable(Message("a file of netCDF or HDF5: install the extra `netcdf` to read its attributes"))
    import netCDF4

    try:
        with netCDF4.Dataset(str(path), "r") as dataset:
            return "\n".join(["netcdf file {", *islice(_lines(dataset, ""), _MOST), "}", ""])
    except (OSError, RuntimeError, ValueError, AttributeError, UnicodeError) as error:
        raise Unreadable(
            Message("the attributes cannot be read: {why}", why=str(error).splitlines()[0][:160] if str(error) else "?")
        ) from None


def _lines(group: Any, place: str) -> Any:
    yield from _of(group, place)
    for name, variable in group.variables.items():
        yield from _of(variable, f"{place}{name}")
    for name, inner in group.groups.items():
        yield from _lines(inner, f"{place}{name}.")


def _of(node: Any, name: str) -> Any:
    for key in node.ncattrs():
        value = node.getncattr(key)
        if isinstance(value, str):
            text = value[:_LONG].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            yield f'\t{name.rstrip(".")}:{key} = "{text}" ;'
