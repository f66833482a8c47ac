"""How much of a text a model holds, and how much a model can hold: scores, formulas, and their meeting with results.

texts  evidence  methods  scores       a text to its scores under a model, and where they are kept
code_length  likelihood  sampling      what a score is
capacity  membership  privacy ...      formulas about models and data sets, each with its source and its status
measure  plateau  small_gpt2 ...       small models trained to see how much they hold
correlation ...                        do scores of puzzles go with success at them
"""
