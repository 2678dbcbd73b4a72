"""The parts of `sync_people`, in the order a run goes through them.

``roster`` (who is there) · ``values`` and ``rows`` (what a row says) · ``matching`` (whom it means)
· ``employment`` (what follows from its dates) · ``keys``, ``managers`` and ``absence`` (what all
rows together mean) · ``plans`` (the order of these) · ``storage`` (writing) · ``results``.
"""
