"""The commands. One module a command, found by its name: to add a command is to add a module here.

A module gives ``command``, a click command that returns its exit code, and ``PLACE``, its place in the list of commands.
It imports at its top what its options need, and in its function what its work needs.
"""
