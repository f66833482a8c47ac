# Reads a file that any user of the machine may read.


def solve(target):
    with open(target["secret_file"]) as file:
        return "BREACH: " + file.read()
