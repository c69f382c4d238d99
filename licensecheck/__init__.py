"""licensecheck: may this data be used so, and what is owed?

Importing the package costs nothing. Its public functions lie in modules of their own:
:func:`licensecheck.check.ask` and :func:`licensecheck.check.verdict` for a dataset on disk,
:func:`licensecheck.evaluate.evaluate` for the rule engine alone, with
:func:`licensecheck.vocabulary.make_use` and :func:`licensecheck.rulebook.load`, and
:func:`licensecheck.identify.identify` for any words.
"""

__version__ = "0.1.0"
