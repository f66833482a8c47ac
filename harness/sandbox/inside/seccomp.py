"""The system calls that a program may use, as a seccomp filter: an allow-list; all others are answered with an error.

No call that takes a path is on it ("no-open"): what is not in memory or on a descriptor that the program holds is out
of reach, with or without namespaces. What a denied call is answered with says which wall it was: EACCES for files,
EAGAIN for processes and threads (as the kernel does at its own limit), ENETUNREACH for the network, EPERM for the rest.

The instructions are classic BPF over ``struct seccomp_data`` (linux/seccomp.h): number, architecture, six arguments.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterable

Call = tuple[int, int]
"""A system call's number on x86_64 and on aarch64; NONE where it does not exist."""

NONE = -1
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Which column of the numbers, and the kernel's name of the architecture (linux/audit.h)."""

PLAIN: dict[str, Call] = {
    # memory; mmap and mprotect are below
    "munmap": (11, 215), "mremap": (25, 216), "madvise": (28, 233), "brk": (12, 214), "membarrier": (324, 283),
    # descriptors that are held already
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "pwrite64": (18, 68),
    "close": (3, 57), "close_range": (436, 436), "fstat": (5, 80), "lseek": (8, 62), "dup": (32, 23),
    "dup2": (33, NONE), "dup3": (292, 24), "pipe": (22, NONE), "pipe2": (293, 59), "eventfd2": (290, 19),
    "poll": (7, NONE), "ppoll": (271, 73), "select": (23, NONE), "pselect6": (270, 72), "epoll_create": (213, NONE),
    "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_wait": (232, NONE), "epoll_pwait": (281, 22),
    "shutdown": (48, 210), "getsockopt": (55, 209), "getsockname": (51, 204),
    # signals to handle, not to send
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136),
    "rt_sigsuspend": (130, 133), "rt_sigtimedwait": (128, 137), "sigaltstack": (131, 132), "pause": (34, NONE),
    # time
    "nanosleep": (35, 101), "gettimeofday": (96, 169), "time": (201, NONE), "times": (100, 153),
    "getitimer": (36, 102), "setitimer": (38, 103), "alarm": (37, NONE), "sched_yield": (24, 124),
    # threads that exist
    "set_robust_list": (273, 99), "rseq": (334, 293), "set_tid_address": (218, 96),
    "restart_syscall": (219, 128), "exit": (60, 93), "exit_group": (231, 94),
    # what a process may know of itself
    "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173), "getpgrp": (111, NONE), "getuid": (102, 174),
    "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "getresuid": (118, 148),
    "getresgid": (120, 150), "getgroups": (115, 158), "getrusage": (98, 165), "getrlimit": (97, 163),
    "getrandom": (318, 278), "getcpu": (309, 168), "sysinfo": (99, 179),
    "uname": (63, 160), "getcwd": (79, 17),
}  # fmt: skip

FILES: list[Call] = [
    (2, NONE), (257, 56), (437, 437), (85, NONE),  # open openat openat2 creat
    (4, NONE), (6, NONE), (262, 79), (332, 291),  # stat lstat newfstatat statx
    (21, NONE), (269, 48), (439, 439), (89, NONE), (267, 78),  # access faccessat faccessat2 readlink readlinkat
    (78, NONE), (217, 61), (80, 49), (81, 50),  # getdents getdents64 chdir fchdir
    (83, NONE), (258, 34), (84, NONE), (87, NONE), (263, 35),  # mkdir mkdirat rmdir unlink unlinkat
    (82, NONE), (264, 38), (316, 276), (86, NONE), (265, 37),  # rename renameat renameat2 link linkat
    (88, NONE), (266, 36), (133, NONE), (259, 33),  # symlink symlinkat mknod mknodat
    (90, NONE), (91, 52), (268, 53), (92, NONE), (93, 55), (94, NONE), (260, 54),  # chmod and chown, all forms
    (132, NONE), (235, NONE), (261, NONE), (280, 88),  # utime utimes futimesat utimensat
    (76, 45), (77, 46), (285, 47), (137, 43), (138, 44),  # truncate ftruncate fallocate statfs fstatfs
    (319, 279), (59, 221), (322, 281),  # memfd_create execve execveat
]  # fmt: skip

PROCESSES: list[Call] = [(57, NONE), (58, NONE)]  # fork vfork; clone is below
NETWORK: list[Call] = [(41, 198), (42, 203), (49, 200), (50, 201), (43, 202), (288, 242), (46, 211), (307, 269)]
"""socket connect bind listen accept accept4 sendmsg sendmmsg"""

CLONE, CLONE3, FCNTL, IOCTL = (56, 220), (435, 435), (72, 25), (16, 29)
MMAP, MPROTECT, PRLIMIT64, KILL_ONE, TGKILL = (9, 222), (10, 226), (302, 261), (62, 129), (234, 131)
SOCKETPAIR, SENDTO, RECVFROM = (53, 199), (44, 206), (45, 207)
CLOCKS = [(228, 113), (229, 114), (230, 115)]  # clock_gettime clock_getres clock_nanosleep
FUTEX, SCHED_GETAFFINITY = (202, 98), (204, 123)

PROT_EXEC = 0x4
MAP_KIND, MAP_PRIVATE = 0x4000F, 0x2  # with MAP_HUGETLB among the bits that must be clear
MSG_OOB = 0x1
ANOTHER_S_CLOCK = 0x80000000
FUTEX_OPERATION = 0x7F
FUTEX_OPERATIONS = [0, 1, 3, 4, 5, 9, 10]  # wait, wake, requeue, in all forms but those of priority inheritance
CLONE_THREAD, CLONE_NEW_ANYTHING = 0x10000, 0x7E020080
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ = 0, 1, 2, 3, 4, 1030, 1032
O_ASYNC = 0x2000
TERMINAL_QUESTIONS = [0x5401, 0x5413]  # TCGETS TIOCGWINSZ: isatty and the window's size
OWN_DESCRIPTOR = [0x541B, 0x5421, 0x5450, 0x5451]  # FIONREAD FIONBIO FIONCLEX FIOCLEX
AF_UNIX, SOCK_STREAM, SOCK_FLAGS = 1, 1, 0o2004000

LOAD, AND, RETURN = 0x20, 0x54, 0x06
EQUAL, AT_LEAST, ALWAYS = 0x15, 0x35, 0x05
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE = 0, 4
LOW = [16, 24, 32, 40, 48, 56]
"""Where the low words of the six arguments lie (both machines are little-endian); the high words follow them."""
WHOLE = 0xFFFFFFFF
SOME_PROCESS = 0x7FED_CBA9
"""Stands for a process's own number, which no process has: they end at 2**22."""

Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false, operand."""
Condition = tuple[int, int, int]
"""Where a word lies, the mask it is looked at through, and what must be seen."""


def template(*, threads: bool) -> bytes:
    """The filter of any process, but for whom it may signal: see ``for_process``. Raises KeyError for a machine
    whose numbers are not known."""
    column, architecture = MACHINES[os.uname().machine]
    code = [_load(ARCHITECTURE), (EQUAL, 1, 0, architecture), _answer(KILL), _load(NUMBER)]
    if column == 0:  # x32: the same calls by other numbers
        code += [(AT_LEAST, 0, 1, 0x40000000), _answer(KILL)]
    plain = {call[column]: [_answer(answer)] for calls, answer in _plain_rules() for call in calls}
    rules = plain | {call[column]: body for call, body in _argument_rules(threads=threads)}
    code += _search(_intervals(rules))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def _intervals(rules: dict[int, list[Instruction]]) -> list[tuple[int, list[Instruction]]]:
    """From which number on which rule holds; what no rule is about is refused."""
    refused = [_refuse(errno.EPERM)]
    found = [(0, rules.get(0, refused))]
    for number in range(1, max(rules) + 2):
        rule = rules.get(number, refused)
        if rule != found[-1][1]:
            found.append((number, rule))
    return found


def _search(intervals: list[tuple[int, list[Instruction]]]) -> list[Instruction]:
    """Find a call's rule by halves: the kernel tries a new filter with every call there is, at each execution."""
    if len(intervals) == 1:
        return intervals[0][1]
    middle = len(intervals) // 2
    below, above = _search(intervals[:middle]), _search(intervals[middle:])
    return [(AT_LEAST, 0, 1, intervals[middle][0]), (ALWAYS, 0, 0, len(below)), *below, *above]


def for_process(template: bytes, process: int) -> bytes:
    """The filter under which a process can signal itself and nobody else. Made once as a template because a child has
    no millisecond to spare."""
    return template.replace(struct.pack("=I", SOME_PROCESS), struct.pack("=I", process))


def _plain_rules() -> list[tuple[Iterable[Call], int]]:
    return [
        (PLAIN.values(), ALLOW),
        (FILES, ERRNO | errno.EACCES),
        (PROCESSES, ERRNO | errno.EAGAIN),
        (NETWORK, ERRNO | errno.ENETUNREACH),
        ([CLONE3], ERRNO | errno.ENOSYS),  # its flags are behind a pointer; libraries then use clone
    ]


def _argument_rules(*, threads: bool) -> list[tuple[Call, list[Instruction]]]:
    """Calls that are allowed by what they are asked for. Each rule ends with an answer."""
    a_thread = _allowed_if((LOW[0], CLONE_THREAD | CLONE_NEW_ANYTHING, CLONE_THREAD)) if threads else []
    commands = [F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ]
    controls = [*TERMINAL_QUESTIONS, *OWN_DESCRIPTOR]
    no_clock_of_others = [*_allowed_if((LOW[0], ANOTHER_S_CLOCK, 0)), _refuse(errno.EPERM)]
    return [
        (
            MMAP,  # shared pages would outlive their use without being counted as the program's
            [*_allowed_if((LOW[2], PROT_EXEC, 0), (LOW[3], MAP_KIND, MAP_PRIVATE)), _refuse(errno.EPERM)],
        ),
        (MPROTECT, [*_allowed_if((LOW[2], PROT_EXEC, 0)), _refuse(errno.EPERM)]),
        *((clock, no_clock_of_others) for clock in CLOCKS),
        (FUTEX, [*_allowed_for(LOW[1], FUTEX_OPERATIONS, FUTEX_OPERATION), _refuse(errno.ENOSYS)]),
        (SCHED_GETAFFINITY, [*_allowed_for(LOW[0], [0, SOME_PROCESS]), _refuse(errno.EPERM)]),
        (CLONE, [*a_thread, _refuse(errno.EAGAIN)]),
        (
            FCNTL,  # not F_SETOWN and F_SETSIG: with them the kernel signals others for the program
            [
                *_allowed_if((LOW[1], WHOLE, F_SETFL), (LOW[2], O_ASYNC, 0)),
                *_allowed_for(LOW[1], commands),
                _refuse(errno.EPERM),
            ],
        ),
        (IOCTL, [*_allowed_for(LOW[1], controls), _refuse(errno.EPERM)]),
        (PRLIMIT64, [*_allowed_if((LOW[0], WHOLE, 0), *_null(LOW[2])), _refuse(errno.EPERM)]),  # to read its own
        (KILL_ONE, [*_allowed_if((LOW[0], WHOLE, SOME_PROCESS)), _refuse(errno.EPERM)]),
        (TGKILL, [*_allowed_if((LOW[0], WHOLE, SOME_PROCESS)), _refuse(errno.EPERM)]),
        (
            SOCKETPAIR,  # a datagram socket could send to any that has a path
            [
                *_allowed_if((LOW[0], WHOLE, AF_UNIX), (LOW[1], WHOLE ^ SOCK_FLAGS, SOCK_STREAM)),
                _refuse(errno.ENETUNREACH),
            ],
        ),
        (SENDTO, [*_allowed_if(*_null(LOW[4]), (LOW[3], MSG_OOB, 0)), _refuse(errno.ENETUNREACH)]),
        (RECVFROM, [*_allowed_if((LOW[3], MSG_OOB, 0)), _refuse(errno.ENETUNREACH)]),
    ]


def _allowed_if(*conditions: Condition) -> list[Instruction]:
    """Allow when all hold, else go on behind."""
    code: list[Instruction] = []
    for left, (word, mask, value) in zip(range(len(conditions) - 1, -1, -1), conditions, strict=True):
        code += [_load(word), (AND, 0, 0, mask), (EQUAL, 0, 3 * left + 1, value)]
    return [*code, _answer(ALLOW)]


def _allowed_for(word: int, values: Iterable[int], mask: int = WHOLE) -> list[Instruction]:
    return [instruction for value in values for instruction in _allowed_if((word, mask, value))]


def _null(word: int) -> list[Condition]:
    """A pointer that is null in both its words."""
    return [(word, WHOLE, 0), (word + 4, WHOLE, 0)]


def _load(offset: int) -> Instruction:
    return (LOAD, 0, 0, offset)


def _answer(action: int) -> Instruction:
    return (RETURN, 0, 0, action)


def _refuse(number: int) -> Instruction:
    return _answer(ERRNO | number)
