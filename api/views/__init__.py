"""The endpoints. They subclass Wagtail's v2 viewsets; only where answers come from differs."""
