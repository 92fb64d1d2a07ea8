"""Codecs: the type and the encoding of one kind of field or block, side by side."""
