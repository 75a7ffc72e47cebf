"""Find entries and passages; `finder.search` answers a query."""
