"""What the tests share: a mock HCP to talk to, and a way to run the real modules."""
