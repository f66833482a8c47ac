# Returns a text with half a character, which no encoding can write.
# ends: ok, bad_return


def solve(target):
    return ["\ud800", {"\udfff": "\udc80"}]
