# Names, texts and output that are not ASCII.
# printed: größe 5 → 日本語 🙂\nα=1\n
def größe_von(α):
    return f"größe {α} → 日本語 🙂"


def solve(n):
    λ = größe_von
    print(λ(n))
    print("α", 1, sep="=")
