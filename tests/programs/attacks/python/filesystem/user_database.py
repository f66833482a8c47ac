# Lists the machine's users through the C library, which reads the files itself.
import pwd


def solve(target):
    users = [user.pw_name for user in pwd.getpwall()]
    return f"BREACH: {users}" if users else "held"
