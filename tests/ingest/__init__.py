"""Ingest: inputs of every kind made into accounts, and the way back to their bytes."""
