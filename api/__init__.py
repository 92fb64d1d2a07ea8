"""The readers' side: page JSON over HTTP, in the dialect of Wagtail's API v2."""
