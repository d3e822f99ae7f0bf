"""How good the gallery's intelligence is, measured on labelled pictures.

Functions take embeddings and labels and return the rows of a table. Nothing is tuned on pictures that it is scored on:
``split`` parts the classes in two halves, one to choose by and one to report.
"""
