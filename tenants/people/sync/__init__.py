"""The parts of `sync_people`, in the order a run goes through them.

``roster`` (who is there), ``few`` and ``sought`` (who of them matters to a few rows) · ``values``
and ``rows`` (what a row says) · ``matching`` (whom it means) · ``employment`` (what follows from
its dates) · ``keys``, ``managers`` and ``absence`` (what all rows together mean) · ``plans`` (the
order of these) · ``staging`` and ``storage`` (writing) · ``results``.
"""
