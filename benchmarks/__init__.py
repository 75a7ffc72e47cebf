"""What docs/performance.md reports: `python -m benchmarks` prints it, peers side by side."""
