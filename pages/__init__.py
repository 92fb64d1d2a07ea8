"""The content: page types, blocks, snippets and site settings. Plain Wagtail; knows nothing of the API."""
