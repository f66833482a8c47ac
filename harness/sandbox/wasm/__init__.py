"""The sandbox for machines without Linux's walls: Python programs in WebAssembly, in a process that can be killed.

CPython, compiled to WebAssembly, is all that a program runs in: there are no system calls, and nothing of the machine
is handed in but the clock and random numbers. How the parts stand to one another:

    sandbox.py       the harness's side: a few workers, each running one program at a time
    component.py     builds the interpreter once, keeps it in the user's cache
    build.py         does so, in a process of its own
    worker.py        instantiates the interpreter afresh for each program, in a process of its own
    engine.py        the settings that both of these need
    own_process.py   how these processes are started, and frames.py what the pipes to a worker carry
    inside/          what is baked into the interpreter, with the modules it shares with ``harness/sandbox/inside``
"""
