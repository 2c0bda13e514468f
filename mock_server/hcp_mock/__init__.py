"""A strict mock of Hitachi Content Platform: MAPI, S3 and metadata queries.

Layers, each importing only the ones after it: ``api`` (HTTP), ``services`` (HCP's rules), ``state``
(what is stored) and ``models`` (the data types). ``services``, ``models`` and MAPI's resources in
``api`` are grouped as MAPI's chapters are.
"""
