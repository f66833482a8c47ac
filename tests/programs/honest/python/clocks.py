# The clocks, dates, time zones that need no files, and a short sleep.
# value: [true, true, true, "2024-03-01", "00:05:00", 2, "UTC", "2024-02-29T12:00:00+00:00", true, 29]
import calendar
import time
import timeit
from datetime import date, datetime, timedelta, timezone


def solve(n):
    began, used = time.perf_counter(), time.process_time()
    time.sleep(0.01)
    spent = time.perf_counter() - began
    leap = datetime(2024, 2, 29, 12, tzinfo=timezone.utc)
    return [
        0.005 < spent < 5,
        time.time() > 1_600_000_000 and time.monotonic() > 0 and time.process_time() >= used,
        datetime.now().year >= 2024 and date.today().year >= 2024,
        str(date(2024, 2, 29) + timedelta(days=1)),
        time.strftime("%H:%M:%S", time.gmtime(60 * n)),
        (date(2024, 3, 1) - date(2024, 2, 28)).days,
        leap.tzname(),
        leap.isoformat(),
        timeit.timeit(lambda: None, number=10) >= 0,
        calendar.monthrange(2024, 2)[1],
    ]
