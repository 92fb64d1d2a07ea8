"""The smallest possible frontend: an example, and what shows the site until another one does.

`python -m frontend_contract.reader` serves it at SITE_PORT. It has Python's standard library and
the API at CMS_URL, which it asks anew for every page, and knows nothing else of the newsroom.
"""
