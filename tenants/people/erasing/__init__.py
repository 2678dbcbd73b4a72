"""Taking somebody out of every table of their company; `actions.erase_person` is the door.

Rows that are theirs go, columns of others' rows that point at them are emptied, and what is kept
as text (the audit log, learning records, runs of the HRIS) loses their names and keys.
"""
