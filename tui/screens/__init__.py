"""The screens: library, reader, sources, timeline, comparison, notebook, help."""
