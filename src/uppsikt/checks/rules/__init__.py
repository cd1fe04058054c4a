"""The rules. Importing this package registers them all: a new module of rules is named here."""
