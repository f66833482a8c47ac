"""How much of a text a model holds: scores of texts, measured capacity, and how both go with puzzle results."""
