"""Whom the product is measured against: a bare view and Wagtail's own API, each in its own server."""
