"""From a Document to sections, and from sections to passages that are exact slices of its text."""
