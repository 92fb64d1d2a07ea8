"""What the audit log calls the acts by which something is shown at its time."""

# Wagtail's own, of what was planned.
AS_PLANNED = "wagtail.publish.scheduled"
# Of an embargo that a worker has lifted at its moment.
LIFTED = "embargo.lifted"
