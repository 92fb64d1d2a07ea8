"""Embargoes in the admin, and the worker that lifts them at their moment."""
