"""What caches in front are told to drop: exact addresses, and tags where they know tags.

Caches are those of Wagtail's setting `WAGTAILFRONTENDCACHE`. When they are told, how often it is tried
and what came of it, is the affair of webhooks, whose deliveries purges are.
"""
