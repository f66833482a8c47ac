# Sends frames of bytes that are no text, with null bytes, and of shapes that are no frames.
# ends: bad_return, runtime_error
import os


def solve(target):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b'\0\xff\xfe{"ending": ["ok"], "limit": {}, "reason": \xed\xa0\x80}\n\0\n\n\n')
        except OSError:
            pass
    os._exit(0)
