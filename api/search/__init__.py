"""Searching pages: by the words of their documents, the same on every database.

A word finds its other forms too (by their stem, in each language of the newsroom); `immig*` finds
what begins so. Pages with all of it in their title come first; then, and among them, the newest.
"""
