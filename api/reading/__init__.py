"""Reading over HTTP: what every answer says of itself, and the short way to a stored document.

`headers` and `finish` hold for all answers, however they come about. `shortcut` answers what is
asked plainly and stored already with one query, before sessions, users and DRF; whatever it cannot
answer it leaves to the views, which know everything that can be asked.
"""
