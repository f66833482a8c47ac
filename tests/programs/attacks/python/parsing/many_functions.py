# Defines so many names that choosing the function might take long, and none of them fits.
# ends: entry_point

for number in range(5_000):
    exec(f"def f{number}(a, b, c, d): pass")
