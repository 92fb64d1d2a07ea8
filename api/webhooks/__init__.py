"""Webhooks: whoever asked for it is told of each change by a signed request, until it has got it.

What happens, in this order, and each step in a transaction of its own:

- `queue.fill` makes a delivery of each new row of the change log for each endpoint that wants it, or,
  for endpoints that keep answers by tag, of what was touched. How far that has come stands at the
  endpoint, so whoever is killed in between leaves either all of it or nothing.
- `queue.take` takes a delivery for as long as a request may last. If its taker dies, another takes it
  when that time is over, with the same `webhook-id`.
- `send.post` makes the request, and `outcome.record` writes what came of it.

The signature, the headers and the times of retries are those of Standard Webhooks.
"""
