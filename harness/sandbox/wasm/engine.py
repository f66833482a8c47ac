"""How WebAssembly is compiled and run: what was compiled with other settings cannot be loaded."""

from __future__ import annotations

import wasmtime
from wasmtime import _ffi

STACK = 64 << 20
"""Bytes of stack for compiled code. Smaller ones end honest programs: a chain of objects is freed by recursion in C."""


def engine() -> wasmtime.Engine:
    config = wasmtime.Config()
    config.epoch_interruption = True  # a program is stopped by setting the epoch on
    # The other stack must not be smaller, though nothing runs on it; the package has no property for its size.
    _ffi.wasmtime_config_async_stack_size_set(config.ptr(), STACK)
    config.max_wasm_stack = STACK
    return wasmtime.Engine(config)
