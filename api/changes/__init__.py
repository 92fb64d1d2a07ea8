"""The change log: what became of every public page, told once, in one order.

Triggers note, in the transaction that changes something, each page whose document may be another now
(`Unannounced`): it was written itself, or something that it shows was. Whoever writes does no more
than that; a note is there if and only if its transaction was committed. From the notes the log
follows (`announce`): the document as it is now is held against what was last told of the page, and
where they differ, one more row of the log tells so. A page that shows the same bytes as before is
not in it.

Why nothing is missing, and why whoever follows the numbers misses nothing:

- A note is taken away by whoever has told of it, in one transaction with the row that tells. What
  is killed in between has done neither.
- Notes are taken away one by one, those that were seen before the documents were looked at. What is
  committed later has a note of its own, which stays.
- A page whose document could not be stored, because somebody writes for long, is told of and keeps its
  note: a document that is not stored holds no keys, and nobody would note it for what changes next.
- One at a time tells, under a lock that it holds until its rows are committed. So numbers become
  visible in their order, whoever wrote first: no row comes later with a smaller one.
- What ends or begins at a time, without anybody writing, is looked at when that time has come; what
  a new version of the code encodes otherwise, when a worker of it begins.
- A page that cannot be told of for good rests between two looks, so that it keeps nobody waiting.

Two changes of one page before anybody looks are told as one. What is told is what is there.
"""
