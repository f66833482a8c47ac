"""How WebAssembly is compiled and run: what was compiled with other settings cannot be loaded."""

from __future__ import annotations

import wasmtime

STACK = 2 << 20
"""Bytes of stack for compiled code, the most that wasmtime takes: deep recursion in C functions ends with it."""


def engine() -> wasmtime.Engine:
    config = wasmtime.Config()
    config.epoch_interruption = True  # a program is stopped by setting the epoch on
    config.max_wasm_stack = STACK
    return wasmtime.Engine(config)
