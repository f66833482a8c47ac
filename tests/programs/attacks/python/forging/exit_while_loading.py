# Leaves by sys.exit while it is loaded, with nothing that could be called.
# ends: bad_return, runtime_error, entry_point
import sys

sys.exit(0)
