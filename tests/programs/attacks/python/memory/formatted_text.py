# Has text padded to a great width, where no list or loop shows.
# ends: resource
# limit: memory


def solve(target):
    return len("%2000000000d" % 1) + len(f"{1:>{2_000_000_000}}")
