# Messages to standard error by print, logging and warnings, none of which is the answer.
# printed: answer 5\n
import logging
import sys
import warnings

logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(message)s")
log = logging.getLogger(__name__)


def solve(n):
    print("not the answer", file=sys.stderr)
    sys.stderr.write("nor this\n")
    sys.stderr.flush()
    log.info("looking at %d", n)
    log.warning("a warning")
    warnings.warn("this is old", DeprecationWarning)
    warnings.simplefilter("ignore")
    print("answer", n)
