"""What ``rules/`` says: licenses, rules, duties, names, phrases, restrictions, and how two licenses relate."""
