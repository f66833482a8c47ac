# Pretends that the user has stopped the run.
# ends: runtime_error
import _thread


def solve(target):
    _thread.interrupt_main()
    raise KeyboardInterrupt
