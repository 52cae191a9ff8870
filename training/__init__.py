"""Corpora, training, evaluation and export; not part of the wheel."""
