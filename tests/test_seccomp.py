"""The filter of system calls, run instruction by instruction: what each call is answered with."""

from __future__ import annotations

import errno
import importlib.util
import os
import struct
from pathlib import Path
from types import ModuleType

import pytest

import harness.sandbox

INSIDE = Path(harness.sandbox.__file__).parent / "inside"
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
OWN = 4242


def _seccomp() -> ModuleType:
    spec = importlib.util.spec_from_file_location("seccomp", INSIDE / "seccomp.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


seccomp = _seccomp()


class _Machine:
    def __init__(self, name: str) -> None:
        self.machine = name


class Filter:
    """A filter for one architecture, and the kernel's way of running it (Documentation/networking/filter.rst)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, machine: str, *, threads: bool = False) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(os, "uname", lambda: _Machine(machine))
            program = seccomp.for_process(seccomp.template(threads=threads), OWN)
        self.code = list(struct.iter_unpack("=HBBI", program))
        self.column, self.architecture = seccomp.MACHINES[machine]

    def answer(self, number: int, *arguments: int, architecture: int | None = None) -> int:
        words = [*arguments, *[0] * (6 - len(arguments))]
        data = struct.pack("=iIQ6Q", number, architecture or self.architecture, 0, *words)
        at = loaded = 0
        while True:
            kind, yes, no, value = self.code[at]
            at += 1
            match kind:
                case 0x20:
                    (loaded,) = struct.unpack_from("=I", data, value)
                case 0x54:
                    loaded &= value
                case 0x15:
                    at += yes if loaded == value else no
                case 0x35:
                    at += yes if loaded >= value else no
                case 0x05:
                    at += value
                case 0x06:
                    return int(value)
                case _:
                    raise AssertionError(f"instruction {kind:#x} is not used by the filter")


@pytest.fixture(params=["x86_64", "aarch64"])
def filtered(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Filter:
    return Filter(monkeypatch, request.param)


def _number(filtered: Filter, call: tuple[int, int]) -> int:
    return call[filtered.column]


def test_exactly_the_listed_calls_are_allowed_whatever_they_are_asked_for(filtered: Filter) -> None:
    odd = [0xFFFFFFFFFFFFFFFF] * 6
    allowed = {number for number in range(1024) if filtered.answer(number, *odd) == ALLOW}
    assert allowed == {_number(filtered, call) for call in seccomp.PLAIN.values()} - {seccomp.NONE}


def test_the_answer_says_which_wall_it_was(filtered: Filter) -> None:
    for calls, wall in (
        (seccomp.FILES, errno.EACCES),
        (seccomp.PROCESSES, errno.EAGAIN),
        (seccomp.NETWORK, errno.ENETUNREACH),
        ([seccomp.CLONE3], errno.ENOSYS),
    ):
        for call in calls:
            if _number(filtered, call) != seccomp.NONE:
                assert filtered.answer(_number(filtered, call)) == ERRNO | wall


def test_another_architecture_s_calls_end_the_program(filtered: Filter) -> None:
    assert filtered.answer(1, architecture=0x40000003) == KILL, "i386, by int 0x80"


def test_the_other_numbers_of_x32_end_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Filter(monkeypatch, "x86_64").answer(0x40000000 + 1) == KILL


def test_memory_is_never_made_executable(filtered: Filter) -> None:
    private = 0x22
    for call in (seccomp.MMAP, seccomp.MPROTECT):
        assert filtered.answer(_number(filtered, call), 0, 4096, 0x3, private) == ALLOW
        assert filtered.answer(_number(filtered, call), 0, 4096, 0x4, private) == ERRNO | errno.EPERM
        assert filtered.answer(_number(filtered, call), 0, 4096, 0x7, private) == ERRNO | errno.EPERM


def test_memory_is_never_shared_and_never_huge_pages(filtered: Filter) -> None:
    for flags in (0x21, 0x01, 0x03, 0x40022):
        assert filtered.answer(_number(filtered, seccomp.MMAP), 0, 4096, 0x3, flags) == ERRNO | errno.EPERM


def test_clocks_and_cores_of_other_processes_cannot_be_asked_for(filtered: Filter) -> None:
    for call in seccomp.CLOCKS:
        for clock in (0, 1, 2, 3, 7, 11):
            assert filtered.answer(_number(filtered, call), clock) == ALLOW
        assert filtered.answer(_number(filtered, call), (~1 << 3 | 2) & 0xFFFFFFFF) == ERRNO | errno.EPERM
    cores = _number(filtered, seccomp.SCHED_GETAFFINITY)
    assert [filtered.answer(cores, process) for process in (0, OWN)] == [ALLOW, ALLOW]
    assert filtered.answer(cores, 1) == ERRNO | errno.EPERM


def test_futexes_wait_and_wake_and_lend_no_priority(filtered: Filter) -> None:
    futex = _number(filtered, seccomp.FUTEX)
    assert [filtered.answer(futex, 0x1000, operation | 128) for operation in (0, 1, 9, 10)] == [ALLOW] * 4
    for operation in (6, 7, 8, 11, 12, 13):
        assert filtered.answer(futex, 0x1000, operation | 128) == ERRNO | errno.ENOSYS


def test_signals_reach_the_program_itself_alone(filtered: Filter) -> None:
    for call in (seccomp.KILL_ONE, seccomp.TGKILL):
        assert filtered.answer(_number(filtered, call), OWN, 11) == ALLOW
        for other in (0, 1, OWN + 1, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF):
            assert filtered.answer(_number(filtered, call), other, 11) == ERRNO | errno.EPERM


def test_the_kernel_cannot_be_made_to_signal_others(filtered: Filter) -> None:
    fcntl = _number(filtered, seccomp.FCNTL)
    assert filtered.answer(fcntl, 1, seccomp.F_GETFL) == ALLOW
    assert filtered.answer(fcntl, 1, seccomp.F_SETFL, 0o4000) == ALLOW, "O_NONBLOCK"
    assert filtered.answer(fcntl, 1, seccomp.F_SETFL, 0o4000 | seccomp.O_ASYNC) == ERRNO | errno.EPERM
    for command in (8, 10, 15, 0x400, 1024, 1031, 1033):  # F_SETOWN F_SETSIG F_SETOWN_EX leases pipes seals
        assert filtered.answer(fcntl, 1, command) == ERRNO | errno.EPERM
    for control in (0x8901, 0x5412, 0x5452, 0x541D):  # FIOSETOWN TIOCSTI FIOASYNC TIOCCONS
        assert filtered.answer(_number(filtered, seccomp.IOCTL), 1, control) == ERRNO | errno.EPERM


def test_sockets_are_pairs_of_streams_and_send_to_no_address(filtered: Filter) -> None:
    pair, send = _number(filtered, seccomp.SOCKETPAIR), _number(filtered, seccomp.SENDTO)
    assert filtered.answer(pair, 1, 1 | 0o2000000 | 0o4000) == ALLOW
    assert filtered.answer(pair, 1, 2) == ERRNO | errno.ENETUNREACH, "datagrams"
    assert filtered.answer(pair, 2, 1) == ERRNO | errno.ENETUNREACH, "internet"
    assert filtered.answer(send, 3, 0x1000, 1, 0, 0) == ALLOW
    assert filtered.answer(send, 3, 0x1000, 1, 1, 0) == ERRNO | errno.ENETUNREACH, "MSG_OOB"
    receive = _number(filtered, seccomp.RECVFROM)
    assert [filtered.answer(receive, 3, 0x1000, 1, flags) for flags in (0, 0x40, 1)] == [
        *(ALLOW, ALLOW),
        ERRNO | errno.ENETUNREACH,
    ]
    assert filtered.answer(send, 3, 0x1000, 1, 0, 0x7F00_0000_0000) == ERRNO | errno.ENETUNREACH
    assert filtered.answer(send, 3, 0x1000, 1, 0, 0x1000) == ERRNO | errno.ENETUNREACH


def test_limits_are_read_and_never_raised(filtered: Filter) -> None:
    call = _number(filtered, seccomp.PRLIMIT64)
    assert filtered.answer(call, 0, 7, 0, 0x1000) == ALLOW
    assert filtered.answer(call, 0, 7, 0x1000, 0) == ERRNO | errno.EPERM
    assert filtered.answer(call, 0, 7, 0x7F00_0000_0000, 0) == ERRNO | errno.EPERM
    assert filtered.answer(call, 17, 7, 0, 0x1000) == ERRNO | errno.EPERM


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_threads_are_started_only_where_they_are_allowed_and_processes_nowhere(
    monkeypatch: pytest.MonkeyPatch, machine: str
) -> None:
    a_thread = 0x3D0F00  # as glibc asks for one
    without, with_threads = Filter(monkeypatch, machine), Filter(monkeypatch, machine, threads=True)
    clone = _number(without, seccomp.CLONE)
    assert without.answer(clone, a_thread) == ERRNO | errno.EAGAIN
    assert with_threads.answer(clone, a_thread) == ALLOW
    for flags in (17, 0x4111, a_thread | 0x10000000, a_thread | 0x40000000, a_thread | 0x80):
        assert with_threads.answer(clone, flags) == ERRNO | errno.EAGAIN
