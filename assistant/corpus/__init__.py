"""The catalogue of documents, their versions and validity, the glossary and the example questions."""
