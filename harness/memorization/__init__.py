"""How much of a text, or of a data set, a model remembers: measures, laws and limits, each with its source."""
