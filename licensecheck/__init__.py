"""licensecheck: may this data be used so, and what is owed?

Importing the package costs nothing. Its public functions lie in modules of their own:
:func:`licensecheck.verdict.decide.ask` and :func:`licensecheck.verdict.decide.verdict` for a dataset on disk,
:func:`licensecheck.engine.evaluate.evaluate` for the rule engine alone, with
:func:`licensecheck.vocabulary.make_use` and :func:`licensecheck.knowledge.rulebook.load`, and
:func:`licensecheck.identification.identify` for any words.
:func:`licensecheck.rows` judges the rows of a table, each under a license of its own.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from licensecheck.verdict.rows import rows as rows

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """The public functions, loaded when one is first asked for."""
    if name == "rows":
        from licensecheck.verdict.rows import rows

        return rows
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
