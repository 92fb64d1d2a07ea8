"""What is done without anybody asking: what is planned, what is to be told, what can be cleared away.

`manage.py work` does it, in one process or several, on one machine or several. None holds anything
that another would have to wait for: each piece of work is one transaction, and whoever comes finds it
in the database, done or not done. So a worker may be killed at any moment.
"""
