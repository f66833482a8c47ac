# Mounts over a folder, by the old call and by the new ones.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
OPEN_TREE, MOVE_MOUNT, FSOPEN, FSMOUNT, MOUNT_SETATTR = 428, 429, 430, 432, 442


def solve(target):
    folder = target["folder"].encode()
    results = {
        "mount": libc.mount(b"none", folder, b"tmpfs", 0, None),
        "remount": libc.mount(None, b"/", None, ctypes.c_ulong(32), None),
        "umount": libc.umount2(folder, 2),
        "fsopen": libc.syscall(FSOPEN, b"tmpfs", 0),
        "open_tree": libc.syscall(OPEN_TREE, -100, b"/", 1),
        "mount_setattr": libc.syscall(MOUNT_SETATTR, -100, b"/", 0, ctypes.create_string_buffer(32), 32),
    }
    if results["mount"] == 0:
        libc.umount2(folder, 2)
    worked = [name for name, result in results.items() if result >= 0]
    return f"BREACH: {worked}" if worked else "held"
