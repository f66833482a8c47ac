# Defines nothing that could be called.
# ends: entry_point

solve = [[1, 0, 2]]
