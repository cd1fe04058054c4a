"""The report audit: reads any municipality's report and says what in it does not hang together.

Usable alone: it imports only `uppsikt.core`. Begin with `audit.check_file`.
"""
