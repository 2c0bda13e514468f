"""How long things take, and how much of it is ours: `make bench`. See docs/performance.md."""
