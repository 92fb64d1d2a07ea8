"""Webhooks in the admin: who is told of what, with which secret, and what came of it."""
