"""The time zones that editors choose from."""

from zoneinfo import available_timezones

# In the database of time zones, but of no place: `localtime` is whatever this machine's is.
NO_PLACES = {"Factory", "localtime"}


def time_zones() -> set[str]:
    """Keys such as `Europe/Paris` and `Etc/GMT+5`."""
    return available_timezones() - NO_PLACES
