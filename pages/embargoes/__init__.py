"""What an embargo does to a page: how it is published, copied, and which files it keeps back."""
