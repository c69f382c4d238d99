"""licensecheck: may this data be used so, and what is owed?

Importing the package costs nothing. Its public functions lie in modules of their own:
:func:`licensecheck.verdict.decide.ask` and :func:`licensecheck.verdict.decide.verdict` for a dataset on disk,
:func:`licensecheck.engine.evaluate.evaluate` for the rule engine alone, with
:func:`licensecheck.vocabulary.make_use` and :func:`licensecheck.knowledge.rulebook.load`, and
:func:`licensecheck.identification.identify` for any words.
"""

__version__ = "0.1.0"
