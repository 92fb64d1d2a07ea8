"""Listings of pages: conditions, order, paging and facets over the index of entries.

Where the index cannot be brought up to date at once, or lacks a column that is asked for, listings
come from the pages themselves (`api.views.filters`), with the same answers.
"""
