"""The bench: what an answer costs, beside a bare view, stock Wagtail and files.

It starts everything itself, on databases of its own, speaks HTTP to the product as any frontend
does, and stops it all again: `make bench`, or `python -m bench --help`. `docs/performance.md` says
how to read what it prints.
"""
