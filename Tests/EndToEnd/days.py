"""Dates in what the tests write: one day for a whole run, as a run can go on past midnight."""
import datetime

TODAY = datetime.datetime.now(datetime.timezone.utc).date()


def day(days):
    """A date, counted from the day on which the run began.

    The program may see the day after it. So what must not be over yet ends in two days at least, and what must lie
    beyond a limit lies two days beyond it.
    """
    return (TODAY + datetime.timedelta(days=days)).isoformat()
