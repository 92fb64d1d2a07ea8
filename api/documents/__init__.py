"""Documents: what public pages encode to, kept as bytes in the database that the pages are in.

A document is a cache that can be dropped at any time, never a second truth. It holds the keys of
all that it was built from; triggers in the database drop it, in the transaction that changes one of
those things and whoever changes it, by noting its id among the dropped (`rules`, `triggers`).

Why no interleaving of writers and readers leaves a stale document, on PostgreSQL, where each
statement sees what was committed before it:

- A writer that commits before the encoder begins is seen by every statement of the encoder.
- One that commits while the encoder reads has left its keys among the touched ones. The encoder
  looks there before it stores, for keys of its own that were not visible when it began, and does
  not store if it finds one.
- One that has changed something, and has not committed when the encoder stores, has written to
  `api_touched` and holds that table's ROW EXCLUSIVE lock until it ends. The encoder stores under
  its SHARE lock, which waits for all of those, and keeps new ones waiting while it looks and stores.
  If it does not get the lock in a tenth of a second, the answer is given without being kept.
- One that comes after that finds the document's keys, and drops it.
- Triggers that are put in meanwhile saw nothing of what came before them. So the encoder stores
  only under those that stood there when it began.

Encoders do not keep each other waiting, since SHARE locks go together; neither do writers, since
they only ever add rows. Nobody waits for a second lock while holding one that another waits for:
an encoder that cannot have its lock holds none, so there is no deadlock to end.

SQLite has one writer at a time: whoever stores has waited for all that wrote before.
"""
