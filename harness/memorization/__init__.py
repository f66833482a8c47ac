"""How much of a text a model holds, and how much a model can hold: scores, formulas, and their meeting with results.

code_length  likelihood  sampling  baselines  methods      scores of one text under a model
capacity  double_descent  membership  sizing  privacy ...   formulas about models and data sets
"""
