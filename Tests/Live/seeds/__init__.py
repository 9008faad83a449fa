"""Makes at least two resources of each kind, so that lists have pages."""
