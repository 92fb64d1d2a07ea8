"""The releases, one or two a file. To add one, copy a file and name it here."""

from pages.demo.releases import advisories, dhs_leadership, letter, statement

RELEASES = [
    dhs_leadership.RELEASE,
    advisories.FIRST,
    advisories.SECOND,
    letter.RELEASE,
    statement.RELEASE,
]
