"""A strict mock of Hitachi Content Platform's management API (MAPI).

Layers, each importing only what stands after it: ``api`` (HTTP) → ``services`` (HCP's rules) →
``state`` (what is stored), with ``models`` (the data types) and ``errors`` under all of them.
"""
