# Prints halves of characters, which no encoding can write.
# ends: ok, runtime_error


def solve(target):
    print("\ud800 \udfff \udc80")
    return [1]
