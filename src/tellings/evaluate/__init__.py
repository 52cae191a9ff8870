"""How well the reading does on public corpora: loaders of their development parts and the scores."""
