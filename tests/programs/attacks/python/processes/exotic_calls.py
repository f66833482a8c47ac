# Makes the calls through which kernels were most often broken.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
CALLS = {
    "bpf": (321, 0, ctypes.create_string_buffer(128), 128),
    "perf_event_open": (298, ctypes.create_string_buffer(b"\x01\0\0\0\x70", 128), 0, -1, -1, 0),
    "userfaultfd": (323, 1),
    "add_key": (248, b"user", b"arena", b"x", 1, -2),
    "keyctl": (250, 0, -3, 1),
    "request_key": (249, b"user", b"arena", None, -2),
    "modify_ldt": (154, 0, ctypes.create_string_buffer(64), 64),
    "iopl": (172, 3),
    "ioperm": (173, 0, 1, 1),
    "vmsplice": (278, 1, None, 0, 0),
    "seccomp": (317, 2, 0, ctypes.create_string_buffer(8)),
    "name_to_handle": (303, -100, b"/", ctypes.create_string_buffer(b"\x80", 160), ctypes.create_string_buffer(4), 0),
    "remap_file_pages": (216, 0, 0, 0, 0, 0),
    "syslog": (103, 10, None, 0),
    "landlock": (444, None, 0, 1),
    "memfd_secret": (447, 0),
    "quotactl": (179, 0x800001 << 8, None, 0, None),
}


def solve(target):
    if os.uname().machine != "x86_64":
        return "held: these are the numbers of x86-64"
    worked = [name for name, (number, *rest) in CALLS.items() if libc.syscall(number, *rest) >= 0]
    return f"BREACH: {worked}" if worked else "held"
