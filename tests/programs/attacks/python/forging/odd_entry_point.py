# Offers a callable whose name, signature and code are hostile.
# ends: ok, runtime_error, bad_return, entry_point


class Entry:
    @property
    def __name__(self):
        raise SystemExit("harness_error")

    @property
    def __signature__(self):
        raise MemoryError

    def __call__(self, *arguments):
        return [[0, 0, 0]]


solve = Entry()
