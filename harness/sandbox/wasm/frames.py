"""What goes over the pipes between the harness and a worker: a length of eight bytes, then as many."""

from __future__ import annotations

from typing import IO

_LENGTH = 8


class Cut(Exception):
    """The other side ended, or sent more than it may."""


def send(pipe: IO[bytes], *frames: bytes) -> None:
    for frame in frames:
        pipe.write(len(frame).to_bytes(_LENGTH, "big"))
        pipe.write(frame)
    pipe.flush()


def receive(pipe: IO[bytes], most: int) -> bytes:
    """One frame. Raises Cut when it does not come whole, or has more than the most bytes."""
    length = int.from_bytes(_exactly(pipe, _LENGTH), "big")
    if length > most:
        raise Cut(f"{length} bytes came where {most} were the most")
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise Cut("the other side ended")
    return data
